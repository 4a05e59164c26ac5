import { type HttpOptions, toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import {
  type Crm,
  coreReasons,
  createCrm,
  crmError,
  defineCommand,
  defineLedger,
  defineObject,
  definePlugin,
  defineSetting,
  type Identity,
  type RoleGrants,
} from '@guanxi/core'

/** An object with a field of most kinds. */
export const visit = defineObject(
  'visit',
  {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', search: true },
      minutes: { type: 'integer' },
      day: { type: 'string', format: 'date' },
      price: { kind: 'money' },
      color: { enum: ['red', 'blue'] },
      done: { type: 'boolean' },
      email: { kind: 'email' },
      secret: { type: 'string', readOnly: true },
    },
  },
  { boards: ['color'] },
)

const perDay = defineSetting('visits.perDay', {
  type: 'integer',
  nullable: true,
  default: 8,
  stricter: 'lower',
  label: { 'zh-CN': '每天拜访', en: 'Visits a day' },
})

const book = defineCommand<{ readonly count: number }, { booked: number }>({
  id: 'visits.book',
  roles: ['admin', 'rep'],
  input: { type: 'object', required: ['count'], additionalProperties: false, properties: { count: { type: 'integer', minimum: 1 } } },
  checks: [
    {
      id: 'limit',
      check: async ({ count }, { settings }) => {
        const limit = await settings.get(perDay)
        return limit !== null && count > limit ? coreReasons.make.limit_reached({ used: count, limit }) : null
      },
    },
  ],
  run: async ({ count }) => ({ booked: count }),
})

const visits = definePlugin({
  id: 'visits',
  version: '1.0.0',
  core: '*',
  setup(recorder) {
    recorder.object(visit)
    recorder.setting(perDay)
    recorder.ledger(defineLedger('visits.miles', { unit: 'count', label: { 'zh-CN': '里程', en: 'Miles' } }))
    recorder.command(book)
    recorder.endpoint({
      method: 'GET',
      path: 'echo',
      roles: '*',
      input: {
        type: 'object',
        required: ['size'],
        additionalProperties: false,
        properties: { size: { type: 'integer', minimum: 1 }, tags: { type: 'array', items: { type: 'string' } } },
      },
      output: { type: 'object' },
      handle: (input) => input,
    })
    recorder.endpoint({
      method: 'POST',
      path: 'fail',
      roles: ['admin'],
      input: { type: 'object', additionalProperties: false, properties: { with: { type: 'string' } } },
      output: { type: 'object' },
      handle: (input: { readonly with?: string }) => {
        if (input.with === 'store') throw crmError('STORE_UNAVAILABLE')
        throw new Error('the password is hunter2')
      },
    })
  },
})

/** One line of a log. */
export interface LogEntry {
  readonly level: string
  readonly message: string
  readonly [key: string]: unknown
}

/** A running CRM with a door of the fetch kind. People are whoever `x-user` names; nobody without it. */
export interface Shop {
  readonly crm: Crm<unknown>
  readonly log: LogEntry[]
  /** Sends a request as `ann`, an administrator, unless said. */
  readonly send: (method: string, path: string, options?: SendOptions) => Promise<Answer>
  readonly handle: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

export interface SendOptions {
  readonly user?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
}

export async function openShop(options: HttpOptions = {}, access?: RoleGrants): Promise<Shop> {
  const crm = createCrm<unknown>({
    ...{ store: sqlite(':memory:'), plugins: [visits()], tenant: 'shop', access },
    identify: (request) => userOf(request),
  })
  await crm.open()
  const log: LogEntry[] = []
  const handle = toHandler(crm, { log: (entry) => void log.push(entry), ...options })
  return { crm, log, handle, send: sender(handle), close: () => crm.close() }
}

/** The user of a request of any host, from the header `x-user`. */
export function userOf(request: unknown): Identity | null {
  const { headers } = request as { readonly headers: Headers | Readonly<Record<string, string | undefined>> }
  const id = headers instanceof Headers ? headers.get('x-user') : headers['x-user']
  if (id === 'crash') throw new Error('the session store is down, password hunter2')
  return id ? { id, roles: id === 'ann' ? ['admin'] : ['rep'], name: id, locale: id === 'mei' ? 'zh-CN' : 'en' } : null
}

function sender(handle: Shop['handle']): Shop['send'] {
  return async (method, path, { user = 'ann', headers = {}, body, raw } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const type: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' }
    const who: Record<string, string> = user === null ? {} : { 'x-user': user }
    const request = new Request(`http://shop.test${path}`, { method, headers: { ...who, ...type, ...headers }, body: sent })
    return answerOf(await handle(request))
  }
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: response.status, headers: response.headers, text, body: isJson && text !== '' ? JSON.parse(text) : null }
}
