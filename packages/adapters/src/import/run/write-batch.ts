import { CrmError, type Session } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import { levelsOf } from './levels.ts'
import type { BatchPlan } from './prepare-batch.ts'
import { isRefusal, type Reason } from './reason.ts'
import { nested, type RowPlan, type Stub } from './row-plan.ts'
import { slices, together } from './slices.ts'
import { createRows, type Refusals, updateRows, type WriteContext } from './write-rows.ts'

/** What became of the rows of a batch. */
export interface BatchOutcome {
  readonly created: readonly RowPlan[]
  readonly updated: readonly RowPlan[]
  readonly unchanged: readonly RowPlan[]
  readonly refused: ReadonlyMap<RowPlan, readonly Reason[]>
  /** Records made because rows named them. */
  readonly stubs: readonly Stub[]
}

/** Writes a batch inside the caller's transaction. Rows that are refused leave nothing behind; the others are written. */
export async function writeBatch(
  session: Session,
  plan: BatchPlan,
  mapping: CompiledMapping,
  cause: WriteContext['cause'],
): Promise<BatchOutcome> {
  const columns = new Map(mapping.sources.map(({ field, column }) => [field.name, column]))
  const context: WriteContext = {
    object: mapping.definition.name,
    cause,
    clear: mapping.mapping.blank === 'clear',
    moments: new Set(mapping.sources.filter(({ field }) => field.kind === 'instant').map(({ field }) => field.name)),
    columnOf: (field) => columns.get(field),
  }
  const refused: Refusals = new Map(plan.rows.filter(({ reasons }) => reasons.length > 0).map((row) => [row, row.reasons]))
  const wanted = plan.rows.filter((row) => !refused.has(row))
  const stubs = await createStubs(session, stubsOf(plan.stubs, wanted), cause)
  const created = await createLevels(
    session,
    wanted.filter(({ existing }) => existing === null),
    mapping,
    context,
    refused,
  )
  const updated: RowPlan[] = []
  const unchanged: RowPlan[] = []
  const known = wanted.filter(({ existing }) => existing !== null)
  for await (const part of slices(known, together.change)) {
    const changed = await updateRows(session, part, context, refused)
    for (const row of part) if (!refused.has(row)) (changed.has(row.existing?.id ?? '') ? updated : unchanged).push(row)
  }
  return { created, updated, unchanged, refused, stubs }
}

async function createLevels(
  session: Session,
  rows: readonly RowPlan[],
  mapping: CompiledMapping,
  context: WriteContext,
  refused: Refusals,
): Promise<RowPlan[]> {
  const own = mapping.links.filter((field) => field.kind === 'reference' && field.to === context.object).map(({ name }) => name)
  const naming = mapping.sources
  const { levels } = levelsOf(rows, own, (row, field) => {
    const source = naming.find((each) => each.field.name === field)
    const above = rows.find(({ id }) => id === row.first[field])
    return { field, column: source?.column ?? field, text: above?.id ?? String(row.first[field]) }
  })
  const created: RowPlan[] = []
  for (const level of levels) {
    // A slice is a savepoint of its own: a row that is refused costs its slice another try, not the batch.
    for await (const part of slices(level, together.create)) await createRows(session, part, context, refused)
    created.push(...level.filter((row) => !refused.has(row)))
  }
  return created
}

/** Only those that a row which is to be written names. */
function stubsOf(stubs: readonly Stub[], rows: readonly RowPlan[]): Stub[] {
  if (stubs.length === 0) return []
  const named = new Set(rows.flatMap(({ first, last }) => [...Object.values(first), ...Object.values(last)]).flatMap(idsIn))
  return stubs.filter(({ id }) => named.has(id))
}

/** Ids a value points to. */
export function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  if (typeof value !== 'object' || value === null || !('object' in value) || !('id' in value)) return []
  return [String(value.id)]
}

/** A name that cannot be a record leaves its rows without it, and they are refused for that. */
async function createStubs(session: Session, stubs: readonly Stub[], cause: WriteContext['cause']): Promise<Stub[]> {
  const made: Stub[] = []
  for (const [object, group] of Map.groupBy(stubs, (stub) => stub.object)) {
    try {
      await session.transaction((inner) =>
        inner.records(object).createMany(
          group.map(({ id, values }) => ({ id, ...nested(values) })),
          { cause },
        ),
      )
      made.push(...group)
    } catch (error) {
      if (!isRefusal(error)) throw error
      for (const stub of group) if (await createdAlone(session, stub, cause)) made.push(stub)
    }
  }
  return made
}

async function createdAlone(session: Session, { object, id, values }: Stub, cause: WriteContext['cause']): Promise<boolean> {
  try {
    await session.transaction((inner) => inner.records(object).create({ id, ...nested(values) }, { cause }))
    return true
  } catch (error) {
    if (error instanceof CrmError && isRefusal(error)) return false
    throw error
  }
}
