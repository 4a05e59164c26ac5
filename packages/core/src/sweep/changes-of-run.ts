import type { DeciderRun } from '../decider/deciders.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'

/** A change that a run made, in storage form. */
export interface RunChange {
  readonly recordId: string
  readonly version: number
  /** Null once erased. */
  readonly values: Readonly<Record<string, unknown>> | null
}

const column = (name: string, nullable = false) => ({ column: name, nullable })

const first: SelectPlan = {
  table: changeTable,
  columns: ['record_id', 'version', 'values'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('object'), param: 1 },
      { op: 'gte', operand: column('recorded_at'), param: 2 },
      { op: 'lte', operand: column('recorded_at'), param: 3 },
      { op: 'contains', operand: column('cause', true), param: 4 },
    ],
  },
  order: [{ operand: column('record_id'), descending: false }],
  limit: 5,
  revision: false,
}
const next: SelectPlan = { ...first, after: [6] }

/** Changes of a run, by record: the log is searched by the time of the run, since no index is kept for what is seldom asked. */
export async function changesOfRun(scope: Scope, run: DeciderRun, after: string | null, limit: number): Promise<readonly RunChange[]> {
  const params = [scope.actor.tenant, run.object, run.startedAt, run.finishedAt ?? run.startedAt, `"run":"${run.id}"`, limit]
  const rows = await (after === null ? sessionOf(scope).select(first, params) : sessionOf(scope).select(next, [...params, after]))
  return rows.map((row) => ({ recordId: String(row.record_id), version: Number(row.version), values: parsed(row.values) }))
}

function parsed(value: unknown): Readonly<Record<string, unknown>> | null {
  if (value === null || value === undefined) return null
  return (typeof value === 'string' ? JSON.parse(value) : value) as Readonly<Record<string, unknown>>
}
