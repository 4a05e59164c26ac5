import { definitionView } from '@guanxi/core'
import { openApiDocument } from '../openapi/document.ts'
import { json, type Reply } from '../reply/reply.ts'
import { readQuery } from '../request/query.ts'
import type { Call } from './route.ts'

/** The interface as this actor may use it, with the tenant's own fields. */
export async function openApi({ exchange, crm, session, identity }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const definitions = await session.definitions.list()
  const objects = definitions.map((definition) => definitionView(definition, session.allowed(definition.name)))
  const mayCall = ({ roles }: { readonly roles: readonly string[] | '*' }): boolean =>
    roles === '*' || (identity.roles?.some((role) => roles.includes(role)) ?? false)
  const endpoints = crm.contributions.endpoints.filter(mayCall)
  const commands = crm.contributions.commands.filter(mayCall)
  return json(openApiDocument({ objects, endpoints, commands, server: exchange.mount || '/', locale: identity.locale }))
}
