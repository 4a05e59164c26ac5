import { createHmac, timingSafeEqual } from 'node:crypto'
import { toHandler } from '@guanxi/adapters/http'
import { webhooks } from '@guanxi/adapters/webhooks'
import { defineInbound, defineObject, definePlugin, type InboundContext, type InboundEvent } from '@guanxi/core'
import { jobTable, type Store } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const order = defineObject('order', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const secretThing = defineObject('secret_thing', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const label = { 'zh-CN': '订单', en: 'Orders' }

/** What the handler does; set anew by each test. */
const behaviour: { run: (event: InboundEvent, context: InboundContext) => unknown } = { run: () => {} }
const orders = defineInbound({
  ...{ id: 'shop.orders', label, rights: { order: ['create', 'read'] }, attempts: 2, headers: ['x-shop'], maxBytes: 5_000 },
  run: (event, context) => behaviour.run(event, context),
})
const legacy = defineInbound({
  ...{ id: 'shop.legacy', label, rights: {} },
  verify: ({ header, body, secrets }) => {
    const given = Buffer.from(header('x-signature') ?? '', 'hex')
    const fits = secrets.some((secret) => {
      const mac = createHmac('sha256', secret).update(body).digest()
      return mac.length === given.length && timingSafeEqual(mac, given)
    })
    return fits ? header('x-delivery') : null
  },
  run: (event, context) => behaviour.run(event, context),
})
const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.object(secretThing)
    plugin.inbound(orders)
    plugin.inbound(legacy)
  },
})

describe.each(engines)('webhooks in on $name', (engine) => {
  let database: Database
  let store: Store
  let crm: TestCrm
  let respond: (request: Request) => Promise<Response>
  let secret: string
  let ran: InboundEvent[]
  beforeAll(async () => {
    database = await engine.create()
    store = database.store()
    crm = await createTestCrm({
      store,
      plugins: [shop()],
      standard: false,
      webhooks: webhooks({ keys: ['a key of thirty-two characters ok'] }),
    })
    secret = await crm.user().inbounds.rotate('shop.orders', { overlapHours: 0 })
    respond = toHandler(crm as never)
  })
  beforeEach(() => {
    ran = []
    behaviour.run = (event) => void ran.push(event)
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  let next = 0
  const signed = (body: string, { id = `e${next++}`, at = crm.clock.now, by = secret } = {}) => {
    const timestamp = String(Math.floor(at / 1_000))
    const mac = createHmac('sha256', Buffer.from(by.slice(6), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1a,nonsense v1,${mac}` }
  }
  const post = async (body: string, headers: Record<string, string>, path = 'shop.orders') => {
    const answer = await respond(
      new Request(`http://crm/hooks/${path}`, { method: 'POST', body, headers: { origin: 'https://elsewhere.example', ...headers } }),
    )
    const said = (await answer.json()) as { id?: string; duplicate?: boolean; error?: { code: string } }
    return { status: answer.status, code: said.error?.code, ...said }
  }

  test('what is signed is answered at once and carried out once, with the rights that were declared', async () => {
    behaviour.run = async (event, { session }) => {
      ran.push(event)
      const { name } = event.json() as { name: string }
      await session.records(order).create({ name }, { idempotencyKey: event.id })
    }
    const body = '{"name" : "雨伞"}'
    const headers = { ...signed(body, { id: 'evt-1' }), 'x-shop': 'north', 'x-other': 'no' }
    expect(await post(body, headers)).toMatchObject({ status: 202, id: 'evt-1', duplicate: false })
    expect(ran).toEqual([])
    await crm.flush()
    expect(await post(body, headers)).toMatchObject({ status: 202, duplicate: true })
    await crm.flush()
    expect(ran).toMatchObject([{ id: 'evt-1', text: body, headers: { 'x-shop': 'north' }, receivedAt: crm.clock.now }])
    const { records } = await crm.user().records(order).find()
    expect(records).toMatchObject([{ name: '雨伞', createdBy: 'shop.orders' }])
  })

  test('attack:J03 a handler whose job another process has taken over can write nothing more', async () => {
    const failures: unknown[] = []
    const held = { op: 'not', of: { op: 'isNull', operand: { column: 'lease', nullable: true } } } as const
    const set = (columns: string[], values: (string | null)[]) => store.direct.set({ table: jobTable, columns }, values, held, ['test'])
    behaviour.run = async (event, { session }) => {
      await session.records(order).create({ name: `first ${event.id}` })
      await set(['lease'], ['somebody/else'])
      for (const step of [() => session.records(order).create({ name: 'late' }), () => session.transaction(async () => {})])
        failures.push(await step().catch((error: { code: string }) => error.code))
    }
    await post('{}', signed('{}', { id: 'stale' }))
    await crm.flush()
    expect(failures).toEqual(['JOB_LOST', 'JOB_LOST'])
    expect(
      await crm
        .user()
        .records(order)
        .count({ where: { name: 'late' } }),
    ).toBe(0)
    behaviour.run = (event) => void ran.push(event)
    await set(['lease', 'lease_until'], [null, null])
    await crm.flush()
    expect(ran).toMatchObject([{ id: 'stale' }])
  })

  test('it may do nothing else; what fails is tried again, waits for an operator, and can be replayed', async () => {
    behaviour.run = (_, { session }) => session.records(secretThing).create({ name: 'x' })
    await post('{}', signed('{}'))
    await crm.flush()
    crm.clock.now += 10_000
    await crm.flush()
    const { jobs } = await crm.user().operations.jobs({ state: 'dead' })
    expect(jobs).toMatchObject([{ job: 'shop.orders.inbound', attempt: 2, error: expect.stringContaining('FORBIDDEN') }])
    behaviour.run = (event) => void ran.push(event)
    await crm.user().operations.replayJob(jobs[0]?.id ?? '')
    await crm.flush()
    expect(ran).toHaveLength(1)
  })

  test('attack:W05 wrong, missing, old and early signatures, and bodies written anew, are refused', async () => {
    const body = '{"a": 1}'
    const good = signed(body)
    const other = await crm.user({ id: 'ada' }).inbounds.list()
    expect(JSON.stringify(other)).not.toContain(secret)
    const refused: [string, Record<string, string>][] = [
      [body, {}],
      [body, { ...good, 'webhook-signature': '' }],
      [body, { ...good, 'webhook-signature': 'v1,AAAA' }],
      [body, { ...good, 'webhook-id': 'another' }],
      [body, { ...good, 'webhook-timestamp': String(Number(good['webhook-timestamp']) + 1) }],
      [body, signed(body, { by: `whsec_${Buffer.alloc(32).toString('base64')}` })],
      [body, signed(body, { at: crm.clock.now - 301_000 })],
      [body, signed(body, { at: crm.clock.now + 301_000 })],
      [JSON.stringify(JSON.parse(body)), good],
      [`${body}\n`, good],
    ]
    for (const [text, headers] of refused) expect(await post(text, headers)).toMatchObject({ status: 401, code: 'INBOUND_SIGNATURE' })
    expect(await post(body, signed(body, { at: crm.clock.now - 299_000 }))).toMatchObject({ status: 202 })
    expect(await post(body, good)).toMatchObject({ status: 202 })
  })

  test('attack:W05 the same event at two processes at once is taken in by one of them, and carried out once', async () => {
    const second = await createTestCrm({
      ...{ store: database.store(), plugins: [shop()], standard: false, now: crm.clock.now },
      webhooks: webhooks({ keys: ['a key of thirty-two characters ok'] }),
    })
    const elsewhere = toHandler(second as never)
    try {
      const headers = signed('{}', { id: 'twice' })
      const there = () => elsewhere(new Request('http://crm/hooks/shop.orders', { method: 'POST', body: '{}', headers }))
      const answers = await Promise.all([post('{}', headers), there().then((answer) => answer.json()), post('{}', headers)])
      expect(answers.map(({ duplicate }) => duplicate).toSorted()).toEqual([false, true, true])
      await Promise.all([crm.flush(), second.flush()])
      expect(ran.filter(({ id }) => id === 'twice')).toHaveLength(1)
    } finally {
      await second.close()
    }
  })

  test('attack:W05 two secrets count while one takes over from the other', async () => {
    const before = secret
    secret = await crm.user().inbounds.rotate('shop.orders', { overlapHours: 1 })
    expect((await post('{}', signed('{}', { by: before }))).status).toBe(202)
    expect((await post('{}', signed('{}'))).status).toBe(202)
    crm.clock.now += 3_600_000
    expect((await post('{}', signed('{}', { by: before }))).code).toBe('INBOUND_SIGNATURE')
    expect((await post('{}', signed('{}'))).status).toBe(202)
  })

  test('attack:W05 what is too large is refused before anybody looks at it', async () => {
    const large = 'x'.repeat(5_001)
    expect(await post(large, signed(large))).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
    const huge = 'x'.repeat(5_000_000)
    expect(await post(huge, {})).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
  })

  test('a sender with a way of its own, and a secret of its own', async () => {
    const own = 'the sender made this one'
    expect((await post('{}', { 'x-signature': '00' }, 'shop.legacy')).code).toBe('INBOUND_SIGNATURE')
    expect(await crm.user().inbounds.rotate('shop.legacy', { secret: own })).toBe(own)
    const mac = createHmac('sha256', own).update('{}').digest('hex')
    const headers = { 'x-signature': mac, 'x-delivery': 'd1' }
    expect(await post('{}', headers, 'shop.legacy/test')).toMatchObject({ status: 202, id: 'd1' })
    expect((await post('{}', headers, 'shop.legacy/another')).code).toBe('INBOUND_SIGNATURE')
    expect((await post('{}', headers, 'shop.nothing')).code).toBe('NOT_FOUND')
    await expect(crm.user({ roles: ['rep'] }).inbounds.rotate('shop.legacy')).rejects.toThrow('FORBIDDEN')
  })

  test('what is no text is refused', async () => {
    const body = '{"a":"\0"}'
    expect((await post(body, signed(body))).code).toBe('INBOUND_BODY')
  })
})
