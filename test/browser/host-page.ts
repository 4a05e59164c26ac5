import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HttpOptions, toNodeHandler } from '@guanxi/adapters/http'
import type { Crm } from '@guanxi/core'

/** The policy every component must work under. */
export const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"

/** A host's page on a port of its own, under a strict content security policy. */
export interface HostPage {
  readonly url: string
  close(): Promise<void>
}

/** Serves `body` as the page and the CRM below /crm. */
export async function serveHostPage(crm: Crm<never>, body: string, lang = 'en', options: HttpOptions = {}): Promise<HostPage> {
  // Other runs on this machine have the same people and tenants, and nobody may keep more than so many uploads in one folder.
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-host-'))
  const handle = toNodeHandler(crm, { basePath: '/crm', imports: { folder }, ...options })
  const page = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title><script type="module" src="/crm/ui.js"></script></head><body>${body}</body></html>`
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/crm/')) return void handle(request, response)
    response.writeHead(request.url === '/' ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': strictPolicy,
    })
    response.end(request.url === '/' ? page : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => closed(server).then(() => rm(folder, { recursive: true, force: true })) }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
