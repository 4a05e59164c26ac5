import { crmError } from '../error/crm-error.ts'
import type { StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { teamTable, teamTreeTable } from '../store/system-tables.ts'
import { directoryLimits } from './check-input.ts'
import { chunks } from './chunks.ts'
import type { DirectoryInput, Team } from './directory.ts'
import { putRows, rowsOf } from './put-rows.ts'
import { readTeams } from './read-rows.ts'
import { ancestorsOf, movedTeams } from './team-tree.ts'

const teamRows = rowsOf(teamTable, ['id', 'name', 'parent_id', 'updated_at'])
const treeRows = rowsOf(teamTreeTable, ['ancestor_id', 'team_id', 'depth'])
const ofTeams: Predicate = { op: 'in', operand: { column: 'team_id', nullable: false }, param: 1 }

/** Adds or changes teams and keeps the closure of the tree right: a team that moves takes all below it along. True = the tree moved. */
export async function putTeams(
  session: StoreSession,
  tenant: string,
  given: NonNullable<DirectoryInput['teams']>,
  now: number,
): Promise<boolean> {
  if (given.length === 0) return false
  const known = new Map((await readTeams(session, tenant)).map((team) => [team.id, team]))
  const before = parentsOf(known)
  for (const team of given) known.set(team.id, merged(team, known.get(team.id)))
  if (known.size > directoryLimits.teams)
    throw crmError('LIMIT_EXCEEDED', { what: 'teams', limit: directoryLimits.teams }, { path: '/teams' })
  const after = parentsOf(known)
  const moved = movedTeams(before, after)
  const changed = given.flatMap(({ id }) => known.get(id) ?? [])
  const tree = moved.flatMap((team) => ancestorsOf(team, after))
  await putRows(
    session,
    teamRows,
    tenant,
    changed.map(({ id, name, parentId }) => [id, name, parentId, now]),
  )
  for (const chunk of chunks(moved)) await session.delete(teamTreeTable, ofTeams, [tenant, chunk])
  await putRows(
    session,
    treeRows,
    tenant,
    tree.map(({ ancestorId, teamId, depth }) => [ancestorId, teamId, depth]),
  )
  return moved.length > 0
}

function merged({ id, name, parentId }: NonNullable<DirectoryInput['teams']>[number], known: Team | undefined): Team {
  return { id, name, parentId: parentId === undefined ? (known?.parentId ?? null) : parentId }
}

function parentsOf(teams: ReadonlyMap<string, Team>): Map<string, string | null> {
  return new Map([...teams.values()].map(({ id, parentId }) => [id, parentId]))
}
