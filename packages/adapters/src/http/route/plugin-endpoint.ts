import { crmError, type Endpoint, type EndpointContext, type Session } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { checkInput, readInput } from '../request/endpoint-input.ts'
import { readQuery } from '../request/query.ts'
import { recordLimits } from './limits.ts'
import { methodNotAllowed } from './match.ts'
import type { Call } from './route.ts'

/** GET of a plugin: the query is its input. */
export async function queryEndpoint(call: Call): Promise<Reply> {
  const endpoint = endpointOf(call)
  return run(endpoint, call, readInput(endpoint.input, call.exchange.query))
}

/** POST of a plugin: the body is its input. */
export async function callEndpoint(call: Call): Promise<Reply> {
  const endpoint = endpointOf(call)
  readQuery(call.exchange.query, [])
  return run(endpoint, call, await readObject(call.exchange, recordLimits(call.settings)))
}

async function run(endpoint: Endpoint, { session }: Call, input: unknown): Promise<Reply> {
  checkInput(endpoint.input, input)
  const answer = await endpoint.handle(input as never, contextOf(session))
  return json(answer ?? {})
}

/** The endpoint of the path that the actor may call. */
function endpointOf({ crm, exchange, params, identity }: Call): Endpoint {
  const there = crm.contributions.endpoints.filter(({ plugin, path }) => plugin === params.plugin && path === params.path)
  if (there.length === 0) throw crmError('NOT_FOUND')
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method
  const endpoint = there.find((one) => one.method === method)
  if (!endpoint) {
    throw methodNotAllowed(
      exchange.method,
      there.map((one) => one.method),
    )
  }
  const { roles } = endpoint
  if (roles === '*' || identity.roles?.some((role) => roles.includes(role))) return endpoint
  throw crmError('FORBIDDEN', { action: `${params.plugin}/${params.path}` })
}

function contextOf(session: Session): EndpointContext {
  return {
    identity: session.identity,
    records: (object) => session.records(object),
    settings: session.settings,
    messages: session.messages,
    service: (ref) => session.service(ref),
    enqueue: (job, input, options) => session.enqueue(job, input, options),
    transaction: (work) => session.transaction((inside) => work(contextOf(inside))),
  }
}
