import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundleBrowser } from '../../../scripts/build/browser.ts'
import { FakeServer } from '../test/support/fake-server.ts'
import type { GalleryState } from './states.ts'

/** What a careful host sends: nothing inline, nothing from elsewhere, no markup from text. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types lit-html"

/** Addresses of the gallery and their texts. */
export interface Gallery {
  readonly url: string
  close(): Promise<void>
}

type Files = ReadonlyMap<string, string>

const css = `html { color-scheme: light dark; } html, body { margin: 0; height: 100%; } main { height: 100%; } crm-board, crm-list { height: 100dvh; } crm-form, crm-import, crm-settings, crm-filter, crm-operations, crm-timeline, crm-rules { min-height: 100dvh; } crm-inbox:not([mode]) { height: 100dvh; } crm-inbox[mode] { margin: 12px; float: right; } nav { padding: 20px; font: 14px/2 sans-serif; }`
const observe = `window.violations = []
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI))`

/** The browser build, in the very files that the handler serves. */
async function bundle(): Promise<Files> {
  const chunks = await bundleBrowser()
  return new Map(chunks.map(({ fileName, code }) => [`/crm/${fileName}`, code]))
}

/** Serves every state on a page of its own; a page begins with a fresh server. */
export async function serveGallery(states: readonly GalleryState[], now = Date.now(), port = 0): Promise<Gallery> {
  const files = new Map([...(await bundle()), ['/gallery.js', observe]])
  const fakes = new Map<string, FakeServer>()
  const server = createServer(
    (request, response) => void answer(states, files, fakes, now, request, response).catch(() => response.destroy()),
  )
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

async function answer(
  states: readonly GalleryState[],
  files: Files,
  fakes: Map<string, FakeServer>,
  now: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://gallery')
  const send = (type: string, text: string) =>
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy }).end(text)
  const file = files.get(url.pathname)
  if (file !== undefined) return void send('text/javascript', file)
  if (url.pathname === '/gallery.css') return void send('text/css', css)
  const state = states.find(({ name }) => name === url.pathname.split('/')[2])
  if (!state) return void send('text/html', index(states))
  if (!url.pathname.includes('/crm/api/')) {
    const fake = new FakeServer({ now, ...(state.deals !== undefined && { deals: state.deals }) })
    fake.needsReason = true
    state.server?.(fake)
    fakes.set(state.name, fake)
    return void send('text/html', page(state, url.searchParams.get('lang') ?? 'zh-CN'))
  }
  await pass(fakes.get(state.name), url, request, response)
}

/** To the state's own server; no answer at all is a torn connection. */
async function pass(fake: FakeServer | undefined, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const sent = Buffer.concat(chunks)
  const body = request.headers['content-type'] === 'application/octet-stream' ? new Blob([sent]) : sent.toString('utf8')
  const result = await fake?.fetch(url.pathname + url.search, {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    body: body || undefined,
  })
  if (!result) return void response.writeHead(404).end()
  response.writeHead(result.status, Object.fromEntries(result.headers)).end(await result.text())
}

const head = (title: string) =>
  `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/gallery.css">`

function page({ name, tag, attributes }: GalleryState, lang: string): string {
  const text = Object.entries({ src: `/s/${name}/crm`, ...attributes })
    .map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`)
    .join('')
  return `<!doctype html><html lang="${lang === 'en' ? 'en' : 'zh-CN'}"><head>${head(`Guanxi · ${name}`)}<script src="/gallery.js"></script><script type="module" src="/crm/ui.js"></script></head><body><main><${tag}${text}></${tag}></main></body></html>`
}

function index(states: readonly GalleryState[]): string {
  const links = states.map(({ name }) => `<li><a href="/s/${name}">${name}</a> · <a href="/s/${name}?lang=en">en</a></li>`).join('')
  return `<!doctype html><html lang="en"><head>${head('Guanxi · gallery')}</head><body><nav><h1>Every component in every state</h1><ul>${links}</ul></nav></body></html>`
}
