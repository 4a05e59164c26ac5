import { json, type Reply } from '../reply/reply.ts'
import { readQuery } from '../request/query.ts'
import type { Call } from './route.ts'

/** Who is asking, and what they may do. */
export async function me({ exchange, crm, session, identity }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const definitions = await session.definitions.list()
  const permissions = Object.fromEntries(definitions.map(({ name }) => [name, session.allowed(name)]))
  const { id, name = null, roles = [], locale = null } = { ...identity, ...session.identity }
  const tenant = session.identity.tenant ?? null
  return json({ identity: { id, name, roles, tenant, locale }, permissions, tenant, timeZone: await session.timeZone(), now: crm.now() })
}
