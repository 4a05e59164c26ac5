import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { build } from 'esbuild'
import type { FakeServer } from '../test/support/fake-server.ts'

/** What a careful host sends: nothing inline, nothing from elsewhere. */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"

/** The browser build as the handler would serve it. */
export async function bundle(): Promise<string> {
  const result = await build({
    entryPoints: [new URL('../src/browser.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    conditions: ['source', 'production', 'browser'],
    write: false,
  })
  return result.outputFiles[0]?.text ?? ''
}

const page = (component: string) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Guanxi · ${component}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/gallery.css"><script type="module" src="/crm/ui.js"></script><script type="module" src="/gallery.js"></script></head><body><main></main></body></html>`

const css = `html { color-scheme: light dark; } html, body { margin: 0; height: 100%; } main { height: 100%; } crm-board, crm-list { height: 100dvh; } crm-form, crm-import { min-height: 100dvh; }`

/** One component per page, its attributes taken from the address. */
const script = `const query = new URLSearchParams(location.search)
document.documentElement.lang = query.get('lang') ?? 'zh-CN'
window.violations = []
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI))
const element = document.createElement(location.pathname.slice(1))
for (const [name, value] of query) if (name !== 'lang') element.setAttribute(name, value)
document.querySelector('main').append(element)`

/** Serves the gallery over the fake server. */
export async function serve(fake: FakeServer, ui: string): Promise<{ server: Server; url: string }> {
  const files: Record<string, readonly [string, string]> = {
    '/crm/ui.js': ['text/javascript', ui],
    '/gallery.js': ['text/javascript', script],
    '/gallery.css': ['text/css', css],
  }
  const server = createServer((request, response) => void answer(fake, files, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}

async function answer(
  fake: FakeServer,
  files: Record<string, readonly [string, string]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/'
  const file = files[url]
  response.setHeader('content-security-policy', CSP)
  if (file) return void response.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8` }).end(file[1])
  if (!url.startsWith('/crm/api/'))
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(url.slice(1).split('?')[0] ?? ''))
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const sent = Buffer.concat(chunks)
  const body = request.headers['content-type'] === 'application/octet-stream' ? new Blob([sent]) : sent.toString('utf8')
  const result = await fake.fetch(url, {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    body: body || undefined,
  })
  response.writeHead(result.status, Object.fromEntries(result.headers)).end(await result.text())
}
