import { authorise, type Scope } from '../scope/scope.ts'
import { isSettableBy, leadsTeam, relationTo, type Setter, type SettingTarget } from '../settings/setters.ts'
import type { SettingChange, SettingQuestion, SettingRights } from '../settings/settings.ts'
import { loadSubjects } from '../settings/subject.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** The pseudo-object whose grants decide about settings. */
export const settingsObject = 'settings'

const may = ({ privileged, kernel, actor }: Scope, action: 'read' | 'define'): boolean =>
  privileged || kernel.access.judge(actor, action, settingsObject).allowed

/** Whoever may not define settings, with the people their question is about. */
export async function setterOf(scope: Scope, { subjects }: Tenant, people: readonly string[]): Promise<Setter> {
  const { id } = scope.actor
  await loadSubjects(scope, subjects, [id, ...people])
  return {
    id,
    leads: subjects.people.get(id)?.leads ?? [],
    parents: subjects.parents ?? new Map(),
    teamsOf: (person) => subjects.people.get(person)?.teams[0] ?? [],
  }
}

/** One's own values and those of the organisation are everybody's to know; those of a team and its people are their leader's too. */
export async function authoriseReading(scope: Scope, tenant: Tenant, question: SettingQuestion): Promise<void> {
  const { role, team, person = role === undefined && team === undefined ? scope.actor.id : null } = question
  const others = person !== null && person !== scope.actor.id
  if ((!others && role === undefined && team === undefined) || may(scope, 'read')) return
  const places: SettingTarget[] = [
    ...(others && person !== null ? [{ level: 'person', target: person } as const] : []),
    ...(team === undefined ? [] : [{ level: 'team', target: team } as const]),
  ]
  if (role !== undefined || !(await leadsAll(scope, tenant, places))) authorise(scope, 'read', settingsObject)
}

/** May the actor read what is set for these people, or at this level? */
export async function authoriseReadingOf(scope: Scope, tenant: Tenant, places: readonly SettingTarget[]): Promise<void> {
  if (may(scope, 'read')) return
  if (!(await leadsAll(scope, tenant, places))) authorise(scope, 'read', settingsObject)
}

async function leadsAll(scope: Scope, tenant: Tenant, places: readonly SettingTarget[]): Promise<boolean> {
  const setter = await setterOf(scope, tenant, peopleOf(places))
  return places.every((place) => relationTo(setter, place) !== null)
}

const peopleOf = (places: readonly SettingTarget[]): string[] =>
  places.flatMap(({ level, target }) => (level === 'person' && target !== '' ? [target] : []))

/** Refuses changes that are not the actor's to make. True = because a setting's author lets them; then who leads whom must still hold. */
export async function authoriseChanges(scope: Scope, tenant: Tenant, changes: readonly SettingChange[]): Promise<boolean> {
  if (may(scope, 'define')) return false
  const places = changes.map(({ level, target = '' }) => ({ level, target }))
  const setter = await setterOf(scope, tenant, peopleOf(places))
  const allowed = changes.every(({ key }, index) => {
    const place = places[index]
    return place !== undefined && isSettableBy(setter, scope.kernel.settings.require(key), place)
  })
  if (!allowed || changes.length === 0) authorise(scope, 'define', settingsObject)
  return true
}

/** What the actor may do about a person, role, team, place or the organisation. */
export async function settingRights(scope: Scope, tenant: Tenant, place: SettingTarget): Promise<SettingRights> {
  const { settings } = scope.kernel
  const define = may(scope, 'define')
  const setter = await setterOf(scope, tenant, peopleOf([place]))
  const keys = settings
    .some(undefined)
    .filter((setting) => (define ? settings.levelsOf(setting).includes(place.level) : isSettableBy(setter, setting, place)))
  const read = may(scope, 'read') || relationTo(setter, place) !== null
  return { read, define, leads: setter.leads, keys: keys.map(({ key }) => key) }
}

/** People whose values the actor may see change: everybody, or those they lead and themselves. */
export async function peopleInSight(scope: Scope, tenant: Tenant): Promise<{ readonly all: boolean; sees(person: string): boolean }> {
  if (may(scope, 'read') || may(scope, 'define')) return { all: true, sees: () => true }
  const setter = await setterOf(scope, tenant, [])
  const sees = (person: string): boolean =>
    person === setter.id || (tenant.subjects.people.get(person)?.teams[0] ?? []).some((team) => leadsTeam(setter, team))
  return { all: false, sees }
}
