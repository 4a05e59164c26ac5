import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import type { DirectoryInput, PersonState } from './directory.ts'

/** Bounds of one `put`, and of a tenant's team tree. */
export const directoryLimits = { people: 10_000, teams: 10_000, roles: 100, teamsOfPerson: 100, name: 200, email: 320, depth: 30 } as const

const states: readonly string[] = ['active', 'onboarding', 'away', 'suspended', 'left'] satisfies readonly PersonState[]

type PersonInput = NonNullable<DirectoryInput['people']>[number]
type TeamInput = NonNullable<DirectoryInput['teams']>[number]

/** Refuses what cannot be stored, with a path to it, before anything is read or written. */
export function checkInput({ people = [], teams = [] }: DirectoryInput): void {
  atMost('people', people, directoryLimits.people)
  atMost('teams', teams, directoryLimits.teams)
  for (const [index, team] of teams.entries()) checkTeam(team, `/teams/${index}`)
  for (const [index, person] of people.entries()) checkPerson(person, `/people/${index}`)
  checkUnique(teams, '/teams')
  checkUnique(people, '/people')
}

function checkTeam({ id, name, parentId }: TeamInput, path: string): void {
  requireThat(isTextId(id), `${path}/id`, 'it must be text of 1 to 200 characters')
  requireThat(isName(name), `${path}/name`, `it must be text of 1 to ${directoryLimits.name} characters`)
  requireThat(parentId === undefined || parentId === null || isTextId(parentId), `${path}/parentId`, 'it must be the id of a team, or null')
}

function checkPerson(person: PersonInput, path: string): void {
  const { id, name, email, state, awayFrom, awayTo, locale, roles, teamIds, leads } = person
  requireThat(isTextId(id), `${path}/id`, 'it must be text of 1 to 200 characters')
  requireThat(isName(name), `${path}/name`, `it must be text of 1 to ${directoryLimits.name} characters`)
  requireThat(isText(email, directoryLimits.email), `${path}/email`, `it must be text of at most ${directoryLimits.email} characters`)
  requireThat(state === undefined || states.includes(state), `${path}/state`, `it must be one of ${states.join(', ')}`)
  requireThat(isInstant(awayFrom), `${path}/awayFrom`, 'it must be integer milliseconds UTC')
  requireThat(isInstant(awayTo), `${path}/awayTo`, 'it must be integer milliseconds UTC')
  requireThat(isText(locale, 35), `${path}/locale`, 'it must be a BCP 47 tag')
  requireThat(areIds(roles, directoryLimits.roles), `${path}/roles`, `it must be a list of at most ${directoryLimits.roles} roles`)
  requireThat(
    areIds(teamIds, directoryLimits.teamsOfPerson),
    `${path}/teamIds`,
    `it must be a list of at most ${directoryLimits.teamsOfPerson} team ids`,
  )
  requireThat(
    leads === undefined || (Array.isArray(leads) && leads.every((team) => teamIds?.includes(team))),
    `${path}/leads`,
    'it must be a list of teams that are in teamIds too',
  )
}

/** Two entries for one id contradict each other, or one is idle. */
function checkUnique(entries: readonly { readonly id: string }[], path: string): void {
  const seen = new Set<string>()
  for (const [index, { id }] of entries.entries()) {
    requireThat(!seen.has(id), `${path}/${index}/id`, `“${id}” is there twice`)
    seen.add(id)
  }
}

function atMost(what: string, entries: readonly unknown[], limit: number): void {
  if (entries.length > limit) throw crmError('LIMIT_EXCEEDED', { what, limit }, { path: `/${what}` })
}

/** A PARAMETER_INVALID that points into the input. */
export function requireThat(holds: boolean, path: string, reason: string): void {
  if (!holds) throw crmError('PARAMETER_INVALID', { name: path.slice(1), reason }, { path })
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim().length > 0 && isText(value, directoryLimits.name)
}

function isText(value: unknown, limit: number): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'string' && value.length <= limit && !/\p{Cc}/u.test(value) && value.isWellFormed()
}

function isInstant(value: unknown): boolean {
  return value === undefined || value === null || Number.isSafeInteger(value)
}

function areIds(values: readonly unknown[] | undefined, limit: number): boolean {
  return values === undefined || (Array.isArray(values) && values.length <= limit && values.every(isTextId))
}
