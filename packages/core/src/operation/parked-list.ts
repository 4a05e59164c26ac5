import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { parkedTable } from '../store/system-tables.ts'
import type { ParkedEntry } from './operations.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const columns = ['consumer', 'change_id', 'object', 'record_id', 'version', 'error', 'attempts', 'parked_at', 'retry_at']
const ofConsumer: Predicate = { op: 'eq', operand: column('consumer'), param: 1 }
const ofChange: Predicate = { op: 'and', of: [ofConsumer, { op: 'eq', operand: column('change_id'), param: 2 }] }
const byVersion = { operand: column('version', true), descending: false }
const byChange = { operand: column('change_id'), descending: false }

const changePlan: SelectPlan = { table: parkedTable, columns, where: ofChange, order: [], revision: false }
const nextPlan: SelectPlan = {
  table: parkedTable,
  columns,
  where: { op: 'and', of: [ofConsumer, { op: 'eq', operand: column('record_id', true), param: 2 }] },
  order: [byVersion, byChange],
  limit: 3,
  revision: false,
}
const wokenPlan = { table: parkedTable, columns: ['retry_at', 'attempts'] }

/** Change ids grow with time, so a page is in the order of the writes; the later ones of a record follow its first. */
const listPlan = (byConsumer: boolean, hasCursor: boolean): SelectPlan => ({
  table: parkedTable,
  columns,
  ...(byConsumer && { where: { op: 'eq', operand: column('consumer'), param: 2 } }),
  order: [byChange],
  ...(hasCursor && { after: [byConsumer ? 3 : 2] }),
  limit: 1,
  revision: false,
})
const listPlans = [listPlan(false, false), listPlan(false, true), listPlan(true, false), listPlan(true, true)] as const

/** Parked changes of a tenant. */
export async function findParked(
  session: StoreSession,
  tenant: string,
  { consumer, limit, cursor }: { readonly consumer: string | undefined; readonly limit: number; readonly cursor: string | undefined },
): Promise<{ changes: ParkedEntry[]; cursor: string | null }> {
  const plan = listPlans[((consumer === undefined ? 0 : 2) + (cursor === undefined ? 0 : 1)) as 0 | 1 | 2 | 3]
  const rows = await session.select(plan, [
    tenant,
    limit + 1,
    ...(consumer === undefined ? [] : [consumer]),
    ...(cursor === undefined ? [] : [cursor]),
  ])
  const changes = rows.slice(0, limit).map(parkedEntry)
  return { changes, cursor: rows.length > limit ? (changes.at(-1)?.changeId ?? null) : null }
}

/** The first of a record's line; null = there is none. */
export async function nextOf(session: StoreSession, tenant: string, consumer: string, record: string): Promise<string | null> {
  const [row] = await session.select(nextPlan, [tenant, consumer, record, 1])
  return row ? String(row.change_id) : null
}

/** Makes it due now, with all its tries before it. */
export async function wakeParked(session: StoreSession, tenant: string, consumer: string, changeId: string, now: number): Promise<boolean> {
  return (await session.set(wokenPlan, [now, 0], ofChange, [tenant, consumer, changeId])) === 1
}

/** Takes it out of its line; the answer is the record whose line it was. */
export async function removeParked(session: StoreSession, tenant: string, consumer: string, changeId: string): Promise<string | null> {
  const [row] = await session.select(changePlan, [tenant, consumer, changeId])
  if (!row || (await session.delete(parkedTable, ofChange, [tenant, consumer, changeId])) === 0) return null
  return String(row.record_id)
}

function parkedEntry(row: RawRow): ParkedEntry {
  return {
    consumer: String(row.consumer),
    changeId: String(row.change_id),
    object: String(row.object ?? ''),
    recordId: String(row.record_id ?? ''),
    version: Number(row.version ?? 0),
    error: String(row.error),
    attempt: Number(row.attempts),
    parkedAt: Number(row.parked_at),
    retryAt: row.retry_at === null ? null : Number(row.retry_at),
  }
}
