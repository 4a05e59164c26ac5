import type { SettingPlace } from '../client/settings-client.ts'
import type { ResolvedSetting, SettingLevel, Team } from '../client/settings-types.ts'
import type { CrmElement } from '../element/crm-element.ts'

/** Everything a screen of settings calls people, teams and the rest by. */
export interface Names {
  readonly host: CrmElement
  readonly teams: readonly Team[]
}

/** What a person, team, role, place or the organisation is called. */
export function placeName({ host, teams }: Names, { level, target }: SettingPlace): string {
  if (level === 'organisation') return host.t('settings.level.organisation')
  if (level === 'team') return teams.find(({ id }) => id === target)?.name ?? target
  if (level === 'person') return host.session.person(target)?.name ?? target
  return target
}

/** Where a value comes from, in a few words. */
export function sourceText(
  names: Names,
  { level, target }: { readonly level: SettingLevel | 'default'; readonly target: string | null },
): string {
  const { host } = names
  const word = host.t(`settings.level.${level}`)
  if (level === 'default' || level === 'organisation') return word
  return `${word} · ${placeName(names, { level, target: target ?? '' })}`
}

/** Was the value set for this very place? */
export function isSetAt({ level, target }: SettingPlace, value: ResolvedSetting): boolean {
  return value.level === level && (value.target ?? '') === target
}

/** What would count there without the value that is set there. */
export function inheritedBy(
  place: SettingPlace,
  value: ResolvedSetting,
  standard: unknown,
): Pick<ResolvedSetting, 'value' | 'level' | 'target'> {
  if (!isSetAt(place, value)) return value
  const [next] = value.passed
  return next ? { value: next.value, level: next.level, target: next.target || null } : { value: standard, level: 'default', target: null }
}

export const isSamePlace = (a: SettingPlace, b: SettingPlace): boolean => a.level === b.level && a.target === b.target

/** Teams as a tree, each under the one above it, with how deep it stands. */
export function teamTree(teams: readonly Team[]): readonly { readonly team: Team; readonly depth: number }[] {
  const known = new Set(teams.map(({ id }) => id))
  const below = Map.groupBy(teams, ({ parentId }) => (parentId && known.has(parentId) ? parentId : ''))
  const lines = (parent: string, depth: number): { team: Team; depth: number }[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .flatMap((team) => [{ team, depth }, ...lines(team.id, depth + 1)])
  return lines('', 0)
}
