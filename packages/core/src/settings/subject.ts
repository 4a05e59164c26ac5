import { isTextId } from '../access/to-actor.ts'
import { ancestorsOf, type Parents } from '../directory/team-tree.ts'
import { crmError } from '../error/crm-error.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SettingSubject } from './resolved.ts'
import type { SettingQuestion } from './settings.ts'

/** A person as far as settings go. */
export interface KnownPerson extends Pick<SettingSubject, 'roles' | 'teams'> {
  readonly leads: readonly string[]
}

/** What the settings of a tenant need to know of its people, at one revision: putting people moves it. */
export interface Subjects {
  readonly people: Map<string, KnownPerson | null>
  parents: Parents | null
}

const remembered = 20_000
const maxPlaces = 20

/** Makes sure that these people are known. */
export async function loadSubjects(scope: Scope, subjects: Subjects, people: readonly string[]): Promise<void> {
  const { directory } = scope.kernel
  const { tenant } = scope.actor
  const missing = people.filter((person) => !subjects.people.has(person))
  if (missing.length === 0) return
  const session = sessionOf(scope)
  const parents = subjects.parents ?? new Map((await directory.teams(tenant, session)).map(({ id, parentId }) => [id, parentId]))
  subjects.parents = parents
  if (subjects.people.size + missing.length > remembered) subjects.people.clear()
  // Noted once all is read: a question that comes meanwhile must not take somebody for a stranger.
  const known = new Map<string, KnownPerson | null>(missing.map((person) => [person, null]))
  for (let start = 0; start < missing.length; start += 1_000) {
    const found = await directory.people(tenant, { ids: missing.slice(start, start + 1_000), limit: 1_000 }, session)
    for (const { id, roles, teamIds, leads } of found) known.set(id, { roles, leads, teams: byDistance(teamIds, parents) })
  }
  for (const [person, one] of known) subjects.people.set(person, one)
}

/** Whom a question is about; at once for somebody known. People nobody put into the directory are what their own identity says. */
export function subjectOf(scope: Scope, subjects: Subjects, question: SettingQuestion): SettingSubject | Promise<SettingSubject> {
  const { person = question.role === undefined && question.team === undefined ? scope.actor.id : null } = question
  const places = question.places === undefined ? nowhere : requirePlaces(question.places)
  if (person === null) return withoutPerson(scope, subjects, question, places)
  const subject = (): SettingSubject => {
    const { roles, teams } = knownOf(scope, subjects, person)
    return { person, roles, teams, places }
  }
  return subjects.people.has(person) ? subject() : loadSubjects(scope, subjects, [person]).then(subject)
}

const nowhere: readonly string[] = []

async function withoutPerson(
  scope: Scope,
  subjects: Subjects,
  { role, team }: SettingQuestion,
  places: readonly string[],
): Promise<SettingSubject> {
  if (team !== undefined) await loadSubjects(scope, subjects, [scope.actor.id])
  return {
    person: null,
    roles: role === undefined ? [] : [role],
    teams: team === undefined ? [] : byDistance([team], subjects.parents ?? new Map()),
    places,
  }
}

/** The subject of a person who has been loaded. */
export function knownOf({ actor }: Scope, subjects: Subjects, person: string): Pick<SettingSubject, 'roles' | 'teams'> {
  const known = subjects.people.get(person)
  if (known) return known
  return person === actor.id
    ? { roles: actor.roles, teams: byDistance(actor.teamIds, subjects.parents ?? new Map()) }
    : { roles: [], teams: [] }
}

/** Teams by distance from the person: their own, those above, and so on. */
function byDistance(teamIds: readonly string[], parents: Parents): string[][] {
  const levels: string[][] = []
  const seen = new Set<string>()
  const rows = teamIds.flatMap((team) => (parents.has(team) ? ancestorsOf(team, parents) : [{ ancestorId: team, teamId: team, depth: 0 }]))
  for (const { ancestorId, depth } of rows.sort((a, b) => a.depth - b.depth)) {
    if (seen.has(ancestorId)) continue
    seen.add(ancestorId)
    levels[depth] = [...(levels[depth] ?? []), ancestorId]
  }
  return Array.from(levels, (level) => level ?? [])
}

function requirePlaces(places: readonly string[]): readonly string[] {
  if (Array.isArray(places) && places.length <= maxPlaces && places.every(isTextId)) return places
  throw crmError('PARAMETER_INVALID', { name: 'places', reason: `a list of at most ${maxPlaces} ids is expected` })
}
