import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { directoryObject } from '../expression/people.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** What expressions know of a call. */
export function contextOf(scope: Scope, tenant: Tenant): ExpressionContext {
  const { id, tenant: name, teamIds, roles } = scope.actor
  return { now: nowOf(scope), zone: scope.kernel.zoneOf(tenant), tenant: name, actor: { id, personId: id, teamIds, roles } }
}

export const mayRead = (scope: Scope, object: string): boolean =>
  scope.privileged || isDirectory(object) || scope.kernel.access.judge(scope.actor, 'read', object).allowed

/** People and teams are known to everybody who is known. */
const isDirectory = (object: string): boolean => directoryObject(object) !== undefined

/** Which records of an object that an expression leads to the actor may see. */
export function readReach(scope: Scope, object: string): Reached {
  if (scope.privileged || isDirectory(object)) return 'all'
  const verdict = scope.kernel.access.judge(scope.actor, 'read', object)
  if (verdict.allowed) return verdict.reach
  throw crmError('FIELD_UNKNOWN', { field: object })
}
