import type { Crm } from '@guanxi/core'
import type { BodySource, Exchange } from './exchange.ts'
import { type HttpOptions, settingsOf } from './options.ts'
import { isStream, type Reply } from './reply/reply.ts'
import { responder } from './respond.ts'

/**
 * The CRM over HTTP for servers that speak fetch: Hono, Bun, Deno, Next.js route handlers. `identify` is given the Request.
 *
 * @example
 * app.all('/crm/*', (context) => handler(context.req.raw)) // const handler = toHandler(crm, { basePath: '/crm' })
 */
export function toHandler(crm: Crm<never>, options: HttpOptions = {}): (request: Request) => Promise<Response> {
  const settings = settingsOf(options)
  const respond = responder(crm, settings)
  return async (request) => toResponse(await respond(exchangeOf(request, settings.basePath ?? '')))
}

function exchangeOf(request: Request, mount: string): Exchange {
  const { pathname, search, host } = new URL(request.url)
  return {
    method: request.method,
    path: pathname.startsWith(`${mount}/`) ? pathname.slice(mount.length) : null,
    query: search.slice(1),
    mount,
    header: (name) => request.headers.get(name) ?? (name === 'host' ? host : null),
    body: bodyOf(request),
    aborted: () => request.signal.aborted,
    original: request,
  }
}

function bodyOf(request: Request): BodySource {
  if (request.bodyUsed) return { state: 'lost' }
  const { body } = request
  return body === null ? { state: 'none' } : { state: 'waiting', chunks: () => body as AsyncIterable<Uint8Array> }
}

function toResponse({ status, headers, body }: Reply): Response {
  return new Response(sendable(body), { status, headers: { ...headers } })
}

function sendable(body: Reply['body']): BodyInit | null {
  if (isStream(body)) return streamOf(body[Symbol.asyncIterator]())
  return body instanceof Uint8Array ? new Uint8Array(body) : body
}

/** Reads on only when the client takes more; a client that leaves ends the reading. */
function streamOf(pieces: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return?.()
    },
  })
}
