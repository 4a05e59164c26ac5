import { crmError } from '../error/crm-error.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { personTable } from '../store/system-tables.ts'
import { foldAccents, nameKey } from '../text/fold.ts'
import type { Person } from './directory.ts'
import { readMembers, readMemberships, readTeams } from './read-rows.ts'
import { decodePerson, personColumns } from './row-shape.ts'
import { teamsBelow } from './team-tree.ts'

/** Which people, and how many. */
export interface PeopleQuery {
  /** Part of a name, also as pinyin, or of an e-mail address. */
  readonly search?: string
  /** Only these. */
  readonly ids?: readonly string[]
  /** Everybody by id, from the one after this on; the empty text begins. Not with `search` or `ids`. */
  readonly after?: string
  /** Only those of this team and the teams below it. By name, or by id with `after`. */
  readonly team?: string
  /** 1 to 1,000; 50 unless said. */
  readonly limit?: number
}

/** Bounds of one question. */
const peopleLimits = { limit: 1_000, ids: 1_000, search: 100 } as const

const name = { column: 'name', nullable: false }
const nameSort = { column: 'name_sort', nullable: false }
const email = { column: 'email', nullable: true }

const matching: Predicate = {
  op: 'or',
  of: [
    { op: 'contains', operand: name, param: 2 },
    { op: 'contains', operand: nameSort, param: 3 },
    { op: 'contains', operand: email, param: 2 },
    { op: 'contains', operand: email, param: 3 },
  ],
}
const listed = (param: number): Predicate => ({ op: 'in', operand: { column: 'id', nullable: false }, param })

/** One plan per shape: `params` are the tenant, the limit, and what the condition needs. */
const plan = (where?: Predicate): SelectPlan => ({
  table: personTable,
  columns: personColumns,
  where,
  order: [
    { operand: nameSort, descending: false },
    { operand: { column: 'id', nullable: false }, descending: false },
  ],
  limit: 1,
  revision: false,
})
const plans = { all: plan(), ids: plan(listed(2)), search: plan(matching), both: plan({ op: 'and', of: [matching, listed(4)] }) }

/** By id, because names may change while somebody reads on. */
const nextPlan: SelectPlan = { ...plan(), order: [{ operand: { column: 'id', nullable: false }, descending: false }], after: [2] }

/** People with their teams. */
export async function findPeople(session: StoreSession, tenant: string, query: PeopleQuery): Promise<Person[]> {
  checkQuery(query)
  const asked = await withMembers(session, tenant, query)
  if (asked.ids?.length === 0) return []
  const rows = await session.select(...statement(tenant, asked))
  const people = rows.map(decodePerson)
  const memberships = await readMemberships(
    session,
    tenant,
    people.map(({ id }) => id),
  )
  const byPerson = Map.groupBy(memberships, ({ personId }) => personId)
  return people.map((person) => {
    const own = byPerson.get(person.id) ?? []
    return { ...person, teamIds: own.map(({ teamId }) => teamId), leads: own.flatMap(({ teamId, isLeader }) => (isLeader ? teamId : [])) }
  })
}

/** A team as the ids of its people: of one page where it is paged. */
async function withMembers(session: StoreSession, tenant: string, query: PeopleQuery): Promise<PeopleQuery> {
  const { team, ids, after, limit = 50, ...rest } = query
  if (team === undefined) return query
  const parents = new Map((await readTeams(session, tenant)).map(({ id, parentId }) => [id, parentId]))
  const members = await readMembers(session, tenant, teamsBelow(team, parents))
  const wanted = ids && new Set(ids)
  const own = wanted ? members.filter((id) => wanted.has(id)) : members
  if (after === undefined && own.length > peopleLimits.ids)
    throw crmError('LIMIT_EXCEEDED', { what: 'people of a team without after', limit: peopleLimits.ids }, { path: '/team' })
  if (after === undefined) return { ...rest, limit, ids: own }
  return { limit, ids: own.filter((id) => id > after).slice(0, limit) }
}

function statement(tenant: string, { search, ids, after, limit = 50 }: PeopleQuery): [SelectPlan, unknown[]] {
  if (after !== undefined) return [nextPlan, [tenant, limit, after]]
  const text = search?.trim()
  const words = text ? [text.normalize('NFC'), foldAccents(nameKey(text))] : []
  if (text && ids) return [plans.both, [tenant, limit, ...words, ids]]
  if (text) return [plans.search, [tenant, limit, ...words]]
  return ids ? [plans.ids, [tenant, limit, ids]] : [plans.all, [tenant, limit]]
}

function checkQuery({ search, ids, after, team, limit }: PeopleQuery): void {
  const refuse = (name: string, reason: string) => crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1 && limit <= peopleLimits.limit))
    throw refuse('limit', `it must be 1 to ${peopleLimits.limit}`)
  if (after !== undefined && (typeof after !== 'string' || search !== undefined || ids !== undefined))
    throw refuse('after', 'it must be an id, without search and ids')
  if (team !== undefined && typeof team !== 'string') throw refuse('team', 'it must be the id of a team')
  if (search !== undefined && (typeof search !== 'string' || search.length > peopleLimits.search))
    throw refuse('search', `it must be text of at most ${peopleLimits.search} characters`)
  if (ids !== undefined && !(Array.isArray(ids) && ids.length <= peopleLimits.ids && ids.every((id) => typeof id === 'string')))
    throw refuse('ids', `it must be a list of at most ${peopleLimits.ids} ids`)
}
