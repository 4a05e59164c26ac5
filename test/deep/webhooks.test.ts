import { webhooks } from '@guanxi/adapters/webhooks'
import { customer, lead } from '@guanxi/core/standard'
import { SeededRandom } from '@guanxi/core/statistics'
import { createTestCrm } from '@guanxi/core/testing'
import { expect, onTestFinished, test } from 'vitest'
import { engines } from '../support/engines.ts'
import { WebhookReceiver } from '../webhooks/receiver.ts'

const records = 100
const updates = 7

test.each(engines)(
  'attack:J07 800 changes, a fault in five, two processes on $name: effects = events, each record in its order',
  async (engine) => {
    const database = await engine.create()
    const receiver = await new WebhookReceiver().open()
    const random = new SeededRandom('20260302'.padEnd(32, '0'))
    const effects = new Map<string, { readonly id: string; readonly version: number }>()
    receiver.answer = ({ headers, json }, response) => {
      const chance = random.next() / 2 ** 32
      if (chance < 0.08) return response.writeHead(500).end()
      const key = String(headers['webhook-id'])
      if (!effects.has(key)) effects.set(key, json.data as { id: string; version: number })
      if (chance < 0.14) return response.destroy()
      return response.writeHead(chance < 0.2 ? 503 : 204).end()
    }
    const open = () =>
      createTestCrm({
        store: database.store(),
        webhooks: webhooks({ keys: ['a key of thirty-two characters ok'], egress: { allow: [receiver.place] } }),
      })
    const processes = [await open(), await open()] as const
    onTestFinished(async () => {
      for (const crm of processes) await crm.close()
      await receiver.close()
      await database.drop()
    })
    const [crm] = processes
    await crm.directory.put({ tenant: 'test', people: [{ id: 'ada', name: 'Ada', roles: ['admin'] }] })
    const { webhook } = await crm.user().webhooks.create({ name: 'ERP', url: receiver.url, objects: ['lead'] })
    const { ids } = await crm
      .user()
      .records(lead)
      .createMany(Array.from({ length: records }, (_, index) => ({ name: `n${index}` })))
    for (let round = 1; round <= updates; round++)
      await crm
        .user()
        .records(lead)
        .updateEach(ids.map((id) => ({ id, version: round, set: { name: `n${id} ${round}` } })))
    const waits = async () => (await crm.user().webhooks.deliveries(webhook.id, { state: 'pending', limit: 1 })).deliveries.length > 0
    for (let round = 0; round < 600 && (round < 2 || (await waits())); round++) {
      for (const one of processes) one.clock.now += 120_000
      await Promise.all(processes.map((one) => one.flush()))
    }
    expect(effects.size).toBe(records * (updates + 1))
    const versions = new Map<string, number[]>()
    for (const { id, version } of effects.values()) versions.set(id, [...(versions.get(id) ?? []), version])
    for (const seen of versions.values()) expect(seen).toEqual(Array.from({ length: updates + 1 }, (_, index) => index + 1))
    expect(receiver.mostBusy).toBeLessThanOrEqual(4)
    console.log(`${engine.name}: ${receiver.told.length} requests for ${effects.size} effects`)
  },
  600_000,
)

/** What waits for a receiver that is away. */
const backlog = Number(process.env.WEBHOOK_BACKLOG ?? 50_000)

test.each(engines.filter(({ name }) => name !== 'sqlite3'))(
  `attack:J07 on $name a receiver that was away for six hours with ${backlog} changes waiting is asked now and then, then told all; nobody else waits`,
  async (engine) => {
    const database = await engine.create()
    const [away, well] = [await new WebhookReceiver().open(), await new WebhookReceiver().open()]
    away.answer = (_, response) => response.writeHead(503).end()
    const crm = await createTestCrm({
      store: database.store(),
      webhooks: webhooks({ keys: ['a key of thirty-two characters ok'], egress: { allow: [away.place, well.place] } }),
    })
    onTestFinished(async () => {
      await crm.close()
      await Promise.all([away.close(), well.close()])
      await database.drop()
    })
    await crm.directory.put({ tenant: 'test', people: [{ id: 'ada', name: 'Ada', roles: ['admin'] }] })
    const user = crm.user()
    const { webhook } = await user.webhooks.create({ name: 'away', url: away.url, objects: ['lead'] })
    await user.webhooks.create({ name: 'well', url: well.url, objects: ['customer'] })
    for (let made = 0; made < backlog; made += 5_000)
      await user
        .records(lead)
        .createMany(Array.from({ length: Math.min(5_000, backlog - made) }, (_, index) => ({ name: `n${made + index}` })))
    await crm.flush()
    const minutes = 10
    for (let passed = 0; passed < 360; passed += minutes) {
      crm.clock.now += minutes * 60_000
      await user.records(customer).create({ name: `c${passed}` })
      await crm.flush()
      expect(well.told).toHaveLength(passed / minutes + 1)
    }
    expect(away.told.length).toBeGreaterThan(20)
    expect(away.told.length).toBeLessThan(90)
    expect(await user.webhooks.get(webhook.id)).toMatchObject({ state: 'active', health: { circuit: 'open', lastStatus: 503 } })

    const keys = new Set<string>()
    let mostAtFirst = 0
    away.answer = ({ headers }, response) => {
      keys.add(String(headers['webhook-id']))
      if (keys.size <= 40) mostAtFirst = Math.max(mostAtFirst, away.busy)
      response.writeHead(204).end()
    }
    away.told.length = 0
    away.mostBusy = 0
    for (let round = 0; round < 20 && keys.size < backlog; round++) {
      crm.clock.now += 900_000
      await crm.flush()
    }
    expect([keys.size, away.told.length]).toEqual([backlog, backlog])
    expect(mostAtFirst).toBe(1)
    expect(away.mostBusy).toBeLessThanOrEqual(4)
    expect(await user.webhooks.get(webhook.id)).toMatchObject({ health: { circuit: 'closed', failures: 0 } })
  },
  1_800_000,
)
