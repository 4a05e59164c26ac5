import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { allOf, Params, valuesShape } from '../expression/shape.ts'
import { isUuid } from '../id/uuid7.ts'
import type { Query } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate, RowValue } from '../store/predicate.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { computedValues } from './computed.ts'
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
  const codec = runtime.codecFor(query.fields && fieldNames(scope, tenant, runtime, query.fields))
  const deleted = query.deleted === 'only'
  const params = new Params(scope.actor.tenant)
  params.add(id)
  if (reach !== 'all') params.add(scope.actor.id)
  const values = codec.computed.length > 0 ? computedValues(scope, tenant, runtime, codec.computed, params) : none
  const plan = runtime.selects.get(`id|${reach}|${deleted}|${codec.shape}${valuesShape(values)}`, () =>
    byId(runtime, scope, reach, deleted, codec.columns, values),
  )
  const [row] = await sessionOf(scope).selectValues(plan, params.values)
  if (!row) return null
  refuseStaleValues(row, tenant.revision)
  return codec.decodeValues(row)
}

const none: readonly RowValue[] = []

function byId(
  runtime: ObjectRuntime,
  scope: Scope,
  reach: Reached,
  deleted: boolean,
  columns: readonly string[],
  values: readonly RowValue[],
): SelectPlan {
  const params = new Params(scope.actor.tenant)
  const id: Predicate = { op: 'eq', operand: { column: 'id', nullable: false }, param: params.add(null) }
  const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  return {
    table: runtime.definition.table,
    columns,
    ...(values.length > 0 && { values }),
    where: allOf([id, deleted ? { op: 'not', of: live } : live, policyPredicate(reach, scope, params)]),
    order: [],
    revision: true,
  }
}
