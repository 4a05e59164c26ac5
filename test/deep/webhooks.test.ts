import { webhooks } from '@guanxi/adapters/webhooks'
import { lead } from '@guanxi/core/standard'
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
