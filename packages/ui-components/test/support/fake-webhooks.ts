import type { InboundView, Webhook, WebhookDelivery, WebhookInput } from '@guanxi/core/types'
import type { FakeServer, Seen } from './fake-server.ts'

const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const minute = 60_000
const day = 1_440 * minute
const well = {
  circuit: 'closed',
  openUntil: null,
  failures: 0,
  failingSince: null,
  lastAt: null,
  lastStatus: null,
  lastError: null,
} as const
export const fakeSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

/** Webhooks and what they were told, in memory. */
export class FakeWebhooks {
  /** Null: the server has none. */
  hooks: Webhook[] | null
  deliveries: WebhookDelivery[]
  inbound: InboundView[]
  readonly #server: FakeServer

  constructor(server: FakeServer) {
    this.#server = server
    const { now } = server
    const hook: Omit<Webhook, 'id' | 'name' | 'url' | 'health'> = {
      ...{
        version: 1,
        description: null,
        objects: ['deal'],
        operations: [],
        condition: null,
        ownerId: 'u-li',
        state: 'active',
        reason: null,
      },
      ...{ secrets: [{ createdAt: now - 40 * day, until: null }], createdAt: now - 40 * day, updatedAt: now - day, updatedBy: 'u-li' },
    }
    this.hooks = [
      {
        ...hook,
        ...{ id: id(700), name: 'ERP 订单同步', url: 'https://erp.example.com/hooks/crm', operations: ['create', 'update'] },
        description: '赢单后在 ERP 建立订单',
        health: { ...well, lastAt: now - 4 * minute, lastStatus: 204 },
      },
      {
        ...hook,
        ...{ id: id(701), name: '数据仓库', url: 'https://warehouse.example.com/ingest/guanxi', objects: [] },
        health: {
          ...{ circuit: 'open', openUntil: now + 6 * minute, failures: 7, failingSince: now - 50 * minute },
          ...{ lastAt: now - 2 * minute, lastStatus: 503, lastError: null },
        },
      },
      {
        ...hook,
        ...{
          id: id(702),
          name: '客服系统',
          url: 'https://desk.example.com/crm',
          objects: ['customer', 'deal'],
          state: 'paused',
          reason: 'paused',
        },
        health: { ...well, lastAt: now - 3 * day, lastStatus: 200 },
      },
      {
        ...hook,
        ...{
          id: id(703),
          name: 'Old reports',
          url: 'https://reports.example.com/x',
          ownerId: 'u-sun',
          state: 'disabled',
          reason: 'failing',
        },
        health: {
          ...{ circuit: 'probing', openUntil: null, failures: 41, failingSince: now - 6 * day, lastAt: now - day, lastStatus: null },
          lastError: 'getaddrinfo ENOTFOUND reports.example.com',
        },
      },
    ]
    const delivery = {
      ...{ webhookId: id(700), object: 'deal', recordId: id(500), attempts: 1, dueAt: now, createdAt: now - 4 * minute, error: null },
      ...{ settledAt: now - 4 * minute, milliseconds: 84, answer: null },
    }
    this.deliveries = [
      {
        ...delivery,
        id: id(713),
        key: 'msg_3',
        type: 'deal.updated',
        state: 'pending',
        status: 503,
        attempts: 2,
        dueAt: now + 9 * minute,
        settledAt: null,
        answer: 'upstream timeout',
      },
      { ...delivery, id: id(712), key: 'msg_2', type: 'deal.updated', state: 'delivered', status: 204 },
      {
        ...delivery,
        id: id(711),
        key: 'msg_1',
        type: 'deal.created',
        state: 'failed',
        status: 400,
        answer: '{"error":"字段 amount 不能为空"}',
      },
      { ...delivery, id: id(710), key: 'msg_0', type: 'deal.created', state: 'skipped', status: null, attempts: 0, milliseconds: null },
    ]
    this.inbound = [
      {
        id: 'shop.orders',
        plugin: 'shop',
        label: { 'zh-CN': '商城订单', en: 'Shop orders' },
        secrets: [{ createdAt: now - 12 * day, until: null }],
      },
      { id: 'forms.leads', plugin: 'forms', label: { 'zh-CN': '官网表单', en: 'Website forms' }, secrets: [] },
    ]
  }

  answer({ method, path, query, body }: Seen): Response | null {
    const [area = '', key = '', act = '', delivery = ''] = path.split('/')
    if (!this.hooks)
      return Response.json({ error: { code: 'WEBHOOKS_OFF', message: '没有启用 Webhook。', path: null, hint: null } }, { status: 404 })
    if (area === 'inbound') return key === '' ? Response.json({ hooks: this.inbound }) : this.#rotateInbound(key)
    if (key === '') return method === 'GET' ? Response.json({ webhooks: this.hooks }) : this.#create(body as WebhookInput)
    const hook = this.hooks.find((one) => one.id === key)
    if (!hook) return null
    if (act === 'deliveries') return delivery === '' ? this.#page(query) : this.#again(delivery)
    if (act === 'redeliver')
      return Response.json({ count: this.deliveries.filter(({ state }) => state === 'failed').length }, { status: 202 })
    if (act === 'ping') return Response.json(this.deliveries[0], { status: 202 })
    if (act === 'rotate') return Response.json({ webhook: hook, secret: fakeSecret })
    if (method === 'DELETE') {
      this.hooks = this.hooks.filter((one) => one !== hook)
      return new Response(null, { status: 204 })
    }
    if (act === 'pause') return this.#put({ ...hook, state: 'paused', reason: 'paused' })
    if (act === 'resume') return this.#put({ ...hook, state: 'active', reason: null, health: { ...hook.health, ...well } })
    return this.#put({ ...hook, ...(body as WebhookInput), version: hook.version + 1 })
  }

  #create(input: WebhookInput): Response {
    const made = { ...this.hooks?.[0], ...input, id: id(799), version: 1, health: well } as Webhook
    this.hooks = [...(this.hooks ?? []), made]
    return Response.json({ webhook: made, secret: fakeSecret }, { status: 201 })
  }

  #put(hook: Webhook): Response {
    this.hooks = (this.hooks ?? []).map((one) => (one.id === hook.id ? hook : one))
    return Response.json(hook)
  }

  #page(query: URLSearchParams): Response {
    const state = query.get('state')
    return Response.json({ deliveries: this.deliveries.filter((one) => state === null || one.state === state), cursor: null })
  }

  #again(key: string): Response {
    this.deliveries = this.deliveries.map((one) => (one.id === key ? { ...one, state: 'pending', attempts: 0, settledAt: null } : one))
    return Response.json(
      this.deliveries.find((one) => one.id === key),
      { status: 202 },
    )
  }

  #rotateInbound(key: string): Response {
    const secrets = [{ createdAt: this.#server.now, until: null }]
    this.inbound = this.inbound.map((one) => (one.id === key ? { ...one, secrets } : one))
    return Response.json({ secret: fakeSecret })
  }
}
