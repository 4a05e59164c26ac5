import { toActor } from '../access/to-actor.ts'
import { stateAt } from '../directory/person-state.ts'
import { nowOf, type Scope, sessionOf } from '../scope/scope.ts'

/** A call with the rights that the directory gives somebody now; null where they do not work here (any more). */
export async function asOwner(scope: Scope, ownerId: string): Promise<Scope | null> {
  return (await asOwners(scope, [ownerId])).get(ownerId) ?? null
}

/** The same for many: who is missing does not work here. */
export async function asOwners(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, Scope>> {
  const asked = [...new Set(ids)]
  if (asked.length === 0) return new Map()
  const { tenant } = scope.actor
  const people = await scope.kernel.directory.people(tenant, { ids: asked, limit: asked.length }, sessionOf(scope))
  return new Map(
    people.flatMap((person) => {
      const state = stateAt(person, nowOf(scope))
      if (state === 'left' || state === 'suspended') return []
      const { id, roles, teamIds } = person
      return [[id, { ...scope, actor: toActor({ id, roles, teamIds, tenant }), privileged: false }] as const]
    }),
  )
}
