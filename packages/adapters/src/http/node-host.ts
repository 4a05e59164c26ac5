import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

/** A request of Node's HTTP/1 or HTTP/2 server. */
export type NodeRequest = IncomingMessage | Http2ServerRequest

/** Its response. */
export type NodeResponse = ServerResponse | Http2ServerResponse

/** What is needed of a Fastify request. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest
  readonly body?: unknown
  readonly routeOptions?: { readonly url?: string | undefined }
}

/** What is needed of a Fastify reply. */
export interface FastifyReplyLike {
  readonly raw: NodeResponse
  readonly hijack: () => unknown
}

/** A request and its response as Node has them, and what the framework around them adds. */
export interface NodeHost {
  readonly request: NodeRequest
  readonly response: NodeResponse
  /** What the host calls the request. */
  readonly original: unknown
  /** Path the framework says the handler is mounted at; null where there is no framework. */
  readonly mount: string | null
  /** True when the framework has already taken the mount off the request's URL. */
  readonly stripped: boolean
  readonly parsedBody: unknown
}

/** Sees through the frameworks. Fastify is told that the answer is ours. */
export function nodePair(request: NodeRequest | FastifyRequestLike, response: NodeResponse | FastifyReplyLike): NodeHost {
  if ('raw' in request && 'raw' in response && 'hijack' in response) {
    response.hijack()
    const mount = request.routeOptions?.url?.replace(/\/?\*$/, '') ?? null
    return { request: request.raw, response: response.raw, original: request, mount, stripped: false, parsedBody: request.body }
  }
  const plain = request as NodeRequest & { readonly baseUrl?: unknown; readonly body?: unknown }
  const mount = typeof plain.baseUrl === 'string' && plain.baseUrl !== '' ? plain.baseUrl : null
  return { request: plain, response: response as NodeResponse, original: plain, mount, stripped: mount !== null, parsedBody: plain.body }
}
