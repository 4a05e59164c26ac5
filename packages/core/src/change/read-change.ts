import type { ChangeEntry } from '../record/records.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { changeColumns, decodeChange } from './decode-change.ts'

const plan: SelectPlan = {
  table: changeTable,
  columns: changeColumns,
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: { column: 'record_id', nullable: false }, param: 1 },
      { op: 'eq', operand: { column: 'id', nullable: false }, param: 2 },
    ],
  },
  order: [],
  revision: false,
}

/** One change with the fields the actor may read; null where it is gone. Whether they may read the record is for the caller to ask. */
export function readChange(scope: Scope, object: string, recordId: string, changeId: string): Promise<ChangeEntry | null> {
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const { definition } = readableRuntime(scope, tenant, object)
    const [row] = await sessionOf(scope).select(plan, [scope.actor.tenant, recordId, changeId])
    return row ? decodeChange(row, definition) : null
  })
}
