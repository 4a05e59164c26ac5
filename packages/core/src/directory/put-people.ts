import type { StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { membershipTable, personTable } from '../store/system-tables.ts'
import { requireThat } from './check-input.ts'
import { chunks } from './chunks.ts'
import type { DirectoryInput } from './directory.ts'
import { putRows, rowsOf } from './put-rows.ts'
import { leader, type Membership, readMemberships, readPersons, readTeams } from './read-rows.ts'
import { encodePerson, ownPersonColumns, type StoredPerson } from './row-shape.ts'
import { settleStandings } from './standings.ts'

type PersonInput = NonNullable<DirectoryInput['people']>[number]

// Where people stand is settled after their memberships.
const personRows = rowsOf(personTable, ownPersonColumns)
const membershipRows = rowsOf(membershipTable, ['team_id', 'person_id', 'role'])

/** What somebody is in a team unless a host says otherwise. */
const member = 'member'

const leaving: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: { column: 'team_id', nullable: false }, param: 1 },
    { op: 'in', operand: { column: 'person_id', nullable: false }, param: 2 },
  ],
}

/**
 * Adds or changes people, and settles where they stand; with `teamsMoved` where everybody stands. Values left out stay; a list of teams
 * replaces the one before. True = somebody's roles or teams changed.
 */
export async function putPeople(
  session: StoreSession,
  tenant: string,
  given: readonly PersonInput[],
  now: number,
  teamsMoved: boolean,
): Promise<boolean> {
  const { isChanged, moved, leadersMoved } = await writePeople(session, tenant, given, now)
  if (teamsMoved || leadersMoved) await settleStandings(session, tenant, now)
  else if (moved.length > 0) await settleStandings(session, tenant, now, moved)
  return isChanged
}

interface Written {
  /** Somebody's roles or teams are others. */
  readonly isChanged: boolean
  /** People whose memberships are others. */
  readonly moved: readonly string[]
  readonly leadersMoved: boolean
}

const nothingWritten: Written = { isChanged: false, moved: [], leadersMoved: false }

async function writePeople(session: StoreSession, tenant: string, given: readonly PersonInput[], now: number): Promise<Written> {
  if (given.length === 0) return nothingWritten
  const known = new Map(
    (
      await readPersons(
        session,
        tenant,
        given.map(({ id }) => id),
      )
    ).map((person) => [person.id, person]),
  )
  const people = given.map((person) => merged(person, known.get(person.id)))
  await putRows(
    session,
    personRows,
    tenant,
    people.map((person) => encodePerson(person, now).slice(0, ownPersonColumns.length)),
  )
  const replaced = await replaceMemberships(session, tenant, given)
  const hasNewRoles = people.some(({ id, roles }) => JSON.stringify(roles) !== JSON.stringify(known.get(id)?.roles ?? []))
  return { ...replaced, isChanged: replaced.moved.length > 0 || hasNewRoles }
}

function merged(given: PersonInput, known: StoredPerson | undefined): StoredPerson {
  const { id, name, email, state, awayFrom, awayTo, locale, roles } = given
  return {
    id,
    name: name.normalize('NFC'),
    email: kept(email, known?.email),
    state: state ?? known?.state ?? 'active',
    awayFrom: kept(awayFrom, known?.awayFrom),
    awayTo: kept(awayTo, known?.awayTo),
    locale: kept(locale, known?.locale),
    roles: roles ?? known?.roles ?? [],
  }
}

function kept<T>(given: T | null | undefined, known: T | null | undefined): T | null {
  return given === undefined ? (known ?? null) : given
}

async function replaceMemberships(session: StoreSession, tenant: string, given: readonly PersonInput[]): Promise<Written> {
  const wanted = given.flatMap(({ id, teamIds, leads }) =>
    teamIds ? { personId: id, teamIds: new Set(teamIds), leads: new Set(leads) } : [],
  )
  if (wanted.length === 0) return nothingWritten
  await requireTeams(session, tenant, given)
  const present = await readMemberships(
    session,
    tenant,
    wanted.map(({ personId }) => personId),
  )
  const wantedPairs = pairs(
    wanted.flatMap(({ personId, teamIds, leads }) => [...teamIds].map((teamId) => ({ personId, teamId, isLeader: leads.has(teamId) }))),
  )
  const presentPairs = pairs(present)
  const left = [...presentPairs].flatMap(([pair, membership]) => (wantedPairs.has(pair) ? [] : membership))
  const joined = [...wantedPairs].flatMap(([pair, membership]) =>
    presentPairs.get(pair)?.isLeader === membership.isLeader ? [] : membership,
  )
  for (const [teamId, memberships] of Map.groupBy(left, (membership) => membership.teamId)) {
    for (const chunk of chunks(memberships))
      await session.delete(membershipTable, leaving, [tenant, teamId, chunk.map(({ personId }) => personId)])
  }
  await putRows(
    session,
    membershipRows,
    tenant,
    joined.map(({ teamId, personId, isLeader }) => [teamId, personId, isLeader ? leader : member]),
  )
  const all = [...left, ...joined]
  const leadersMoved = all.some((one) => one.isLeader || presentPairs.get(pairOf(one))?.isLeader === true)
  return { isChanged: all.length > 0, moved: [...new Set(all.map(({ personId }) => personId))], leadersMoved }
}

async function requireTeams(session: StoreSession, tenant: string, given: readonly PersonInput[]): Promise<void> {
  const teams = new Set((await readTeams(session, tenant)).map(({ id }) => id))
  for (const [index, { teamIds = [] }] of given.entries()) {
    for (const teamId of teamIds) requireThat(teams.has(teamId), `/people/${index}/teamIds`, `there is no team “${teamId}”`)
  }
}

/** Ids are free text, so a pair needs a separator that no id contains. */
function pairs(memberships: readonly Membership[]): Map<string, Membership> {
  return new Map(memberships.map((membership) => [pairOf(membership), membership]))
}

const pairOf = ({ teamId, personId }: Membership): string => `${teamId}\u0000${personId}`
