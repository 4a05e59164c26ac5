import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HttpOptions, toNodeHandler } from '@guanxi/adapters/http'
import { importing, importRuns } from '@guanxi/adapters/import'
import { type Crm, createCrm, type Identity, type RoleGrants } from '@guanxi/core'
import { afterEach } from 'vitest'
import { type Engine, engines } from '../../support/engines.ts'
import { listen } from '../support/mounts.ts'

/** A CRM behind a server, with a folder for uploads. People are whoever `x-user` names: `ann` is an administrator. */
export interface Desk {
  readonly crm: Crm<unknown>
  readonly url: string
  readonly folder: string
  readonly log: { readonly message: string; readonly [key: string]: unknown }[]
  readonly clock: { now: number }
  send(method: string, path: string, options?: Send): Promise<Answer>
  upload(name: string, content: string | Uint8Array, user?: string): Promise<Answer>
  /** Remembers the uploaded files of a name; the answer puts them back. */
  keep(id: string): Promise<() => Promise<void>>
  /** Waits until the job no longer runs here. */
  rest(job: string): Promise<Answer>
}

export interface Send {
  readonly user?: string
  readonly body?: unknown
  readonly raw?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
}

const open: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

export interface DeskOptions {
  readonly engine?: Engine
  readonly http?: HttpOptions
  readonly access?: RoleGrants
  readonly plugin?: boolean
}

export async function openDesk({ engine = engines[1], http = {}, access, plugin = true }: DeskOptions = {}): Promise<Desk> {
  if (!engine) throw new Error('There is no such engine.')
  const database = await engine.create()
  open.push(() => database.drop())
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-uploads-'))
  open.push(() => rm(folder, { recursive: true, force: true }))
  const clock = { now: Date.UTC(2026, 2, 16, 1) }
  const log: Desk['log'] = []
  const crm = createCrm<unknown>({
    store: database.store(),
    plugins: plugin ? [importing()] : [],
    tenant: 'desk',
    access,
    clock: () => clock.now,
    identify: (request) => identityOf(userOf(request)),
  })
  await crm.open()
  open.push(() => crm.close())
  const handle = toNodeHandler(crm, { ...http, imports: { folder, ...http.imports }, log: (entry) => void log.push(entry) })
  const { url, close } = await listen(createServer(handle))
  open.push(close)
  return { crm, url, folder, log, clock, keep: (id) => keep(folder, id), ...doors(url, crm) }
}

async function keep(folder: string, id: string): Promise<() => Promise<void>> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(id))
  const kept = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const))
  return async () => {
    for (const [name, bytes] of kept) await writeFile(join(folder, name), bytes)
  }
}

function userOf(request: unknown): string | undefined {
  const { headers } = request as { readonly headers: Headers | Readonly<Record<string, string | undefined>> }
  return headers instanceof Headers ? (headers.get('x-user') ?? undefined) : headers['x-user']
}

function identityOf(id: string | undefined): Identity | null {
  if (id === undefined) return null
  return {
    id,
    roles: id === 'ann' ? ['admin'] : ['rep'],
    locale: id === 'mei' ? 'zh-CN' : 'en',
    ...(id === 'eve' && { tenant: 'elsewhere' }),
  }
}

function doors(url: string, crm: Crm<unknown>): Pick<Desk, 'send' | 'upload' | 'rest'> {
  const send: Desk['send'] = async (method, path, { user = 'ann', body, raw, headers = {} } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${url}${path}`, { method, headers: { 'x-user': user, ...type, ...headers }, body: sent })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: response.status, headers: response.headers, bytes, body: isJson ? JSON.parse(new TextDecoder().decode(bytes)) : null }
  }
  return {
    send,
    upload: (name, content, user) =>
      send('POST', `/api/imports/files?name=${encodeURIComponent(name)}`, {
        user,
        raw: content as BodyInit,
        headers: { 'content-type': 'application/octet-stream' },
      }),
    async rest(job) {
      await crm.service(importRuns).ended(job)
      return send('GET', `/api/imports/jobs/${job}`)
    },
  }
}
