import { setImmediate as breathe } from 'node:timers/promises'
import { CrmError, type RecordChange, type Session } from '@guanxi/core'
import { fieldValue } from '../lookup/existing-records.ts'
import { isRefusal, problemsIn, type Reason, reasonOf } from './reason.ts'
import { isBlank, nested, type RowPlan } from './row-plan.ts'

/** How records are written: which object, and what is noted as their cause. */
export interface WriteContext {
  readonly object: string
  readonly cause: { readonly kind: string; readonly id: string }
  /** Empty cells empty fields of records that exist. */
  readonly clear: boolean
  /** Fields that are moments. */
  readonly moments: ReadonlySet<string>
  /** The column a field was read from, for messages. */
  readonly columnOf: (field: string) => string | undefined
}

/** Rows a write would not take, each with its problems. */
class RowsRefused extends Error {
  readonly rows: ReadonlyMap<RowPlan, readonly CrmError[]>
  constructor(rows: ReadonlyMap<RowPlan, readonly CrmError[]>) {
    super('rows refused')
    this.rows = rows
  }
}

export type Refusals = Map<RowPlan, readonly Reason[]>

/**
 * Makes new records with their history. Rows that cannot be made are found and left out: by the place the core names, else by halving.
 * Each attempt is a savepoint, so that what is refused leaves nothing behind.
 */
export async function createRows(session: Session, rows: readonly RowPlan[], context: WriteContext, refusals: Refusals): Promise<void> {
  if (rows.length === 0) return
  try {
    await session.transaction((inner) => createAll(inner, rows, context))
  } catch (error) {
    const blamed = blame(error, rows)
    refuse(blamed, context, refusals)
    const rest = rows.filter((row) => !blamed.has(row))
    if (blamed.size > 0) return createRows(session, rest, context, refusals)
    const middle = Math.ceil(rows.length / 2)
    await createRows(session, rows.slice(0, middle), context, refusals)
    await createRows(session, rows.slice(middle), context, refusals)
  }
}

/**
 * Changes records that exist, where anything differs. Answers the ids of those that did; rows that cannot be written are found and left
 * out like new ones.
 */
export async function updateRows(
  session: Session,
  rows: readonly RowPlan[],
  context: WriteContext,
  refusals: Refusals,
): Promise<ReadonlySet<string>> {
  const differing = rows.flatMap((row): Changed[] => {
    const patch = patchOf(row, context)
    return patch && row.existing ? [{ row, change: { id: row.existing.id, version: row.existing.version, set: nested(patch) } }] : []
  })
  // A record that two rows change is changed twice, one after the other: the second finds a version it has not seen.
  const rounds = new Map<string, number>()
  const byRound = Map.groupBy(differing, ({ change: { id } }) => {
    const round = (rounds.get(id) ?? -1) + 1
    rounds.set(id, round)
    return round
  })
  const changed = new Set<string>()
  for (const group of byRound.values()) for (const id of await changeAll(session, group, context, refusals)) changed.add(id)
  return changed
}

interface Changed {
  readonly row: RowPlan
  readonly change: RecordChange
}

async function changeAll(session: Session, all: readonly Changed[], context: WriteContext, refusals: Refusals): Promise<readonly string[]> {
  if (all.length === 0) return []
  try {
    const changes = all.map(({ change }) => change)
    return (await session.transaction((inner) => inner.records(context.object).updateEach(changes, { cause: context.cause }))).ids
  } catch (error) {
    const rows = all.map(({ row }) => row)
    const blamed = blame(indexed(error, rows) ?? error, rows)
    refuse(blamed, context, refusals)
    const rest = all.filter(({ row }) => !blamed.has(row))
    if (blamed.size > 0) return changeAll(session, rest, context, refusals)
    const middle = Math.ceil(all.length / 2)
    const first = await changeAll(session, all.slice(0, middle), context, refusals)
    return [...first, ...(await changeAll(session, all.slice(middle), context, refusals))]
  }
}

function refuse(blamed: ReadonlyMap<RowPlan, readonly CrmError[]>, context: WriteContext, refusals: Refusals): void {
  for (const [row, problems] of blamed)
    refusals.set(
      row,
      problems.map((problem) => placed(problem, context)),
    )
}

/** Who is to blame, if the error says so or only one row is there. */
function blame(error: unknown, rows: readonly RowPlan[]): ReadonlyMap<RowPlan, readonly CrmError[]> {
  if (error instanceof RowsRefused) return error.rows
  if (!isRefusal(error)) throw error
  const [only] = rows
  return only && rows.length === 1 ? new Map([[only, problemsIn(error)]]) : new Map()
}

async function createAll(session: Session, rows: readonly RowPlan[], context: WriteContext): Promise<void> {
  const dated = rows.filter(({ at }) => at !== null)
  await createGroup(
    session,
    rows.filter(({ at }) => at === null),
    context,
    [],
  )
  await createGroup(
    session,
    dated,
    context,
    dated.map(({ at }) => at ?? 0),
  )
  await addHistory(session, dated, context)
}

async function createGroup(session: Session, rows: readonly RowPlan[], context: WriteContext, at: readonly number[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ id, first }) => nested(first, id))
  try {
    await session.records(context.object).createMany(values, { cause: context.cause, ...(at.length > 0 && { at }) })
  } catch (error) {
    throw indexed(error, rows) ?? error
  }
}

/** Errors that list the problems of several records. */
const told: ReadonlySet<string> = new Set(['VALIDATION_FAILED', 'CONFLICT', 'NOT_FOUND'])

/** The rows an error of several records points at. */
function indexed(error: unknown, rows: readonly RowPlan[]): RowsRefused | null {
  if (!(error instanceof CrmError) || !told.has(error.code)) return null
  const found = new Map<RowPlan, CrmError[]>()
  for (const problem of problemsIn(error)) {
    const match = /^\/(\d+)(?:\/|$)/.exec(problem.path ?? '')
    const row = rows.length === 1 ? rows[0] : match ? rows[Number(match[1])] : undefined
    if (!row) return null
    const path = rows.length === 1 ? problem.path : (problem.path ?? '').slice(match?.[0].length ?? 0).replace(/^(?!\/)/, '/')
    found.set(row, [...(found.get(row) ?? []), new CrmError(problem.code, problem.entry, problem.params, { path })])
  }
  return found.size > 0 ? new RowsRefused(found) : null
}

/** Brings records to where the file says they are, at the times it says: the first change of every record, then the second of each. */
async function addHistory(session: Session, rows: readonly RowPlan[], context: WriteContext): Promise<void> {
  const rounds = Math.max(0, ...rows.map(({ steps }) => steps.length))
  for (let round = 0; round < rounds; round++) {
    const changing = rows.filter(({ steps }) => steps[round] !== undefined)
    const changes = changing.flatMap(({ id, steps }): RecordChange[] => {
      const step = steps[round]
      return step ? [{ id, version: 'any', set: nested(step.set), at: step.at }] : []
    })
    if (round > 0) await breathe()
    try {
      await session.records(context.object).updateEach(changes, { cause: context.cause })
    } catch (error) {
      throw indexed(error, changing) ?? error
    }
  }
}

/** The fields that differ from the record; null when none does. */
function patchOf({ existing, last }: RowPlan, { clear, moments }: WriteContext): Record<string, unknown> | null {
  const entries = Object.entries(last).filter(([name, value]) => {
    if (isBlank(value) && !clear) return false
    const before = existing && fieldValue(existing.values, name)
    return !same(value, before) && !(moments.has(name) && sameSecond(value, before))
  })
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** A clock in a cell shows seconds: it says nothing about the rest of them. */
function sameSecond(cell: unknown, before: unknown): boolean {
  return typeof cell === 'number' && typeof before === 'number' && cell % 1_000 === 0 && before - cell > 0 && before - cell < 1_000
}

function same(a: unknown, b: unknown): boolean {
  if (a === b || (isBlank(a) && isBlank(b))) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return JSON.stringify(a) === JSON.stringify(b)
  const [first, second] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return Object.keys({ ...first, ...second }).every((key) => first[key] === second[key])
}

function placed(problem: CrmError, { columnOf }: WriteContext): Reason {
  const [, first = '', second = ''] = (problem.path ?? '').split('/')
  const field = first === 'custom' ? `custom.${second}` : first
  return reasonOf(problem, field === '' ? {} : { field, column: columnOf(field) })
}
