import type { DirectoryInput } from '@guanxi/core'

type Row = Record<string, unknown>

/** The instant at which rules are judged. */
export const now = Date.parse('2026-03-02T01:00:00Z')

/** A tree of teams with leaders, and people of every work state; `nobody` and `nowhere` are not known. */
export const directory: DirectoryInput = {
  tenant: 'test',
  teams: [
    { id: 't1', name: '蓝海' },
    { id: 't2', name: 'É', parentId: 't1' },
    { id: 't3', name: 'ab%', parentId: 't2' },
  ],
  people: [
    { id: 'ada', name: 'a', email: '%', state: 'away', awayTo: now, roles: ['a'], teamIds: ['t2'], leads: ['t2'], locale: 'en' },
    { id: 'bob', name: '😀', awayFrom: now - 1, roles: ['b', 'c'], teamIds: ['t3', 't2'] },
    { id: '王芳', name: 'ab', email: '蓝海', state: 'left', awayFrom: 0, teamIds: ['t1'], leads: ['t1'] },
    { id: 'zoë', name: 'B', state: 'onboarding', awayFrom: now, awayTo: now + 1, teamIds: ['t3'] },
  ],
}

/** Where each stands and which state counts, worked out by hand. */
const standings: Readonly<Record<string, Row>> = {
  ada: { state: 'active', teamId: 't2', leaderId: '王芳' },
  bob: { state: 'away', teamId: 't2', leaderId: 'ada' },
  王芳: { state: 'left', teamId: 't1', leaderId: null },
  zoë: { state: 'away', teamId: 't3', leaderId: 'ada' },
}
const leaders: Readonly<Record<string, string>> = { t1: '王芳', t2: 'ada', t3: 'ada' }

/** People and teams by id as paths see them, three steps deep. */
function linked(steps: number): { readonly people: ReadonlyMap<unknown, Row>; readonly teams: ReadonlyMap<unknown, Row> } {
  const next = steps > 0 ? linked(steps - 1) : { people: new Map<unknown, Row>(), teams: new Map<unknown, Row>() }
  const related = (row: Row): Row => ({
    ...row,
    ...(steps > 0 && {
      related: {
        leaderId: next.people.get(row.leaderId) ?? null,
        teamId: next.teams.get(row.teamId) ?? null,
        parentId: next.teams.get(row.parentId) ?? null,
      },
    }),
  })
  const empty = { email: null, awayFrom: null, awayTo: null, locale: null, roles: [] }
  return {
    people: new Map((directory.people ?? []).map((person) => [person.id, related({ ...empty, ...person, ...standings[person.id] })])),
    teams: new Map((directory.teams ?? []).map((team) => [team.id, related({ parentId: null, ...team, leaderId: leaders[team.id] })])),
  }
}

const known = linked(3)

/** What a row's people and team lead to. */
export const peopleOf = (row: Row): Row => ({
  reviewerId: known.people.get(row.reviewerId) ?? null,
  ownerId: known.people.get(row.ownerId) ?? null,
  teamId: known.teams.get(row.teamId) ?? null,
})
