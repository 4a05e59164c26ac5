import type { AllocationContext } from '../decider/allocation.ts'
import type { Person } from '../directory/directory.ts'
import { workDenial } from '../directory/person-state.ts'
import { readMembers, readTeams } from '../directory/read-rows.ts'
import { teamsBelow } from '../directory/team-tree.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Records } from '../record/records.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { Setting } from '../settings/setting.ts'
import { knownOf, loadSubjects } from '../settings/subject.ts'
import type { Tenant } from '../tenant/tenants.ts'

const page = 1_000

/** What `load` gets. `scope` acts as the system. */
export function contextFor(
  scope: Scope,
  tenant: Tenant,
  { at, asOf, seed, kept }: Pick<AllocationContext, 'at' | 'asOf' | 'seed' | 'kept'>,
): AllocationContext {
  const { kernel, actor } = scope
  return {
    tenant: actor.tenant,
    at,
    asOf,
    seed,
    kept,
    records: <T extends object>(object: ObjectHandle<T>) => kernel.records(scope, object.name) as Records<T>,
    people: ({ team } = {}) => everybody(scope, team),
    denial: (person) => workDenial(person, at),
    setting: async (setting) => kernel.settingsReader(scope).get(setting, { role: '' }),
    settings: (setting, people) => settingsOf(scope, tenant, setting, people),
  }
}

/** Everybody, some at a time. */
async function everybody(scope: Scope, team: string | undefined): Promise<readonly Person[]> {
  const { directory } = scope.kernel
  const { tenant } = scope.actor
  const session = sessionOf(scope)
  if (team !== undefined) {
    const parents = new Map((await readTeams(session, tenant)).map(({ id, parentId }) => [id, parentId]))
    const members = await readMembers(session, tenant, teamsBelow(team, parents))
    const found: Person[] = []
    for (let start = 0; start < members.length; start += page)
      found.push(...(await directory.people(tenant, { ids: members.slice(start, start + page), limit: page }, session)))
    return found.sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  const people: Person[] = []
  for (let after = ''; ; ) {
    const found = await directory.people(tenant, { after, limit: page }, session)
    people.push(...found)
    if (found.length < page) return people
    after = found.at(-1)?.id ?? ''
  }
}

async function settingsOf<V>(
  scope: Scope,
  tenant: Tenant,
  setting: Setting<V>,
  people: readonly string[],
): Promise<ReadonlyMap<string, V>> {
  await loadSubjects(scope, tenant.subjects, people)
  const known = scope.kernel.settings.require(setting.key) as Setting<V>
  return new Map(
    people.map((person) => [person, tenant.settings.value(known, { person, ...knownOf(scope, tenant.subjects, person), places: [] })]),
  )
}
