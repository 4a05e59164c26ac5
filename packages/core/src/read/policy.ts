import type { Reach } from '../access/access.ts'
import type { Params } from '../expression/shape.ts'
import type { Scope } from '../scope/scope.ts'
import type { Predicate } from '../store/predicate.ts'

/** The records an action reaches, as a condition. */
export function policyPredicate(reach: Reach, scope: Scope, params: Params): Predicate | undefined {
  if (reach === 'all') return undefined
  return { op: 'eq', operand: { column: 'owner_id', nullable: true }, param: params.add(scope.actor.id) }
}
