import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { candidateTable, decisionTable } from '../store/system-tables.ts'
import { candidateColumns, decisionColumns } from './rows.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const eq = (name: string, param: number, nullable = false): Predicate => ({ op: 'eq', operand: column(name, nullable), param })

/** What a question asks about, each a column. */
export type Asked = 'subject_id' | 'decider' | 'mode'

const plans = new Map<string, SelectPlan>()

/** Decisions, newest first. Parameters: tenant, limit, one per thing asked, then the position. */
export function decisionsPlan(asked: readonly Asked[], after: boolean): SelectPlan {
  const shape = `${asked.join()}|${after}`
  const known = plans.get(shape)
  if (known) return known
  const plan: SelectPlan = {
    table: decisionTable,
    columns: decisionColumns,
    ...(asked.length > 0 && { where: { op: 'and', of: asked.map((name, index) => eq(name, index + 2, name === 'subject_id')) } }),
    order: [{ operand: column('id'), descending: true }],
    ...(after && { after: [asked.length + 2] }),
    limit: 1,
    revision: false,
  }
  plans.set(shape, plan)
  return plan
}

/** Decisions of some ids. */
export const decisionsById: SelectPlan = {
  table: decisionTable,
  columns: decisionColumns,
  where: { op: 'in', operand: column('id'), param: 1 },
  order: [],
  revision: false,
}

/** Everybody considered in a decision. */
export const candidatesPlan: SelectPlan = {
  table: candidateTable,
  columns: candidateColumns,
  where: eq('decision_id', 1),
  order: [],
  revision: false,
}

const lost: Predicate = { op: 'and', of: [eq('candidate', 2), eq('won', 3)] }

/** Decisions somebody did not win, newest first. */
export const lostPlan: SelectPlan = {
  table: candidateTable,
  columns: candidateColumns,
  where: lost,
  order: [{ operand: column('decision_id'), descending: true }],
  limit: 1,
  revision: false,
}

/** The next page of it. */
export const lostAfter: SelectPlan = { ...lostPlan, after: [4] }

/** What has been kept long enough. */
export const expired: Predicate = { op: 'lte', operand: column('expires_at'), param: 1 }
