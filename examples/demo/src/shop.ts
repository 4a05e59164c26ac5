import { readFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { toNodeHandler } from '@guanxi/adapters/http'
import { type Crm, CrmError } from '@guanxi/core'
import type { Knex } from 'knex'
import { html, type Markup } from './html.ts'
import {
  customersPage,
  dealsPage,
  importPage,
  leadsPage,
  operationsPage,
  productsPage,
  rulesPage,
  segmentsPage,
  settingsPage,
} from './pages/crm-pages.ts'
import { customerPage } from './pages/customer.ts'
import { dataPage } from './pages/data.ts'
import { homePage } from './pages/home.ts'
import { layout, type Reader } from './pages/layout.ts'
import { signInPage } from './pages/sign-in.ts'
import { employeeById, identityOf } from './people.ts'
import { loadSample } from './sample.ts'
import { endOfSession, localeCookie, localeOf, sessionCookie, whoIs } from './session.ts'
import { speak } from './words.ts'

/** No inline script or style, nothing from elsewhere; the CRM's components live with it. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const assets: Readonly<Record<string, string>> = {
  'host.css': 'text/css; charset=utf-8',
  'host.js': 'text/javascript; charset=utf-8',
  'logo.svg': 'image/svg+xml',
}

/** The shop: its own pages and sign-in, and the CRM mounted at /crm. */
export function harborListener(crm: Crm<IncomingMessage>, shop: Knex): RequestListener {
  const crmHandler = toNodeHandler(crm, { basePath: '/crm' })
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/crm' || pathname.startsWith('/crm/')) return void crmHandler(request, response)
    answer(request, response, pathname, crm, shop).catch((error: unknown) => fail(request, response, error))
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  crm: Crm<IncomingMessage>,
  shop: Knex,
): Promise<void> {
  if (path.startsWith('/assets/')) return sendAsset(response, path.slice('/assets/'.length))
  if (request.method === 'POST') return post(request, response, path, crm)
  const say = speak(localeOf(request))
  const employee = whoIs(request)
  if (!employee) return send(response, 200, signInPage(say, safePath(path)))
  const reader: Reader = { employee, say, path }
  const body = await render(reader, crm, shop)
  send(response, body ? 200 : 404, body ?? layout(reader, say('notFound'), html`<p class="empty">${say('notFound')}</p>`))
}

async function render(reader: Reader, crm: Crm<IncomingMessage>, shop: Knex): Promise<Markup | null> {
  const session = crm.as(identityOf(reader.employee, reader.say.locale))
  const [, section, id, more] = reader.path.split('/')
  if (more !== undefined) return null
  if (section === 'customers' && id) return customerPage(reader, shop, session, id)
  if (id !== undefined) return null
  if (section === 'data') return dataPage(reader, session)
  if (section === '') return homePage(reader, shop, session, crm.now())
  if (section === 'deals') return dealsPage(reader)
  if (section === 'leads') return leadsPage(reader)
  if (section === 'customers') return customersPage(reader)
  if (section === 'segments') return segmentsPage(reader)
  if (section === 'import') return importPage(reader)
  if (section === 'settings') return settingsPage(reader)
  if (section === 'operations') return operationsPage(reader)
  if (section === 'rules') return rulesPage(reader)
  return section === 'products' ? productsPage(reader) : null
}

/** The shop's own forms. Other sites may not send them. */
async function post(request: IncomingMessage, response: ServerResponse, path: string, crm: Crm<IncomingMessage>): Promise<void> {
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') return redirect(response, '/')
  const form = new URLSearchParams(await readBody(request))
  const back = safePath(form.get('back') ?? '/')
  if (path === '/sign-out') return redirect(response, '/', endOfSession)
  if (path === '/language') return redirect(response, back, localeCookie(form.get('locale') === 'en' ? 'en' : 'zh-CN'))
  if (path === '/data/sample') {
    const reader = whoIs(request)
    if (reader?.role === 'admin') await loadSample(crm, identityOf(reader, localeOf(request)))
    return redirect(response, '/data')
  }
  const employee = path === '/sign-in' ? employeeById(form.get('employee') ?? '') : null
  return employee ? redirect(response, back, sessionCookie(employee)) : redirect(response, '/')
}

/** A path of ours, never another site. */
function safePath(path: string): string {
  return /^\/(?![/\\])[\w/-]*$/.test(path) ? path : '/'
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > 10_000) throw new Error('form too large')
  }
  return text
}

async function sendAsset(response: ServerResponse, name: string): Promise<void> {
  const type = Object.hasOwn(assets, name) ? assets[name] : undefined
  if (!type) return void response.writeHead(404).end()
  const body = await readFile(new URL(`../public/${name}`, import.meta.url))
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }).end(body)
}

function send(response: ServerResponse, status: number, body: Markup): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
  }
  response.writeHead(status, headers).end(body.text)
}

function redirect(response: ServerResponse, location: string, cookie?: string): void {
  response.writeHead(303, { location, ...(cookie && { 'set-cookie': cookie }) }).end()
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  const say = speak(localeOf(request))
  const known = error instanceof CrmError && error.status < 500
  if (!known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  const message = known ? error.toBody(say.locale).message : say('failed')
  const employee = whoIs(request)
  const body = html`<p class="empty">${message}</p>`
  send(response, known ? error.status : 500, employee ? layout({ employee, say, path: '' }, message, body) : signInPage(say, '/'))
}
