import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { allOf, Params } from '../expression/shape.ts'
import { isUuid } from '../id/uuid7.ts'
import type { Query } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { expandRecords } from './expand.ts'
import { policyPredicate } from './policy.ts'
import { fieldNames, refuseStaleValues, refuseUnknown } from './query.ts'

const queryKeys = new Set(['fields', 'expand', 'deleted'])

type GetQuery = Pick<Query, 'fields' | 'expand' | 'deleted'>

/** A record by id. Not there and not allowed are one answer. */
export function getRecord(scope: Scope, object: string, id: string, query: GetQuery = {}): Promise<Record<string, unknown>> {
  refuseUnknown(query, queryKeys)
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = readableRuntime(scope, tenant, object)
    const record = await readOne(scope, tenant, runtime, requireId(id), query)
    if (record === null) throw crmError('NOT_FOUND')
    if (query.expand?.length) await expandRecords(scope, tenant, runtime, [record as { id: string }], query.expand)
    return record
  })
}

/** An id as the caller wrote it; anything that is not a UUID points to nothing. */
export function requireId(id: unknown): string {
  if (typeof id === 'string' && isUuid(id)) return id.toLowerCase()
  throw crmError('NOT_FOUND')
}

async function readOne(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, id: string, query: GetQuery) {
  const reach = authorise(scope, query.deleted === 'only' ? 'restore' : 'read', runtime.definition.name)
  const codec = runtime.codecFor(query.fields && fieldNames(runtime, query.fields))
  const deleted = query.deleted === 'only'
  const plan = runtime.selects.get(`id|${reach}|${deleted}|${codec.columns.join(',')}`, () =>
    byId(runtime, scope, reach, deleted, codec.columns),
  )
  const params = reach === 'all' ? [scope.actor.tenant, id] : [scope.actor.tenant, id, scope.actor.id]
  const [values] = await sessionOf(scope).selectValues(plan, params)
  if (!values) return null
  refuseStaleValues(values, tenant.revision)
  return codec.decodeValues(values)
}

function byId(runtime: ObjectRuntime, scope: Scope, reach: Reached, deleted: boolean, columns: readonly string[]): SelectPlan {
  const params = new Params(scope.actor.tenant)
  const id: Predicate = { op: 'eq', operand: { column: 'id', nullable: false }, param: params.add(null) }
  const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  return {
    table: runtime.definition.table,
    columns,
    where: allOf([id, deleted ? { op: 'not', of: live } : live, policyPredicate(reach, scope, params)]),
    order: [],
    revision: true,
  }
}
