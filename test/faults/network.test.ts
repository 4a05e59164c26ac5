import { postgres } from '@guanxi/adapters/postgres'
import { CrmError, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { TcpProxy } from './tcp-proxy.ts'

/** How many bytes pass before a connection is cut; the deep run takes many more. */
const cuts = Number(process.env.NETWORK_CUTS ?? 14)
const latency = Number(process.env.NETWORK_LATENCY ?? 20)

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, note: { type: 'string' } },
})
const yard = definePlugin({ id: 'yard', version: '1.0.0', core: '^0.1.0', setup: (plugin) => plugin.object(order) })

let proxy: TcpProxy
let crm: TestCrm
let drop: () => Promise<void>
beforeEach(async () => {
  const database = await postgresDatabase()
  drop = database.drop
  const way = await TcpProxy.to(database.url)
  proxy = way.proxy
  // Making the tables may take a busy machine longer than a statement may take here.
  await (await createTestCrm({ store: postgres(database.url), plugins: [yard()], standard: false })).close()
  const store = postgres({ connectionString: way.url, query_timeout: 1_500 }, { pool: { min: 0, max: 2 }, log: () => {} })
  crm = await createTestCrm({ store, plugins: [yard()], standard: false })
  await records().create({ name: 'the first' })
})
afterEach(async () => {
  proxy.disarm()
  proxy.latency = 0
  await crm.close()
  await proxy.close()
  await drop()
})

const records = () => crm.user().records(order)
const alone = (name: string) => records().create({ name }, { idempotencyKey: name })
const together = (name: string) =>
  crm.user().transaction(async (session) => {
    await session.records(order).create({ name }, { idempotencyKey: name })
    await session.records(order).create({ name: `${name} too` }, { idempotencyKey: `${name} too` })
  })

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof CrmError) return error.code
    throw error
  }
}

/** The network is well again: who tries with the same key gets through, and it is there once. */
async function expectOnce(name: string, write: (name: string) => Promise<unknown>): Promise<void> {
  proxy.disarm()
  await expect.poll(() => codeOf(write(name)), { timeout: 5_000, interval: 5 }).toBe('done')
  expect(await records().count({ where: { name } }), name).toBe(1)
}

test('attack:K09 a connection reset at the commit leaves the outcome unknown, and the key finds out', async () => {
  for (const [passes, there] of [
    [true, 1],
    [false, 0],
  ] as const) {
    const name = `reset ${passes}`
    await together(`${name} before`)
    proxy.arm({ on: 'ask', text: 'COMMIT\0', does: 'cut', passes })
    expect(await codeOf(together(name))).toBe('OUTCOME_UNKNOWN')
    await expect.poll(() => records().count({ where: { name } }), { timeout: 5_000 }).toBe(there)
    await expectOnce(name, there === 1 ? alone : together)
  }
})

test('attack:K09 a write in one statement whose answer never comes is unknown too; one that was never sent is there once after the retry', async () => {
  await alone('before')
  for (const does of ['cut', 'swallow'] as const) {
    proxy.arm({ on: 'answer', does })
    expect(await codeOf(alone(`answer ${does}`))).toBe('OUTCOME_UNKNOWN')
    await expectOnce(`answer ${does}`, alone)
    proxy.arm({ on: 'ask', does })
    expect(await codeOf(alone(`ask ${does}`))).toBe('OUTCOME_UNKNOWN')
    await expectOnce(`ask ${does}`, alone)
  }
})

test('attack:K09 a read that breaks off is worth another try, and nothing else', async () => {
  proxy.arm({ on: 'answer', does: 'cut' })
  expect(await codeOf(records().count())).toBe('STORE_UNAVAILABLE')
  expect(await records().count()).toBe(1)
})

test(`attack:K09 a connection cut after so many bytes, ${cuts} places each way: never lost when promised, never there when refused`, async () => {
  const outcomes = new Set<string>()
  for (const on of ['ask', 'answer'] as const) {
    for (let cut = 0; cut < cuts; cut++) {
      const after = Math.round(1.75 ** cut) % 4_000
      for (const write of [alone, together]) {
        const name = `${on} ${cut} ${write.name}`
        proxy.arm({ on, after, does: 'cut' })
        const outcome = await codeOf(write(name))
        proxy.disarm()
        outcomes.add(outcome)
        expect(['done', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN']).toContain(outcome)
        const there = await records()
          .count({ where: { name } })
          .catch(() => records().count({ where: { name } }))
        if (outcome === 'done') expect(there, name).toBe(1)
        if (outcome === 'STORE_UNAVAILABLE') expect(there, name).toBe(0)
        if (there === 0) await expectOnce(name, write)
      }
    }
  }
  expect(outcomes).toContain('OUTCOME_UNKNOWN')
})

test('attack:K09 a slow network is only slow', async () => {
  proxy.latency = latency
  expect(await codeOf(alone('slow'))).toBe('done')
  expect(await codeOf(together('slowly'))).toBe('done')
})
