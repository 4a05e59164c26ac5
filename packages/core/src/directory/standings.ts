import type { SelectPlan, StoreSession } from '../store/port.ts'
import { membershipTable, personTable, teamTable } from '../store/system-tables.ts'
import { chunks } from './chunks.ts'
import { putRows, rowsOf } from './put-rows.ts'
import { leader, type Membership, readMemberships, readPersons, readTeams } from './read-rows.ts'
import { encodePerson, type Standing, writtenPersonColumns } from './row-shape.ts'
import type { Parents } from './team-tree.ts'

const personRows = rowsOf(personTable, writtenPersonColumns)
const teamRows = rowsOf(teamTable, ['id', 'name', 'parent_id', 'updated_at', 'leader_id'])

const leadersPlan: SelectPlan = {
  table: membershipTable,
  columns: ['team_id', 'person_id'],
  where: { op: 'eq', operand: { column: 'role', nullable: false }, param: 1 },
  order: [{ operand: { column: 'person_id', nullable: false }, descending: false }],
  revision: false,
}

const everybodyPlan: SelectPlan = { table: personTable, columns: ['id'], order: [], revision: false }

const standingPlan: SelectPlan = {
  table: personTable,
  columns: ['id', 'team_id', 'leader_id'],
  where: { op: 'in', operand: { column: 'id', nullable: false }, param: 1 },
  order: [],
  revision: false,
}

const teamLeaderPlan: SelectPlan = { table: teamTable, columns: ['id', 'leader_id'], order: [], revision: false }

/**
 * Brings what paths follow in line with memberships and the tree: who leads each team, and of people the team and the leader. `people`:
 * only theirs; left out = everybody's, because the tree or a leader changed.
 */
export async function settleStandings(session: StoreSession, tenant: string, now: number, people?: readonly string[]): Promise<void> {
  const teams = await readTeams(session, tenant)
  const parents: Parents = new Map(teams.map(({ id, parentId }) => [id, parentId]))
  const rows = await session.select(leadersPlan, [tenant, leader])
  const leaders = Map.groupBy(rows, (row) => String(row.team_id))
  const leaderOf = (team: string | null, person: string | null): string | null => {
    for (let at = team; at !== null; at = parents.get(at) ?? null) {
      const own = (leaders.get(at) ?? []).map((row) => String(row.person_id))
      // Whoever leads a team is led from above, by somebody else.
      if (own.length > 0 && (person === null || !own.includes(person))) return own.sort()[0] ?? null
    }
    return null
  }
  if (people === undefined) {
    const known = new Map((await session.select(teamLeaderPlan, [tenant])).map((row) => [String(row.id), row.leader_id ?? null]))
    const moved = teams.filter(({ id }) => known.get(id) !== leaderOf(id, null))
    await putRows(
      session,
      teamRows,
      tenant,
      moved.map(({ id, name, parentId }) => [id, name, parentId, now, leaderOf(id, null)]),
    )
  }
  const ids = people ?? (await session.select(everybodyPlan, [tenant])).map((row) => String(row.id))
  for (const chunk of chunks(ids)) await settleChunk(session, tenant, now, chunk, leaderOf)
}

type LeaderOf = (team: string | null, person: string | null) => string | null

async function settleChunk(session: StoreSession, tenant: string, now: number, ids: readonly string[], leaderOf: LeaderOf): Promise<void> {
  const teamOf = firstTeams(await readMemberships(session, tenant, ids))
  const known = new Map((await session.select(standingPlan, [tenant, ids])).map((row) => [String(row.id), row]))
  const standings = new Map<string, Standing>()
  for (const id of ids) {
    const teamId = teamOf.get(id) ?? null
    const leaderId = leaderOf(teamId, id)
    const row = known.get(id)
    if ((row?.team_id ?? null) !== teamId || (row?.leader_id ?? null) !== leaderId) standings.set(id, { teamId, leaderId })
  }
  if (standings.size === 0) return
  const persons = await readPersons(session, tenant, [...standings.keys()])
  await putRows(
    session,
    personRows,
    tenant,
    persons.map((person) => encodePerson(person, now, standings.get(person.id))),
  )
}

/** Memberships come by person and then by team. */
function firstTeams(memberships: readonly Membership[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const { personId, teamId } of memberships) if (!first.has(personId)) first.set(personId, teamId)
  return first
}
