import type { RawRow } from '../store/port.ts'
import { sortKey } from '../text/sort-key.ts'
import type { Person, PersonState, Team } from './directory.ts'

/** A person as their row holds them: teams are in rows of their own. */
export type StoredPerson = Omit<Person, 'teamIds' | 'leads'>

/** Columns of a person that are read. */
export const personColumns = ['id', 'name', 'email', 'state', 'away_from', 'away_to', 'locale', 'roles'] as const

/** Where somebody stands, as paths follow it: the first of their teams, and who leads it or is next above. */
export interface Standing {
  readonly teamId: string | null
  readonly leaderId: string | null
}

/** Columns of a person that are written, in the order of {@link encodePerson}. */
export const writtenPersonColumns = [...personColumns, 'name_sort', 'updated_at', 'team_id', 'leader_id'] as const

/** Those of them that are not derived from the person's teams: the first ones. */
export const ownPersonColumns = writtenPersonColumns.slice(0, -2)

/** A row of the person table. */
export function decodePerson(row: RawRow): StoredPerson {
  return {
    id: String(row.id),
    name: String(row.name),
    email: textOrNull(row.email),
    state: String(row.state) as PersonState,
    awayFrom: numberOrNull(row.away_from),
    awayTo: numberOrNull(row.away_to),
    locale: textOrNull(row.locale),
    roles: (typeof row.roles === 'string' ? JSON.parse(row.roles) : row.roles) as string[],
  }
}

const nowhere: Standing = { teamId: null, leaderId: null }

/** The values of {@link writtenPersonColumns}. */
export function encodePerson(person: StoredPerson, now: number, { teamId, leaderId }: Standing = nowhere): unknown[] {
  const { id, name, email, state, awayFrom, awayTo, locale, roles } = person
  return [id, name, email, state, awayFrom, awayTo, locale, JSON.stringify(roles), sortKey(name), now, teamId, leaderId]
}

/** A row of the team table. */
export function decodeTeam(row: RawRow): Team {
  return { id: String(row.id), name: String(row.name), parentId: textOrNull(row.parent_id) }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

/** 64-bit integers may arrive as text. */
function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
