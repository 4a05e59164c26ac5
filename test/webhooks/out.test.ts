import { createHmac } from 'node:crypto'
import { webhooks } from '@guanxi/adapters/webhooks'
import { before, defineObject, definePlugin, webhookSend } from '@guanxi/core'
import { jobTable, type Store } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { type Told, WebhookReceiver } from './receiver.ts'

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, stage: { type: 'string' }, margin: { type: 'integer' } },
})
/** Which webhook is told that an order was signed. */
const signing = { webhookId: '' }
const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.hook(
      before(order, { id: 'signed', on: ['create'], reads: ['name'] }, (change) => {
        const { webhookId } = signing
        if (change.next.name === 'signed') change.enqueue(webhookSend, { webhookId, type: 'order.signed', data: { id: change.id } })
      }),
    )
  },
})
const key = 'a key of thirty-two characters ok'
const hour = 3_600_000

describe.each(engines)('webhooks out on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let receiver: WebhookReceiver
  let other: WebhookReceiver
  beforeAll(async () => {
    database = await engine.create()
    receiver = await new WebhookReceiver().open()
    other = await new WebhookReceiver().open()
    crm = await open(database.store())
    await crm.directory.put({
      tenant: 'test',
      people: [
        { id: 'ada', name: 'Ada', roles: ['admin'] },
        { id: 'bob', name: 'Bob', roles: ['rep'] },
        { id: 'pat', name: 'Pat', roles: ['partner'] },
        { id: 'sam', name: 'Sam', roles: ['seller'] },
        { id: 'leo', name: 'Leo', roles: ['admin'], state: 'left' },
      ],
    })
  })
  const open = (store: Store, keys = [key]): Promise<TestCrm> =>
    createTestCrm({
      store,
      plugins: [shop()],
      standard: false,
      webhooks: webhooks({ keys, inFlight: 4, giveUpDays: 2, egress: { allow: [receiver.place, other.place], timeout: 2_000 } }),
      access: {
        admin: '*',
        rep: { order: { read: 'own', restore: 'own', fields: { margin: 'none' } } },
        partner: { order: ['read', 'create', 'update'], webhooks: { define: 'own' } },
        seller: { order: { read: 'own' }, webhooks: { define: 'own' } },
      },
    })
  beforeEach(async () => {
    for (const { id, version } of await crm.user().webhooks.list()) await crm.user().webhooks.remove({ id, version })
    for (const one of [receiver, other]) {
      one.told.length = 0
      one.mostBusy = 0
      one.answer = (_, response) => response.writeHead(204).end()
    }
  })
  afterAll(async () => {
    await crm.close()
    await Promise.all([receiver.close(), other.close()])
    await database.drop()
  })

  const make = async (input: object = {}) => crm.user().webhooks.create({ name: 'ERP', url: receiver.url, ...input })
  const deliveries = async (id: string) => (await crm.user().webhooks.deliveries(id)).deliveries
  const event = { type: 'contract.signed', data: { number: 7 } }
  const later = async (milliseconds: number) => {
    crm.clock.now += milliseconds
    await crm.flush()
  }
  const isSignedBy = ({ headers, body }: Told, secret: string): boolean => {
    const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    const text = mac.update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')
    return String(headers['webhook-signature']).split(' ').includes(`v1,${text}`)
  }

  test('a change is told once, signed, with what changed', async () => {
    const { webhook, secret } = await make({ objects: ['order'], operations: ['update'] })
    const created = await crm.user().records(order).create({ name: 'one', stage: 'new' })
    await crm.user().records(order).update(created, { stage: 'won' })
    await crm.flush()
    await crm.flush()
    expect(receiver.told).toHaveLength(1)
    const [told] = receiver.told as [Told]
    expect(told.json).toMatchObject({
      type: 'order.updated',
      timestamp: new Date(crm.clock.now).toISOString(),
      data: { object: 'order', id: created.id, version: 2, operation: 'update', changes: { stage: { from: 'new', to: 'won' } } },
    })
    expect(told.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-timestamp': String(crm.clock.now / 1_000) })
    expect(isSignedBy(told, secret)).toBe(true)
    expect(await deliveries(webhook.id)).toMatchObject([{ key: told.headers['webhook-id'], state: 'delivered', status: 204, attempts: 1 }])
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ state: 'active', health: { circuit: 'closed', lastStatus: 204 } })
  })

  test('secrets are shown once, rest sealed, and both sign while one takes over from the other', async () => {
    const { webhook, secret } = await make()
    const rotated = await crm.user().webhooks.rotate(webhook.id, { overlapHours: 2 })
    await crm.user().webhooks.ping(webhook.id)
    await crm.flush()
    expect(rotated.secret).not.toBe(secret)
    expect([secret, rotated.secret].map((one) => isSignedBy(receiver.told[0] as Told, one))).toEqual([true, true])
    crm.clock.now += 2 * hour
    await crm.user().webhooks.ping(webhook.id)
    await crm.flush()
    expect([secret, rotated.secret].map((one) => isSignedBy(receiver.told[1] as Told, one))).toEqual([false, true])
    const rows = JSON.stringify(await database.sql('select * from crm_webhook'))
    for (const one of [secret, rotated.secret]) expect(rows).not.toContain(one.slice(6, 40))
    expect(JSON.stringify(await crm.user().webhooks.list())).not.toContain(rotated.secret)
  })

  test('one whose secret cannot be opened any more says so, and goes on with a new one', async () => {
    const { webhook } = await make()
    await crm.user().webhooks.send(webhook.id, event)
    const moved = await open(database.store(), ['another key of thirty-two characters'])
    try {
      moved.clock.now = crm.clock.now
      await moved.flush()
      expect(await moved.user().webhooks.get(webhook.id)).toMatchObject({
        state: 'active',
        health: { failures: 1, lastError: expect.stringContaining('SECRET_UNREADABLE') },
      })
      expect((await moved.health()).webhooks).toMatchObject({ failing: 1, pending: 1 })
      const { secret } = await moved.user().webhooks.rotate(webhook.id, { overlapHours: 24 })
      moved.clock.now += hour
      await moved.flush()
      expect(receiver.told.map((told) => isSignedBy(told, secret))).toEqual([true])
      expect(await deliveries(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 2, error: null }])
    } finally {
      crm.clock.now = moved.clock.now
      await moved.close()
    }
  })

  test('attack:W07 the owner’s rights count when it goes: fields, records, and whether they still work here', async () => {
    const { webhook } = await make({ ownerId: 'bob', objects: ['order'] })
    const own = await crm
      .user({ id: 'bob', roles: ['admin'] })
      .records(order)
      .create({ name: 'mine', margin: 7 })
    await crm.user().records(order).create({ name: 'hers', margin: 8 })
    await crm.flush()
    expect(receiver.told.map(({ json }) => json.data)).toMatchObject([{ id: own.id, changes: { name: { from: null, to: 'mine' } } }])
    expect(receiver.told[0]?.body).not.toContain('margin')
    expect((await deliveries(webhook.id)).map(({ state }) => state).sort()).toEqual(['delivered', 'skipped'])
    await crm.directory.put({ tenant: 'test', people: [{ id: 'bob', name: 'Bob', roles: ['rep'], state: 'left' }] })
    await crm.user().records(order).update(own, { stage: 'won' })
    await crm.flush()
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ state: 'paused', reason: 'owner' })
    expect(receiver.told).toHaveLength(1)
    await crm.directory.put({ tenant: 'test', people: [{ id: 'bob', name: 'Bob', roles: ['rep'], state: 'active' }] })
    await later(hour)
    expect(receiver.told.map(({ json }) => json.type)).toEqual(['order.created', 'order.updated'])
  })

  test('only records that satisfy the condition are told of', async () => {
    await make({ objects: ['order'], condition: { stage: 'won' } })
    await crm
      .user()
      .records(order)
      .createMany([
        { name: 'a', stage: 'won' },
        { name: 'b', stage: 'lost' },
      ])
    await crm.flush()
    expect(receiver.told.map(({ json }) => (json.data as { changes: { name: { to: string } } }).changes.name.to)).toEqual(['a'])
  })

  test('what is told of one record stays in its order, whatever fails in between', async () => {
    const { webhook } = await make({ objects: ['order'] })
    let failures = 3
    receiver.answer = (_, response) => response.writeHead(failures-- > 0 ? 500 : 204).end('no')
    let record = await crm.user().records(order).create({ name: 'x' })
    for (const stage of ['a', 'b', 'c']) record = await crm.user().records(order).update(record, { stage })
    for (let round = 0; round < 6; round++) await later(hour)
    const taken = receiver.told.slice(3).map(({ json }) => (json.data as { version: number }).version)
    expect(taken).toEqual([1, 2, 3, 4])
    expect(new Set(receiver.told.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect((await deliveries(webhook.id)).every(({ state }) => state === 'delivered')).toBe(true)
  })

  test('attack:J03 a process whose lane another has taken over undoes nothing of what that one told', async () => {
    const { webhook } = await make({ objects: ['order'] })
    const store = database.store()
    const second = await open(store)
    second.clock.now = crm.clock.now
    receiver.answer = async (_, response) => {
      receiver.answer = (_again, next) => next.writeHead(204).end()
      const held = { op: 'not', of: { op: 'isNull', operand: { column: 'lease', nullable: true } } } as const
      await store.direct.set({ table: jobTable, columns: ['lease_until'] }, [0], held, ['test'])
      await second.flush()
      response.writeHead(503).end()
    }
    const record = await crm.user().records(order).create({ name: 'x' })
    await crm.user().records(order).update(record, { stage: 'a' })
    try {
      await crm.flush()
      for (let round = 0; round < 3; round++) await later(hour)
    } finally {
      await second.close()
    }
    expect(receiver.told.map(({ json }) => json.data.version)).toEqual([1, 1, 2])
    expect((await deliveries(webhook.id)).map(({ state, status }) => [state, status])).toEqual([
      ['delivered', 204],
      ['delivered', 204],
    ])
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ health: { circuit: 'closed', failures: 0 } })
  })

  test('attack:J07 one that is away is asked less and less, and nobody waits for it; it is told all when it is back', async () => {
    const { webhook } = await make({ objects: ['order'] })
    const { webhook: well } = await make({ objects: ['order'], url: other.url })
    receiver.answer = (_, response) => response.writeHead(503).end()
    await crm
      .user()
      .records(order)
      .createMany(Array.from({ length: 24 }, (_, index) => ({ name: `n${index}` })))
    await crm.flush()
    expect(other.told).toHaveLength(24)
    expect(other.mostBusy).toBeLessThanOrEqual(4)
    expect(receiver.told).toHaveLength(5)
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ health: { circuit: 'open', failures: 5, lastStatus: 503 } })
    expect(await crm.user().webhooks.get(well.id)).toMatchObject({ health: { circuit: 'closed' } })
    expect((await crm.health()).webhooks).toMatchObject({ active: 2, failing: 1, pending: 24, lag: 0 })
    await later(6 * hour)
    expect(receiver.told).toHaveLength(6)
    receiver.answer = (_, response) => response.writeHead(204).end()
    receiver.told.length = 0
    receiver.mostBusy = 0
    for (let round = 0; round < 4; round++) await later(5 * hour)
    expect(receiver.told).toHaveLength(24)
    expect(receiver.mostBusy).toBeLessThanOrEqual(4)
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ health: { circuit: 'closed', failingSince: null } })
  })

  test('what is refused for good is not tried again; what is only too early is, when the receiver said', async () => {
    const { webhook } = await make()
    const statuses = [400, 401, 404, 301]
    receiver.answer = (_, response) => response.writeHead(statuses.shift() ?? 204, { location: other.url }).end('wrong')
    for (let round = 0; round < 4; round++) {
      await crm.user().webhooks.send(webhook.id, event)
      await later(hour)
    }
    expect((await deliveries(webhook.id)).map(({ state, status, attempts, answer }) => [state, status, attempts, answer])).toEqual(
      [301, 404, 401, 400].map((status) => ['failed', status, 1, 'wrong']),
    )
    expect(other.told).toHaveLength(0)
    receiver.answer = (_, response) => response.writeHead(429, { 'retry-after': '7200' }).end()
    await crm.user().webhooks.send(webhook.id, event)
    await crm.flush()
    receiver.answer = (_, response) => response.writeHead(204).end()
    await later(2 * hour - 1)
    expect((await deliveries(webhook.id))[0]).toMatchObject({ state: 'pending', attempts: 1 })
    await later(1)
    expect((await deliveries(webhook.id))[0]).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  test('after days without a success it is disabled, its owner hears of it, and it can go on', async () => {
    const { webhook } = await make()
    receiver.answer = (_, response) => response.writeHead(500).end()
    for (let day = 0; day < 3; day++) {
      await crm.user().webhooks.send(webhook.id, event)
      await crm.flush()
      await later(25 * hour)
    }
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ state: 'disabled', reason: 'failing' })
    expect((await crm.user().messages.inbox.find()).entries[0]?.title).toContain('ERP')
    receiver.answer = (_, response) => response.writeHead(410).end()
    await crm.user().webhooks.resume(webhook.id)
    await crm.flush()
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({ state: 'disabled', reason: 'gone' })
  })

  test('pausing holds what happens; resuming tells it; one and many are told again under the same key', async () => {
    const { webhook } = await make({ objects: ['order'] })
    await crm.user().webhooks.pause(webhook.id)
    const from = crm.clock.now
    await crm.user().records(order).create({ name: 'held' })
    await later(hour)
    expect(receiver.told).toHaveLength(0)
    receiver.answer = (_, response) => response.writeHead(400).end()
    await crm.user().webhooks.resume(webhook.id)
    await crm.flush()
    const [failed] = await deliveries(webhook.id)
    expect(failed).toMatchObject({ state: 'failed', status: 400 })
    receiver.answer = (_, response) => response.writeHead(204).end()
    expect(await crm.user().webhooks.redeliverSpan(webhook.id, { from, to: crm.clock.now + 1 })).toBe(1)
    await crm.flush()
    await crm.user().webhooks.redeliver(webhook.id, failed?.id ?? '')
    await crm.flush()
    expect(receiver.told.map(({ headers }) => headers['webhook-id'])).toEqual(Array.from({ length: 3 }, () => failed?.key))
    const done = (await crm.user().decisions.find({ limit: 200 })).decisions.filter(({ inputs }) => inputs.id === webhook.id)
    expect(done.map(({ decider }) => decider.slice(13)).sort()).toEqual(['create', 'pause', 'redeliver', 'redeliver', 'resume'])
  })

  test('a ping is tried once, and waits for nothing: to see whether a receiver that was given up is back', async () => {
    const { webhook } = await make({ url: `${receiver.url}?token=hidden` })
    receiver.answer = (_, response) => response.writeHead(500).end()
    await crm.user().webhooks.ping(webhook.id)
    const { decisions } = await crm.user().decisions.find({ limit: 2 })
    expect(decisions.map(({ inputs }) => inputs.url)).toEqual([receiver.url, receiver.url])
    await later(hour)
    expect(await deliveries(webhook.id)).toMatchObject([{ type: 'ping', state: 'failed', attempts: 1, status: 500 }])
    await crm.user().webhooks.pause(webhook.id)
    await crm.user().webhooks.send(webhook.id, event)
    receiver.answer = (_, response) => response.writeHead(204).end()
    await crm.user().webhooks.ping(webhook.id)
    await crm.flush()
    expect((await deliveries(webhook.id)).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'ping delivered',
      'contract.signed pending',
      'ping failed',
    ])
  })

  test('code tells something of its own, once, in its transaction', async () => {
    const { webhook } = await make({ objects: ['order'], operations: ['delete'] })
    const once = { ...event, key: 'c7' }
    await expect(
      crm.user().transaction(async (session) => {
        await session.webhooks.send(webhook.id, once)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    await crm.user().webhooks.send(webhook.id, once)
    await crm.user().webhooks.send(webhook.id, once)
    await crm.flush()
    expect(receiver.told.map(({ json }) => json)).toMatchObject([{ type: 'contract.signed', data: { number: 7 } }])
  })

  test('a hook tells something with its write, or not at all; a webhook that is gone is given up', async () => {
    signing.webhookId = (await make({ operations: ['delete'] })).webhook.id
    await expect(
      crm.user().transaction(async (session) => {
        await session.records(order).create({ name: 'signed' })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    const { id } = await crm.user().records(order).create({ name: 'signed' })
    await crm.flush()
    expect(receiver.told.map(({ json }) => json)).toMatchObject([{ type: 'order.signed', data: { id } }])
    await crm.user().webhooks.remove({ id: signing.webhookId, version: 'any' })
    await crm.user().records(order).create({ name: 'signed' })
    await crm.flush()
    const { jobs } = await crm.user().operations.jobs({ state: 'dead' })
    expect(jobs).toMatchObject([{ job: 'core.webhook-send', attempt: 1, error: expect.stringContaining('NOT_FOUND') }])
    await crm.user().operations.dropJob(jobs[0]?.id ?? '')
  })

  test('who may define only their own sees and makes no others', async () => {
    const { webhook } = await make()
    const pat = crm.user({ id: 'pat', roles: ['partner'] }).webhooks
    const own = await pat.create({ name: 'mine', url: receiver.url, objects: ['order'] })
    expect((await pat.list()).map(({ id }) => id)).toEqual([own.webhook.id])
    await expect(pat.get(webhook.id)).rejects.toThrow('NOT_FOUND')
    await expect(pat.rotate(webhook.id)).rejects.toThrow('NOT_FOUND')
    // Whether somebody works here, and what they may read, is not told either.
    for (const ownerId of ['ada', 'nobody', 'leo']) {
      await expect(pat.create({ name: 'hers', url: receiver.url, ownerId, objects: ['nothing'] })).rejects.toThrow('FORBIDDEN')
      await expect(pat.update(own.webhook, { ownerId, objects: ['nothing'] })).rejects.toThrow('FORBIDDEN')
    }
    await expect(crm.user({ id: 'bob', roles: ['rep'] }).webhooks.list()).rejects.toThrow('FORBIDDEN')
  })

  test('two who change different things at once, whatever the version, both have their way', async () => {
    const { webhook } = await make()
    const target = { id: webhook.id, version: 'any' } as const
    const patches = [{ name: 'New' }, { description: 'ours' }, { operations: ['update'] as const }]
    await Promise.all(patches.map((patch) => crm.user().webhooks.update(target, patch)))
    expect(await crm.user().webhooks.get(webhook.id)).toMatchObject({
      name: 'New',
      description: 'ours',
      operations: ['update'],
      version: 4,
    })
  })

  test('who may define only their own finds no record among the deliveries that they were not told of', async () => {
    const sam = crm.user({ id: 'sam', roles: ['seller'] }).webhooks
    const { webhook } = await sam.create({ name: 'mine', url: receiver.url, objects: ['order'] })
    const { id } = await crm.user().records(order).create({ name: 'of somebody else' })
    await crm.flush()
    const [skipped] = (await sam.deliveries(webhook.id)).deliveries
    expect(skipped).toMatchObject({ type: 'order.created', state: 'skipped', recordId: null })
    expect(await sam.redeliver(webhook.id, skipped?.id ?? '')).toMatchObject({ state: 'pending', recordId: null })
    expect((await sam.deliveries(webhook.id)).deliveries).toMatchObject([{ state: 'pending', recordId: null }])
    expect(await deliveries(webhook.id)).toMatchObject([{ recordId: id }])
    await crm.flush()
  })

  test.each([
    [{ url: 'https://127.0.0.1/' }, 'WEBHOOK_URL'],
    [{ name: '' }, 'PARAMETER_INVALID'],
    [{ objects: ['nothing'] }, 'OBJECT_UNKNOWN'],
    [{ operations: ['burn'] }, 'PARAMETER_INVALID'],
    [{ ownerId: 'leo' }, 'WEBHOOK_OWNER'],
    [{ ownerId: 'nobody' }, 'WEBHOOK_OWNER'],
    [{ condition: { stage: 'x' } }, 'PARAMETER_INVALID'],
    [{ objects: ['order'], condition: { colour: 'x' } }, 'FIELD_UNKNOWN'],
    [{ objects: ['order'], condition: { margin: 1 }, ownerId: 'bob' }, 'FIELD_UNKNOWN'],
    [{ secret: 'mine' }, 'PARAMETER_UNKNOWN'],
  ])('%o is refused', async (input, code) => {
    await expect(make(input)).rejects.toMatchObject({ code })
  })
})
