import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttp2Server, type Http2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { toHandler, toNodeHandler } from '@guanxi/adapters/http'
import express from 'express'
import Fastify from 'fastify'
import type { Shop } from './shop.ts'

/** A host that listens; `close` stops it. */
export interface Mounted {
  readonly url: string
  readonly close: () => Promise<unknown>
}

type Mount = (shop: Shop) => Promise<Mounted>

/** The ways to stand in a host, all under `/crm`. */
export const mounts: Readonly<Record<string, Mount>> = {
  'node:http': ({ crm }) => listen(createServer(toNodeHandler(crm, { basePath: '/crm' }))),

  'node:http with a fetch handler': ({ crm }) => {
    const handle = toHandler(crm, { basePath: '/crm' })
    return listen(
      createServer(async (request, response) => {
        const answer = await handle(await toRequest(request))
        response.writeHead(answer.status, Object.fromEntries(answer.headers))
        response.end(Buffer.from(await answer.arrayBuffer()))
      }),
    )
  },

  Express: ({ crm }) => {
    const app = express()
    app.use('/crm', toNodeHandler(crm))
    return listen(createServer(app))
  },

  'Express with its own JSON parser': ({ crm }) => {
    const app = express()
    app.use(express.json({ limit: '50mb' }))
    app.use('/crm', toNodeHandler(crm))
    return listen(createServer(app))
  },

  'Express with bodies kept raw': ({ crm }) => {
    const app = express()
    app.use(express.raw({ type: '*/*', limit: '50mb' }))
    app.use('/crm', toNodeHandler(crm))
    return listen(createServer(app))
  },

  'an Express router inside a router': ({ crm }) => {
    const app = express()
    const outer = express.Router()
    outer.use('/crm', toNodeHandler(crm))
    app.use('/', outer)
    return listen(createServer(app))
  },

  'an Express route with a wildcard': ({ crm }) => {
    const app = express()
    app.all('/crm/*rest', toNodeHandler(crm, { basePath: '/crm' }))
    return listen(createServer(app))
  },

  Fastify: async ({ crm }) => {
    const app = Fastify({ bodyLimit: 50_000_000 })
    app.all('/crm/*', toNodeHandler(crm))
    return listening(app)
  },

  'Fastify that leaves bodies alone': async ({ crm }) => {
    const app = Fastify()
    app.register(
      async (scope) => {
        scope.removeAllContentTypeParsers()
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
        scope.all('/*', toNodeHandler(crm))
      },
      { prefix: '/crm' },
    )
    return listening(app)
  },
}

/** HTTP/2 without TLS. */
export function mountHttp2({ crm }: Shop): Promise<Mounted> {
  return listen(createHttp2Server(toNodeHandler(crm, { basePath: '/crm' })))
}

export function listen(server: Server | Http2Server): Promise<Mounted> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done())
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
      resolve({ url: `http://127.0.0.1:${port}`, close })
    })
  })
}

async function listening(app: ReturnType<typeof Fastify>): Promise<Mounted> {
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, close: () => app.close() }
}

async function toRequest(request: IncomingMessage): Promise<Request> {
  const headers = new Headers(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])),
  )
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const body = chunks.length > 0 ? new Uint8Array(Buffer.concat(chunks)) : undefined
  return new Request(`http://${request.headers.host}${request.url}`, { method: request.method, headers, body })
}
