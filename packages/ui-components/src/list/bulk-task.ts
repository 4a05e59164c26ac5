import { nestValues, readField, sameValue } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord, FieldView, RecordQuery, RecordValues } from '../client/types.ts'
import { newKey } from '../form/key.ts'
import { allOf } from './all-of.ts'
import type { Selection } from './selection.ts'

/** The server's own limits. */
export const bulkLimits = { records: 10_000, page: 500, list: 1_000 } as const

/** What a bulk change would do, found out before it is done. */
export interface BulkPreview {
  /** Records that differ from the new value, with the value they have now. */
  readonly changing: readonly { readonly id: string; readonly old: unknown }[]
  readonly unchanged: number
  /** Some of the present values and how many have them, the most frequent first. */
  readonly byOld: readonly { readonly value: unknown; readonly record: CrmRecord; readonly count: number }[]
  /** Names of the first few. */
  readonly sample: readonly CrmRecord[]
}

/** Chosen records and where they come from. */
export interface BulkScope {
  readonly object: string
  readonly selection: Selection
  readonly query: Pick<RecordQuery, 'where' | 'search'>
}

/** Reads every chosen record's present value: what is shown is what will happen, and Undo knows the way back. */
export async function previewBulk(
  session: Session,
  { object, selection, query }: BulkScope,
  field: FieldView | null,
  value: unknown,
  nameField: string | null,
  signal: AbortSignal,
): Promise<BulkPreview> {
  const fields = [field?.name, nameField].filter((name) => name !== undefined && name !== null)
  const expand = field && ['reference', 'user', 'links'].includes(field.kind) ? [field.name] : []
  const records: CrmRecord[] = []
  for (const part of partsOf(selection)) {
    const asked = part ? { where: { id: { in: part } } } : { where: query.where, search: query.search }
    let cursor: string | null = null
    do {
      const page = await session.client.find(object, { ...asked, fields, expand, limit: bulkLimits.page, sort: [], cursor }, signal)
      records.push(...page.records.filter((record) => selection.has(record.id)))
      cursor = page.cursor
    } while (cursor !== null && records.length <= bulkLimits.records)
  }
  const presentOf = (record: CrmRecord) => (field ? readField(record, field.name) : undefined)
  const changing = field ? records.filter((record) => !sameValue(presentOf(record), value)) : records
  return {
    changing: changing.map((record) => ({ id: record.id, old: presentOf(record) ?? null })),
    unchanged: records.length - changing.length,
    byOld: field ? counted(changing, presentOf) : [],
    sample: changing.slice(0, 4),
  }
}

/** Ids in lists the server takes; null = all that match. */
function partsOf({ isAll, ids }: Selection): readonly (readonly string[] | null)[] {
  if (isAll) return [null]
  const all = [...ids]
  return Array.from({ length: Math.ceil(all.length / bulkLimits.list) }, (_, index) =>
    all.slice(index * bulkLimits.list, (index + 1) * bulkLimits.list),
  )
}

function counted(records: readonly CrmRecord[], presentOf: (record: CrmRecord) => unknown): BulkPreview['byOld'] {
  const groups = new Map<string, { value: unknown; record: CrmRecord; count: number }>()
  for (const record of records) {
    const value = presentOf(record) ?? null
    const key = JSON.stringify(value)
    const group = groups.get(key)
    if (group) group.count += 1
    else groups.set(key, { value, record, count: 1 })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

/** Writes what the preview showed, in one unit: all of it or nothing. */
export async function runBulk(
  session: Session,
  object: string,
  field: FieldView | null,
  value: unknown,
  preview: BulkPreview,
): Promise<void> {
  const ids = preview.changing.map(({ id }) => id)
  const target = { ids, maxAffected: ids.length }
  const operation = field ? { update: { ...target, set: valuesOf(field, value) } } : { remove: target }
  await session.client.bulk(object, operation, newKey())
}

/** Old values that Undo would write, each with its records; null when there are too many different ones. */
export function undoSteps({ changing }: BulkPreview): readonly { readonly old: unknown; readonly ids: readonly string[] }[] | null {
  const steps = new Map<string, { old: unknown; ids: string[] }>()
  for (const { id, old } of changing) {
    const key = JSON.stringify(old)
    const step = steps.get(key) ?? { old, ids: [] }
    steps.set(key, step)
    step.ids.push(id)
  }
  const all = [...steps.values()].flatMap(({ old, ids }) =>
    Array.from({ length: Math.ceil(ids.length / bulkLimits.list) }, (_, index) => ({
      old,
      ids: ids.slice(index * bulkLimits.list, (index + 1) * bulkLimits.list),
    })),
  )
  return all.length <= 50 ? all : null
}

/** Takes a bulk change back where the value is still ours; resolves to how many were. */
export async function undoBulk(session: Session, object: string, field: FieldView, value: unknown, preview: BulkPreview): Promise<number> {
  let restored = 0
  for (const { old, ids } of undoSteps(preview) ?? []) {
    const still =
      field.kind === 'links' || field.kind === 'multiChoice' ? {} : { [field.name]: value === null ? { isNull: true } : { eq: value } }
    const where = allOf([{ id: { in: ids } }, still])
    const done = await session.client.bulk(object, { update: { where, maxAffected: ids.length, set: valuesOf(field, old) } }, newKey())
    restored += done.length
  }
  return restored
}

function valuesOf(field: FieldView, value: unknown): RecordValues {
  return nestValues(new Map([[field.name, value ?? null]]))
}
