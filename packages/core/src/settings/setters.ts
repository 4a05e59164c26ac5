import { ancestorsOf, type Parents } from '../directory/team-tree.ts'
import type { SettingLevel } from './setting.ts'
import { type Setting, settingLevels } from './setting.ts'

/** A place where a value may be set. */
export interface SettingTarget {
  readonly level: SettingLevel
  /** Empty for the organisation. */
  readonly target: string
}

/** Whoever may not define settings: who they are, whom they lead, and in which tree of teams. */
export interface Setter {
  readonly id: string
  readonly leads: readonly string[]
  readonly parents: Parents
  /** Teams of a person. */
  readonly teamsOf: (person: string) => readonly string[]
}

/** Does the setter lead this team, or one above it? */
export function leadsTeam({ leads, parents }: Setter, team: string): boolean {
  if (leads.length === 0) return false
  if (!parents.has(team)) return leads.includes(team)
  return ancestorsOf(team, parents).some(({ ancestorId }) => leads.includes(ancestorId))
}

/** What the setter is to this person or team. */
export function relationTo(setter: Setter, { level, target }: SettingTarget): 'self' | 'leader' | null {
  if (level === 'team') return leadsTeam(setter, target) ? 'leader' : null
  if (level !== 'person') return null
  if (target === setter.id) return 'self'
  return setter.teamsOf(target).some((team) => leadsTeam(setter, team)) ? 'leader' : null
}

/** May somebody set this value there, because its author says so? A leader is no leader of their own: that takes `self`. */
export function isSettableBy(setter: Setter, { definition }: Setting, place: SettingTarget): boolean {
  const { settableBy = {}, levels = settingLevels } = definition
  if (!levels.includes(place.level)) return false
  const relation = relationTo(setter, place)
  if (place.level === 'team') return relation === 'leader' && (settableBy.team?.includes('leader') ?? false)
  return place.level === 'person' && relation !== null && (settableBy.person?.includes(relation) ?? false)
}
