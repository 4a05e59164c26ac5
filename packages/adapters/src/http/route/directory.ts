import { json, type Reply } from '../reply/reply.ts'
import { list, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { listLimits } from './limits.ts'
import type { Call } from './route.ts'

/** People of the tenant, by name or by id. */
export async function people({ exchange, session }: Call): Promise<Reply> {
  const { search, ids, team, after, limit } = readQuery(exchange.query, ['search', 'ids', 'team', 'after', 'limit'])
  const query = { search, team, after, ids: list('ids', ids, listLimits.ids), limit: wholeNumber('limit', limit, 1, 500) }
  return json({ people: await session.directory.people(query) })
}

export async function teams({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ teams: await session.directory.teams() })
}
