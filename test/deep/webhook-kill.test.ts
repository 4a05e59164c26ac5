import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { webhooks } from '@guanxi/adapters/webhooks'
import { createCrm } from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import { expect, onTestFinished, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { WebhookReceiver } from '../webhooks/receiver.ts'

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-webhook-'))
      const address = join(folder, 'crm.db')
      return {
        address,
        store: sqlite(address, { driver: 'better-sqlite3' }),
        drop: () => rm(folder, { recursive: true, force: true }),
      }
    },
  },
  {
    name: 'postgres',
    async open() {
      const { url, drop } = await postgresDatabase()
      return { address: url, store: postgres(url), drop }
    },
  },
]

const title =
  'attack:K04 a process on $name that is killed after it told, before it wrote that down, is followed by one that tells the same key'
test.each(targets)(title, async (target) => {
  const database = await target.open()
  const receiver = await new WebhookReceiver().open()
  const crm = createCrm({
    store: database.store,
    tenant: 'test',
    webhooks: webhooks({ keys: ['a key of thirty-two characters ok'], egress: { allow: [receiver.place] } }),
  })
  onTestFinished(async () => {
    await crm.close()
    await receiver.close()
    await database.drop()
  })
  await crm.open()
  await crm.directory.put({ people: [{ id: 'ada', name: 'Ada', roles: ['admin'] }] })
  const ada = crm.as({ id: 'ada', roles: ['admin'] })
  const { webhook } = await ada.webhooks.create({ name: 'ERP', url: receiver.url, objects: ['lead'] })
  const script = new URL('../webhooks/told-once.ts', import.meta.url).pathname
  const worker = spawn(process.execPath, ['--conditions=source', script, database.address, receiver.place], { stdio: 'inherit' })
  onTestFinished(() => void worker.kill('SIGKILL'))
  const gone = new Promise((done) => void worker.once('exit', done))
  receiver.answer = () => worker.kill('SIGKILL')
  const record = await ada.records(lead).create({ name: '蓝海' })
  await ada.records(lead).update(record, { name: '蓝海科技' })
  await gone
  expect(receiver.told).toHaveLength(1)
  receiver.answer = (_, response) => response.writeHead(204).end()
  const running = await crm.run({ pollMilliseconds: 20 })
  await expect
    .poll(async () => (await ada.webhooks.deliveries(webhook.id, { state: 'delivered' })).deliveries.length, { timeout: 60_000 })
    .toBe(2)
  await running.stop()
  const keys = receiver.told.map(({ headers }) => headers['webhook-id'])
  expect(keys).toHaveLength(3)
  expect(keys[1]).toBe(keys[0])
  expect(receiver.told.map(({ json }) => json.type)).toEqual(['lead.created', 'lead.created', 'lead.updated'])
})
