import { crmError } from '../error/crm-error.ts'
import { keysOf } from '../object/storage-keys.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import type { SetPlace } from './past-sets.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const most = 10_000

const plan: SelectPlan = {
  table: changeTable,
  columns: ['record_id', 'values'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('object'), param: 1 },
      { op: 'eq', operand: column('op'), param: 2 },
      { op: 'gt', operand: column('at'), param: 3 },
      { op: 'contains', operand: column('values', true), param: 4 },
    ],
  },
  order: [{ operand: column('id'), descending: false }],
  limit: 5,
  revision: false,
}

/** Former parent → children that have belonged to another record since an instant. The log is the only one who knows. */
export async function movedChildren(scope: Scope, { child, by }: SetPlace, from: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const [key = ''] = keysOf(by)
  const rows = await sessionOf(scope).select(plan, [scope.actor.tenant, child.definition.name, 'update', from, `"${key}"`, most + 1])
  if (rows.length > most) throw crmError('LIMIT_EXCEEDED', { what: 'child records that moved', limit: most })
  const former = new Map<string, string[]>()
  for (const row of rows) {
    const values = (typeof row.values === 'string' ? JSON.parse(row.values) : row.values) as Record<string, readonly unknown[]> | null
    const before = values?.[key]?.[0]
    if (typeof before !== 'string') continue
    const own = former.get(before) ?? []
    former.set(before, own)
    own.push(String(row.record_id))
  }
  return former
}
