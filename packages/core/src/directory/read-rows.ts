import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import { membershipTable, personTable, teamTable } from '../store/system-tables.ts'
import { directoryLimits } from './check-input.ts'
import { chunks } from './chunks.ts'
import type { Team } from './directory.ts'
import { decodePerson, decodeTeam, personColumns, type StoredPerson } from './row-shape.ts'

/** What somebody is in a team they lead. */
export const leader = 'leader'

/** A person in a team. */
export interface Membership {
  readonly teamId: string
  readonly personId: string
  readonly isLeader: boolean
}

const idOrder = [{ operand: { column: 'id', nullable: false }, descending: false }]

const teamsPlan: SelectPlan = { table: teamTable, columns: ['id', 'name', 'parent_id'], order: idOrder, limit: 1, revision: false }

const personsPlan: SelectPlan = {
  table: personTable,
  columns: personColumns,
  where: { op: 'in', operand: { column: 'id', nullable: false }, param: 1 },
  order: idOrder,
  revision: false,
}

const membershipsPlan: SelectPlan = {
  table: membershipTable,
  columns: ['team_id', 'person_id', 'role'],
  where: { op: 'in', operand: { column: 'person_id', nullable: false }, param: 1 },
  order: [
    { operand: { column: 'person_id', nullable: false }, descending: false },
    { operand: { column: 'team_id', nullable: false }, descending: false },
  ],
  revision: false,
}

/** All teams of a tenant, by id. */
export async function readTeams(session: StoreSession, tenant: string): Promise<Team[]> {
  return (await session.select(teamsPlan, [tenant, directoryLimits.teams])).map(decodeTeam)
}

/** The people of these ids, by id, without their teams. */
export async function readPersons(session: StoreSession, tenant: string, ids: readonly string[]): Promise<StoredPerson[]> {
  const persons: StoredPerson[] = []
  for (const chunk of chunks(ids)) persons.push(...(await session.select(personsPlan, [tenant, chunk])).map(decodePerson))
  return persons
}

/** Memberships of these people, by person and team. */
export async function readMemberships(session: StoreSession, tenant: string, people: readonly string[]): Promise<Membership[]> {
  const memberships: Membership[] = []
  for (const chunk of chunks(people)) {
    const rows = await session.select(membershipsPlan, [tenant, chunk])
    memberships.push(...rows.map(decodeMembership))
  }
  return memberships
}

const membersPlan: SelectPlan = {
  ...membershipsPlan,
  where: { op: 'in', operand: { column: 'team_id', nullable: false }, param: 1 },
}

/** Ids of everybody in some teams, in order. */
export async function readMembers(session: StoreSession, tenant: string, teams: readonly string[]): Promise<string[]> {
  const members = new Set<string>()
  for (const chunk of chunks(teams))
    for (const row of await session.select(membersPlan, [tenant, chunk])) members.add(String(row.person_id))
  return [...members].sort()
}

function decodeMembership(row: RawRow): Membership {
  return { teamId: String(row.team_id), personId: String(row.person_id), isLeader: row.role === leader }
}
