import type { Reached } from '../access/access.ts'
import type { Params } from '../expression/shape.ts'
import type { Scope } from '../scope/scope.ts'
import type { Predicate } from '../store/predicate.ts'

const shared = 'own or '

/** The records an action reaches, as a condition. Whatever the reach, the actor's id is its only parameter. */
export function policyPredicate(reach: Reached, scope: Scope, params: Params): Predicate | undefined {
  if (reach === 'all') return undefined
  const own: Predicate = { op: 'eq', operand: { column: 'owner_id', nullable: true }, param: params.add(scope.actor.id) }
  return reach === 'own' ? own : { op: 'or', of: [own, isTrue(reach.slice(shared.length))] }
}

function isTrue(column: string): Predicate {
  const read = { op: 'read', operand: { column, nullable: true }, type: 'boolean' } as const
  return { op: 'term', term: { op: 'call', name: 'isTrue', of: [read], type: 'boolean', nullable: true, strict: false } }
}
