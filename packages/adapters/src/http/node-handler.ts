import type { Crm } from '@guanxi/core'
import { nodeExchange } from './node-exchange.ts'
import { type FastifyReplyLike, type FastifyRequestLike, type NodeRequest, type NodeResponse, nodePair } from './node-host.ts'
import { type HttpOptions, settingsOf } from './options.ts'
import { responder } from './respond.ts'
import { sendReply } from './send-reply.ts'

/** A handler for `node:http`, Express (`app.use`) and Fastify (`app.all`). It always answers and never calls `next`. */
export type NodeHandler = (request: NodeRequest | FastifyRequestLike, response: NodeResponse | FastifyReplyLike) => Promise<void>

/**
 * The CRM over HTTP for Node servers. `identify` is given the host's own request, with whatever its middleware has put there.
 *
 * @example
 * app.use('/crm', toNodeHandler(crm)) // Express
 * @example
 * app.all('/crm/*', toNodeHandler(crm)) // Fastify
 * @example
 * createServer(toNodeHandler(crm, { basePath: '/crm' }))
 */
export function toNodeHandler(crm: Crm<never>, options: HttpOptions = {}): NodeHandler {
  const settings = settingsOf(options)
  const respond = responder(crm, settings)
  return async function crmHandler(request, response) {
    const host = nodePair(request, response)
    const reply = await respond(nodeExchange(host, settings.basePath))
    await sendReply(host, reply, settings)
  }
}
