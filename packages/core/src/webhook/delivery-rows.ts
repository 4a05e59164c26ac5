import type { AggregatePlan, RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { webhookDeliveryTable as table } from '../store/system-tables.ts'
import type { DeliveryState, WebhookDelivery } from './webhook.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const columns = table.columns.map(({ name }) => name).filter((name) => name !== 'tenant_id')
const ofHook: Predicate = { op: 'eq', operand: column('webhook_id'), param: 1 }
const keyIs: Predicate = { op: 'and', of: [ofHook, { op: 'eq', operand: column('key'), param: 2 }] }
const stateIs: Predicate = { op: 'eq', operand: column('state'), param: 2 }
const laneIs: Predicate = { op: 'eq', operand: column('lane'), param: 3 }
const inLane: Predicate = { op: 'and', of: [ofHook, stateIs, laneIs] }
const byId = (descending: boolean) => [{ operand: column('id'), descending }]
const inOrder = [{ operand: column('seq'), descending: false }]

/** A delivery with what only the machine needs of it. */
export interface StoredDelivery extends WebhookDelivery {
  readonly changeId: string | null
  /** Its place among all that the webhook is told. */
  readonly seq: number
  readonly payload: unknown
  readonly lane: number
}

/** A delivery before it is written. */
export type NewDelivery = Omit<StoredDelivery, 'settledAt' | 'status' | 'answer' | 'error' | 'milliseconds' | 'attempts' | 'state'>

const newColumns = [
  ...['tenant_id', 'webhook_id', 'key', 'id', 'type', 'object', 'record_id', 'change_id', 'seq', 'payload', 'lane'],
  ...['state', 'attempts', 'due_at', 'created_at'],
]

/** Adds deliveries; one that is there already stays as it is. Answers how many were added. */
export function addDeliveries(session: StoreSession, tenant: string, deliveries: readonly NewDelivery[]): Promise<number> {
  const rows = deliveries.map((one) => [
    ...[tenant, one.webhookId, one.key, one.id, one.type, one.object, one.recordId, one.changeId, one.seq],
    ...[one.payload === null ? null : JSON.stringify(one.payload), one.lane, 'pending', 0, one.dueAt, one.createdAt],
  ])
  return session.put({ table, columns: newColumns }, rows, 'ignore')
}

const duePlan: SelectPlan = {
  table,
  columns,
  where: { op: 'and', of: [inLane, { op: 'lte', operand: column('due_at'), param: 4 }] },
  order: inOrder,
  limit: 5,
  revision: false,
}
const laterPlan: SelectPlan = {
  table,
  columns: ['record_id', 'due_at'],
  where: {
    op: 'and',
    of: [inLane, { op: 'gt', operand: column('due_at'), param: 4 }, { op: 'gt', operand: column('attempts'), param: 5 }],
  },
  order: [],
  revision: false,
}
const nextPlan: SelectPlan = {
  table,
  columns: ['due_at', 'id'],
  where: inLane,
  order: [{ operand: column('due_at'), descending: false }, ...byId(false)],
  limit: 4,
  revision: false,
}

/** Pending deliveries of a lane that are due, in order. */
export async function dueDeliveries(session: StoreSession, tenant: string, hook: string, lane: number, now: number, limit: number) {
  return (await session.select(duePlan, [tenant, hook, 'pending', lane, now, limit])).map(decodeDelivery)
}

/** Records of a lane with a delivery that failed and is tried later, with that time: what comes after it has to wait. */
export async function waitingRecords(session: StoreSession, tenant: string, hook: string, lane: number, now: number) {
  const rows = await session.select(laterPlan, [tenant, hook, 'pending', lane, now, 0])
  return new Map(rows.flatMap((row) => (row.record_id === null ? [] : [[String(row.record_id), Number(row.due_at)] as const])))
}

/** When something of a lane is due next; null = nothing waits. */
export async function nextDue(session: StoreSession, tenant: string, hook: string, lane: number): Promise<number | null> {
  const [row] = await session.select(nextPlan, [tenant, hook, 'pending', lane, 1])
  return row ? Number(row.due_at) : null
}

const lanesPlan: AggregatePlan = {
  table,
  where: { op: 'and', of: [ofHook, stateIs] },
  groups: [column('lane')],
  measures: [{ as: 'due', fn: 'min', operand: column('due_at') }],
  limit: 3,
  revision: false,
}

/** Lanes in which something waits, and when it is due next. */
export async function pendingLanes(session: StoreSession, tenant: string, hook: string): Promise<{ lane: number; due: number }[]> {
  const rows = await session.aggregate(lanesPlan, [tenant, hook, 'pending', 100])
  return rows.map(({ g0, due }) => ({ lane: Number(g0), due: Number(due) }))
}

const settleColumns = ['state', 'attempts', 'due_at', 'settled_at', 'status', 'answer', 'error', 'milliseconds']

const asRead: Predicate = {
  op: 'and',
  of: [keyIs, { op: 'eq', operand: column('state'), param: 3 }, { op: 'eq', operand: column('attempts'), param: 4 }],
}

/** Writes down what became of a try; false where the delivery is no longer as it was `before`. */
export async function writeTry(session: StoreSession, tenant: string, before: StoredDelivery, one: StoredDelivery): Promise<boolean> {
  const values = [one.state, one.attempts, one.dueAt, one.settledAt, one.status, one.answer, one.error, one.milliseconds]
  const params = [tenant, one.webhookId, one.key, before.state, before.attempts]
  return (await session.set({ table, columns: settleColumns }, values, asRead, params)) === 1
}

/** What waits behind a delivery of the same record is due no earlier than it. */
export async function holdBehind(
  session: StoreSession,
  tenant: string,
  { webhookId, lane, recordId, dueAt }: StoredDelivery,
): Promise<void> {
  if (recordId === null) return
  const where: Predicate = {
    op: 'and',
    of: [inLane, { op: 'eq', operand: column('record_id', true), param: 4 }, { op: 'lt', operand: column('due_at'), param: 5 }],
  }
  await session.set({ table, columns: ['due_at'] }, [dueAt], where, [tenant, webhookId, 'pending', lane, recordId, dueAt])
}

const idPlan: SelectPlan = {
  table,
  columns,
  where: { op: 'and', of: [ofHook, { op: 'eq', operand: column('id'), param: 2 }] },
  order: [],
  revision: false,
}
const keyPlan: SelectPlan = { ...idPlan, where: keyIs }
const spanPlan: SelectPlan = {
  table,
  columns: ['lane'],
  where: {
    op: 'and',
    of: [ofHook, stateIs, { op: 'gte', operand: column('created_at'), param: 3 }, { op: 'lt', operand: column('created_at'), param: 4 }],
  },
  order: byId(false),
  limit: 5,
  revision: false,
}

export async function deliveryById(session: StoreSession, tenant: string, hook: string, id: string): Promise<StoredDelivery | null> {
  const [row] = await session.select(idPlan, [tenant, hook, id])
  return row ? decodeDelivery(row) : null
}

export async function deliveryByKey(session: StoreSession, tenant: string, hook: string, key: string): Promise<StoredDelivery | null> {
  const [row] = await session.select(keyPlan, [tenant, hook, key])
  return row ? decodeDelivery(row) : null
}

const again = { table, columns: ['state', 'attempts', 'due_at', 'settled_at'] }

/** Makes a delivery wait again, as if it had never been tried. */
export async function wakeDelivery(session: StoreSession, tenant: string, { webhookId, key }: StoredDelivery, now: number): Promise<void> {
  await session.set(again, ['pending', 0, now, null], keyIs, [tenant, webhookId, key])
}

/** The same for all of a state that were made in [from, to). Answers the lanes of those found, 10,001 at most. */
export async function wakeSpan(
  session: StoreSession,
  tenant: string,
  hook: string,
  span: readonly [string, number, number],
  now: number,
  most: number,
) {
  const rows = await session.select(spanPlan, [tenant, hook, ...span, most])
  if (rows.length < most && spanPlan.where) await session.set(again, ['pending', 0, now, null], spanPlan.where, [tenant, hook, ...span])
  return rows.map(({ lane }) => Number(lane))
}

/** What waits of a webhook is due now. */
export async function wakeAll(session: StoreSession, tenant: string, hook: string, now: number): Promise<void> {
  const where: Predicate = { op: 'and', of: [ofHook, stateIs] }
  await session.set({ table, columns: ['due_at'] }, [now], where, [tenant, hook, 'pending'])
}

const pagePlans = new Map<string, SelectPlan>()

/** Deliveries of a webhook, the newest first. */
export async function findDeliveries(
  session: StoreSession,
  tenant: string,
  hook: string,
  { state, cursor, limit }: { state: DeliveryState | undefined; cursor: string | undefined; limit: number },
): Promise<StoredDelivery[]> {
  const shape = `${state !== undefined}|${cursor !== undefined}`
  const plan = pagePlans.get(shape) ?? pagePlan(state !== undefined, cursor !== undefined)
  pagePlans.set(shape, plan)
  const params = [tenant, hook, limit, ...(state === undefined ? [] : [state]), ...(cursor === undefined ? [] : [cursor])]
  return (await session.select(plan, params)).map(decodeDelivery)
}

function pagePlan(byState: boolean, hasCursor: boolean): SelectPlan {
  const where: Predicate = byState ? { op: 'and', of: [ofHook, { op: 'eq', operand: column('state'), param: 3 }] } : ofHook
  return { table, columns, where, order: byId(true), limit: 2, ...(hasCursor && { after: [byState ? 4 : 3] }), revision: false }
}

const old: Predicate = { op: 'lt', operand: column('created_at'), param: 1 }

/** Deliveries that were made before go, whatever became of them. */
export function purgeDeliveries(session: StoreSession, tenant: string, before: number): Promise<number> {
  return session.delete(table, old, [tenant, before])
}

/** All deliveries of a webhook go. */
export async function removeDeliveries(session: StoreSession, tenant: string, hook: string): Promise<void> {
  await session.delete(table, ofHook, [tenant, hook])
}

/** A delivery as people see it. */
export function shownDelivery({ changeId: _c, seq: _s, payload: _p, lane: _l, ...delivery }: StoredDelivery): WebhookDelivery {
  return delivery
}

function decodeDelivery(row: RawRow): StoredDelivery {
  return {
    id: String(row.id),
    webhookId: String(row.webhook_id),
    key: String(row.key),
    type: String(row.type),
    object: row.object === null ? null : String(row.object),
    recordId: row.record_id === null ? null : String(row.record_id),
    changeId: row.change_id === null ? null : String(row.change_id),
    seq: Number(row.seq),
    payload: typeof row.payload === 'string' ? JSON.parse(row.payload) : (row.payload ?? null),
    lane: Number(row.lane),
    state: row.state as DeliveryState,
    attempts: Number(row.attempts),
    dueAt: Number(row.due_at),
    createdAt: Number(row.created_at),
    settledAt: numberOrNull(row.settled_at),
    status: numberOrNull(row.status),
    answer: row.answer === null ? null : String(row.answer),
    error: row.error === null ? null : String(row.error),
    milliseconds: numberOrNull(row.milliseconds),
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
