import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { messageCapTable, messageTable } from '../store/system-tables.ts'
import { sendColumns } from './rows.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const eq = (name: string, param: number): Predicate => ({ op: 'eq', operand: column(name), param })
const isIn = (name: string, param: number): Predicate => ({ op: 'in', operand: column(name), param })
const and = (...of: readonly Predicate[]): Predicate => ({ op: 'and', of })
const newestFirst = [{ operand: column('id'), descending: true }]

/** What a question asks about, each a column compared with a parameter, or `unread`. */
export type Asked = 'recipient' | 'channel' | 'state' | 'template' | 'templates' | 'unread'

const pages = new Map<string, SelectPlan>()

/** Sends, newest first. Parameters: tenant, limit, one per thing asked (none for `unread`), then the position. */
export function pagePlan(asked: readonly Asked[], after: boolean): SelectPlan {
  const shape = `${asked.join()}|${after}`
  const known = pages.get(shape)
  if (known) return known
  let param = 2
  const conditions = asked.map((what): Predicate => {
    if (what === 'unread') return { op: 'isNull', operand: column('read_at', true) }
    return what === 'templates' ? isIn('template', param++) : eq(what, param++)
  })
  const plan: SelectPlan = {
    table: messageTable,
    columns: sendColumns,
    ...(conditions.length > 0 && { where: and(...conditions) }),
    order: newestFirst,
    ...(after && { after: [param] }),
    limit: 1,
    revision: false,
  }
  pages.set(shape, plan)
  return plan
}

/** A send by its id. */
export const sendPlan: SelectPlan = { table: messageTable, columns: sendColumns, where: eq('id', 1), order: [], revision: false }

/** Sends there are under some keys. Parameters: tenant, keys, recipients. */
export const sendsByKey: SelectPlan = {
  table: messageTable,
  columns: sendColumns,
  where: and(isIn('key', 1), isIn('recipient', 2)),
  order: [],
  revision: false,
}

/** When somebody got what counts for a cap. Parameters: tenant, subject, purpose, since, states, inbox. */
export const countedPlan: SelectPlan = {
  table: messageTable,
  columns: ['id', 'due_at'],
  where: and(eq('subject', 1), eq('purpose', 2), { op: 'gt', operand: column('due_at'), param: 3 }, isIn('state', 4), {
    op: 'ne',
    operand: column('channel'),
    param: 5,
  }),
  order: [],
  revision: false,
}

/** The row that two who send to the same person at once wait for. Parameters: tenant, subject, purpose. */
export const capLockPlan: SelectPlan = {
  table: messageCapTable,
  columns: ['subject'],
  where: and(eq('subject', 1), eq('purpose', 2)),
  order: [],
  revision: false,
  lock: true,
}

const unreadWhere = and(eq('recipient', 1), eq('channel', 2), { op: 'isNull', operand: column('read_at', true) })

/** The first unread messages of somebody. Parameters: tenant, recipient, channel, limit. */
export const unreadPlan: SelectPlan = {
  table: messageTable,
  columns: ['id'],
  where: unreadWhere,
  order: newestFirst,
  limit: 3,
  revision: false,
}

/** One's own messages, of some ids. Parameters: tenant, recipient, channel, ids. */
export const ownMessages: Predicate = and(eq('recipient', 1), eq('channel', 2), isIn('id', 3))

/** One's own unread ones up to an instant. Parameters: tenant, recipient, channel, instant. */
export const ownUntil: Predicate = and(
  eq('recipient', 1),
  eq('channel', 2),
  { op: 'isNull', operand: column('read_at', true) },
  { op: 'lte', operand: column('created_at'), param: 3 },
)

/** A send that still is as it was read. Parameters: tenant, id, state, attempts. */
export const asRead: Predicate = and(eq('id', 1), eq('state', 2), eq('attempts', 3))

/** What is old and no longer waits. Parameters: tenant, instant, states. */
export const settledBefore: Predicate = and({ op: 'lt', operand: column('created_at'), param: 1 }, isIn('state', 2))
