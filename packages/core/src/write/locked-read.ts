import type { Reached } from '../access/access.ts'
import { type CrmError, crmError } from '../error/crm-error.ts'
import { allOf, Params } from '../expression/shape.ts'
import type { RecordValues } from '../object/field-value.ts'
import { policyPredicate } from '../read/policy.ts'
import { refuseStaleValues } from '../read/query.ts'
import type { Target } from '../record/records.ts'
import { authorise, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { shownRecord } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'

/** A record as read under lock. */
export type Locked = RecordValues & { readonly id: string; readonly version: number; readonly deletedAt: number | null }

/** Reads and locks a record for writing, whatever its state. */
export function lockedRead(scope: UnitScope, runtime: ObjectRuntime, id: string, reach: Reached, revision: number): Promise<Locked> {
  const plan = runtime.selects.get(`locked|${reach}`, () => lockedById(runtime, scope, reach))
  return readTarget(scope, runtime, plan, id, reach, revision)
}

/** Reads a record that a write guarded by its version may follow, whatever its state. */
export function readForWrite(scope: Scope, runtime: ObjectRuntime, id: string, reach: Reached, revision: number): Promise<Locked> {
  const plan = runtime.selects.get(`watched|${reach}`, () => ({ ...lockedById(runtime, scope, reach), lock: false }))
  return readTarget(scope, runtime, plan, id, reach, revision)
}

async function readTarget(
  scope: Scope,
  runtime: ObjectRuntime,
  plan: SelectPlan,
  id: string,
  reach: Reached,
  revision: number,
): Promise<Locked> {
  const params = reach === 'all' ? [scope.actor.tenant, id] : [scope.actor.tenant, id, scope.actor.id]
  const [values] = await sessionOf(scope).selectValues(plan, params)
  if (!values) throw await refusedTarget(scope, runtime, id, reach)
  refuseStaleValues(values, revision)
  return runtime.codec.decodeValues(values) as unknown as Locked
}

function lockedById(runtime: ObjectRuntime, scope: Scope, reach: Reached): SelectPlan {
  const params = new Params(scope.actor.tenant)
  const id: Predicate = { op: 'eq', operand: { column: 'id', nullable: false }, param: params.add(null) }
  return {
    table: runtime.definition.table,
    columns: runtime.codec.columns,
    where: allOf([id, policyPredicate(reach, scope, params)]),
    order: [],
    revision: true,
    lock: true,
  }
}

/** Out of the action's reach: forbidden where the actor may read the record, otherwise as if it did not exist. */
export async function refusedTarget(scope: Scope, runtime: ObjectRuntime, id: string, reach: Reached): Promise<CrmError> {
  const { name } = runtime.definition
  const read = scope.kernel.access.judge(scope.actor, 'read', name)
  if (reach === 'all' || !read.allowed || read.reach !== 'all') return crmError('NOT_FOUND')
  const plan = runtime.selects.get('exists', () => ({
    ...lockedById(runtime, scope, 'all'),
    columns: ['id'],
    lock: false,
    revision: false,
  }))
  const rows = await sessionOf(scope).select(plan, [scope.actor.tenant, id])
  return rows.length > 0 ? crmError('FORBIDDEN', { action: 'update' }) : crmError('NOT_FOUND')
}

/** The version a caller saw, or null when the caller gave the lock up on purpose. */
export function requireVersion(target: Target): number | null {
  const version: unknown = target.version
  if (version === 'any') return null
  if (version === undefined || version === null) throw crmError('VERSION_REQUIRED', {}, { path: '/version' })
  if (typeof version === 'number' && Number.isSafeInteger(version) && version > 0) return version
  throw crmError('PARAMETER_INVALID', { name: 'version', reason: 'it is a positive whole number or “any”' }, { path: '/version' })
}

/** A lost race, with both values; the current one only as far as the actor may read it. */
export function conflict(scope: Scope, runtime: ObjectRuntime, current: RecordValues, sent: unknown): CrmError {
  const shown = readable(scope, runtime.definition.name, current) ? { current: shownRecord(scope, runtime, current) } : {}
  return crmError('CONFLICT', {}, { path: '/version', details: { ...shown, sent, version: current.version } })
}

function readable(scope: Scope, object: string, record: RecordValues): boolean {
  try {
    return authorise(scope, 'read', object) === 'all' || record.ownerId === scope.actor.id
  } catch {
    return false
  }
}
