import { type FieldDefinition, newId, type Session } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import { type Existing, keyText, readExisting } from '../lookup/existing-records.ts'
import type { Lookups } from '../lookup/lookups.ts'
import type { TableRow } from '../table.ts'
import { BatchLinks } from './batch-links.ts'
import type { KeySet } from './key-set.ts'
import { type RowDraft, RowReader } from './plan-row.ts'
import { reason } from './reason.ts'
import type { RowPlan, Stub } from './row-plan.ts'
import { slices, together } from './slices.ts'

/** What is to be written for a batch of rows. */
export interface BatchPlan {
  readonly rows: readonly RowPlan[]
  readonly stubs: readonly Stub[]
}

/** Everything a batch needs besides its rows. */
export interface BatchContext {
  readonly session: Session
  readonly mapping: CompiledMapping
  readonly lookups: Lookups
  /** Keys of the file so far. Asked once per row, in order. */
  readonly seen: KeySet
  readonly now: number
}

/** Reads a batch of rows into what is to be written. A few set-based reads, whatever the number of rows. */
export async function prepareBatch(context: BatchContext, rows: readonly TableRow[]): Promise<BatchPlan> {
  const { session, mapping, lookups, now } = context
  const links = await BatchLinks.load(session, mapping, lookups, rows)
  const reader = new RowReader(mapping, links, now)
  const drafts: RowDraft[] = []
  for await (const part of slices(rows, together.read)) for (const row of part) drafts.push(withoutRepeats(reader.read(row), context))
  const existing = await existingOf(session, mapping, drafts)
  const plans = drafts.map((draft) => planOf(draft, mapping, existing))
  return { rows: withFinalIds(plans, drafts, mapping.links), stubs: links.stubs }
}

/** Notes the keys of rows that an earlier run has written. */
export async function skipBatch(context: BatchContext, rows: readonly TableRow[]): Promise<void> {
  if (context.mapping.key.length > 0) await prepareKeys(context, rows)
}

async function prepareKeys(context: BatchContext, rows: readonly TableRow[]): Promise<void> {
  const links = await BatchLinks.load(context.session, context.mapping, context.lookups, rows)
  const reader = new RowReader(context.mapping, links, context.now)
  for await (const part of slices(rows, together.read)) for (const row of part) withoutRepeats(reader.read(row), context)
}

/** Two rows of one key contradict each other, or one is idle; which is right, only a person knows. */
function withoutRepeats(draft: RowDraft, { mapping, seen }: BatchContext): RowDraft {
  const [first] = mapping.key
  if (!first || draft.reasons.length > 0 || isNew(draft) || seen.add(keyText(draft.key))) return draft
  const value = draft.key.join(' · ').slice(0, 100)
  return { ...draft, reasons: [reason('IMPORT_KEY_REPEATED', { value }, { column: first.column, field: first.field.name })] }
}

async function existingOf(session: Session, mapping: CompiledMapping, drafts: readonly RowDraft[]): Promise<Map<string, Existing[]>> {
  const wanted = drafts.filter((draft) => draft.reasons.length === 0 && !isNew(draft)).map(({ key }) => key)
  if (mapping.key.length === 0 || wanted.length === 0) return new Map()
  return readExisting(
    session,
    mapping.definition.name,
    mapping.key.map(({ field }) => field),
    wanted,
    fieldsNeeded(mapping),
  )
}

/** Fields of a record that an import compares and changes. */
export function fieldsNeeded({ key, sources, stages }: CompiledMapping): string[] {
  return [...new Set([...key, ...sources, ...stages.flatMap(({ set }) => set)].map(({ field }) => field.name))]
}

/** A row without an id, in a file of ids, is a record that somebody added. */
function isNew({ key }: RowDraft): boolean {
  return key.length > 0 && key.every((value) => value === null)
}

function planOf(draft: RowDraft, { key: keys }: CompiledMapping, existing: ReadonlyMap<string, readonly Existing[]>): RowPlan {
  const [first] = keys
  if (!first) return { ...draft, existing: null }
  const found = existing.get(keyText(draft.key)) ?? []
  if (found.length > 1) {
    const value = draft.key.join(' · ').slice(0, 100)
    const why = reason('IMPORT_KEY_AMBIGUOUS', { value }, { column: first.column, field: first.field.name })
    return { ...draft, existing: null, reasons: [...draft.reasons, why] }
  }
  return { ...draft, id: found[0]?.id ?? draft.newRecordId ?? draft.id, existing: found[0] ?? null }
}

/** Rows that point to a row of this batch which turned out to exist point to its record. */
function withFinalIds(plans: readonly RowPlan[], drafts: readonly RowDraft[], links: readonly FieldDefinition[]): readonly RowPlan[] {
  const moved = new Map(plans.flatMap((plan, index) => (plan.id === drafts[index]?.id ? [] : [[drafts[index]?.id ?? newId(), plan.id]])))
  if (moved.size === 0) return plans
  const names = new Set(links.map(({ name }) => name))
  const settle = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        names.has(name) && typeof value === 'string' ? (moved.get(value) ?? value) : value,
      ]),
    )
  return plans.map((plan) => ({ ...plan, first: settle(plan.first), last: settle(plan.last) }))
}
