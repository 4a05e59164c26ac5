import type { ScheduleTimes } from '../job/schedule.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import { deciderDueTable } from '../store/system-tables.ts'

/** When a decider is due. */
export interface DueRow {
  readonly decider: string
  readonly times: ScheduleTimes
  /** The zone its times of day were taken in. */
  readonly zone: string
  readonly nextAt: number | null
  readonly lastAt: number | null
}

const columns = ['decider', 'spec', 'next_at', 'last_at'] as const
const decider = { column: 'decider', nullable: false }
const all: SelectPlan = { table: deciderDueTable, columns, order: [{ operand: decider, descending: false }], revision: false }
const locked: SelectPlan = { ...all, where: { op: 'eq', operand: decider, param: 1 }, order: [], lock: true }

/** When the deciders of a tenant are due, by id. */
export async function readDue(session: StoreSession, tenant: string): Promise<readonly DueRow[]> {
  return (await session.select(all, [tenant])).map(decode)
}

/** When one is due; nobody else can move it until the end of the transaction. */
export async function lockDue(session: StoreSession, tenant: string, id: string): Promise<DueRow | null> {
  const [row] = await session.select(locked, [tenant, id])
  return row ? decode(row) : null
}

/** Keeps when a decider is due. */
export async function putDue(session: StoreSession, tenant: string, due: DueRow): Promise<void> {
  const { nextAt, lastAt, times, zone } = due
  const values = [tenant, due.decider, JSON.stringify({ times, zone }), nextAt, lastAt]
  await session.put({ table: deciderDueTable, columns: ['tenant_id', ...columns] }, [values], 'replace')
}

function decode(row: Readonly<Record<string, unknown>>): DueRow {
  const { times, zone } = JSON.parse(String(row.spec)) as Pick<DueRow, 'times' | 'zone'>
  return { decider: String(row.decider), times, zone, nextAt: numberOrNull(row.next_at), lastAt: numberOrNull(row.last_at) }
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))
