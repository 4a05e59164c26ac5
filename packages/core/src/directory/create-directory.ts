import type { Actor } from '../access/actor.ts'
import type { Store, StoreSession } from '../store/port.ts'
import { stepRevision } from '../store/revision.ts'
import { checkInput } from './check-input.ts'
import type { DirectoryInput, Person, Team } from './directory.ts'
import { ensurePerson } from './ensure-person.ts'
import { findPeople, type PeopleQuery } from './find-people.ts'
import { putPeople } from './put-people.ts'
import { putTeams } from './put-teams.ts'
import { readMemberships, readTeams } from './read-rows.ts'

/** The people and teams of each tenant, by the host's ids. */
export interface Directory {
  /** Adds or changes people, teams and memberships; what is not named stays as it is. All or nothing. `fence`: throws where the caller may not write any more. */
  put(tenant: string, input: DirectoryInput, fence?: (session: StoreSession) => Promise<void>): Promise<void>
  /** By name, the way a phone book is ordered. */
  people(tenant: string, query?: PeopleQuery, session?: StoreSession): Promise<Person[]>
  /** By id. */
  teams(tenant: string, session?: StoreSession): Promise<Team[]>
  /** Makes sure that an identified person is known by the name they came with. Once per name and process. */
  ensure(actor: Actor): Promise<void>
  /** Teams the person belongs to directly. */
  teamIdsOf(tenant: string, person: string, session?: StoreSession): Promise<string[]>
}

/** The directory of one CRM. */
export function createDirectory(store: Store, clock: () => number): Directory {
  return {
    async put(tenant, input, fence) {
      checkInput(input)
      const now = clock()
      await store.transaction(async (session) => {
        await fence?.(session)
        const teamsMoved = await putTeams(session, tenant, input.teams ?? [], now)
        const peopleMoved = await putPeople(session, tenant, input.people ?? [], now, teamsMoved)
        // Settings are resolved by roles and teams: what was resolved before must not outlive them.
        if (teamsMoved || peopleMoved) await stepRevision(session, tenant, now)
      })
    },
    people: (tenant, query = {}, session = store.direct) => findPeople(session, tenant, query),
    teams: (tenant, session = store.direct) => readTeams(session, tenant),
    ensure: ensurePerson(store, clock),
    async teamIdsOf(tenant, person, session = store.direct) {
      const memberships = await readMemberships(session, tenant, [person])
      return memberships.map(({ teamId }) => teamId)
    },
  }
}
