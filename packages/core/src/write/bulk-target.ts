import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { shapeOf } from '../expression/shape.ts'
import { isUuid } from '../id/uuid7.ts'
import { type Conditions, lowerConditions } from '../read/conditions.ts'
import { refuseUnknown } from '../read/query.ts'
import type { BulkTarget } from '../record/records.ts'
import type { UnitScope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { viewOf } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { bulkLimits } from './create-many.ts'
import type { Locked } from './locked-read.ts'

const targetKeys = new Set(['ids', 'where', 'maxAffected'])

/** Reads and locks every record a bulk write reaches; more than the caller expected = nothing happens. */
export async function lockedTargets(
  scope: UnitScope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  target: BulkTarget,
  reach: Reached,
): Promise<Locked[]> {
  checkTarget(target)
  const { ids, where, maxAffected } = target
  const found = await lockMatches(scope, tenant, runtime, { ids: ids?.map((id) => id.toLowerCase()), where, reach }, maxAffected + 1)
  if (found.length > maxAffected) throw crmError('TOO_MANY_AFFECTED', { limit: maxAffected }, { path: '/maxAffected' })
  if (ids && found.length < new Set(ids).size) throw crmError('NOT_FOUND', {}, { path: '/ids' })
  return found
}

/** Reads and locks the records that satisfy this, in the order of their ids, so that two writers cannot block each other. */
export async function lockMatches(
  scope: UnitScope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  conditions: Conditions,
  most: number,
): Promise<Locked[]> {
  const { predicate, params } = lowerConditions(tenant, viewOf(scope, runtime), scope, conditions)
  const limit = params.add(most)
  const plan = runtime.selects.get(
    `targets|${shapeOf(predicate)}`,
    (): SelectPlan => ({
      table: runtime.definition.table,
      columns: runtime.codec.columns,
      where: predicate,
      order: [{ operand: { column: 'id', nullable: false }, descending: false }],
      limit,
      revision: false,
      lock: true,
    }),
  )
  const rows = await scope.unit.session.selectValues(plan, params.values)
  return rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked)
}

function checkTarget(target: BulkTarget): void {
  refuseUnknown(target, targetKeys)
  const { ids, where, maxAffected } = target
  if ((ids === undefined) === (where === undefined))
    throw crmError('PARAMETER_INVALID', { name: 'ids', reason: 'give either ids or where' }, { path: '/ids' })
  if (!Number.isInteger(maxAffected) || maxAffected < 1 || maxAffected > bulkLimits.records) {
    throw crmError(
      'PARAMETER_INVALID',
      { name: 'maxAffected', reason: `it must be a whole number from 1 to ${bulkLimits.records}` },
      { path: '/maxAffected' },
    )
  }
  if (ids === undefined) return
  if (!Array.isArray(ids) || ids.length > maxAffected) throw crmError('TOO_MANY_AFFECTED', { limit: maxAffected }, { path: '/ids' })
  if (!ids.every((id) => typeof id === 'string' && isUuid(id))) throw crmError('NOT_FOUND', {}, { path: '/ids' })
}
