import { postgres } from '@guanxi/adapters/postgres'
import { defineConsumer, defineJob, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { TcpProxy } from './tcp-proxy.ts'

const order = defineObject('order', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const patience = { timeout: 15_000, interval: 20 }

/** What one of two processes does with what it is told and given. */
interface Process {
  readonly told: string[]
  /** What it logged of its consumer. */
  readonly said: string[]
  tell: (name: string) => unknown
  work: (signal: AbortSignal) => unknown
}

function openProcess(): Process & { open: (url: string) => Promise<TestCrm> } {
  const self = {
    told: [] as string[],
    said: [] as string[],
    tell: (_: string): unknown => null,
    work: (_: AbortSignal): unknown => null,
    open: (url: string): Promise<TestCrm> => {
      const feed = defineConsumer({
        id: 'yard.feed',
        objects: [order],
        run: ([change]) => {
          const name = String(change?.values?.name?.[1])
          self.told.push(name)
          return self.tell(name)
        },
      })
      const plugin = definePlugin({
        ...{ id: 'yard', version: '1.0.0', core: '^0.1.0' },
        setup: (recorder) => {
          recorder.object(order)
          recorder.consumer(feed)
          recorder.job(defineJob({ ...errand, run: (_, { signal }) => self.work(signal) }))
        },
      })
      const store = postgres(url, { pool: { min: 0, max: 4 }, log: () => {} })
      const log = ({ message }: { message: string }): void => void (/consumer/.test(message) && self.said.push(message))
      return createTestCrm({ store, plugins: [plugin()], standard: false, log })
    },
  }
  return self
}

const errand = defineJob<object>({ id: 'yard.errand', input: { type: 'object' }, run: () => {} })

let proxy: TcpProxy
let near: ReturnType<typeof openProcess>
let far: ReturnType<typeof openProcess>
let nearCrm: TestCrm
let farCrm: TestCrm
let drop: () => Promise<void>
beforeEach(async () => {
  const database = await postgresDatabase()
  drop = database.drop
  const way = await TcpProxy.to(database.url)
  proxy = way.proxy
  near = openProcess()
  far = openProcess()
  nearCrm = await near.open(database.url)
  farCrm = await far.open(way.url)
})
afterEach(async () => {
  await nearCrm.close()
  await proxy.close()
  await farCrm.close().catch(() => {})
  await drop()
})

const run = (crm: TestCrm) => crm.run({ pollMilliseconds: 20, leaseMilliseconds: 500 })

test('attack:J04 attack:K09 a process cut off from the database tells no change more once another may have taken over', async () => {
  const gate = Promise.withResolvers<void>()
  far.tell = () => gate.promise
  const created = await nearCrm.user().records(order).create({ name: '1' })
  const second = await nearCrm.user().records(order).update(created, { name: '2' })
  await nearCrm.user().records(order).update(second, { name: '3' })
  await run(farCrm)
  await expect.poll(() => far.told, patience).toEqual(['1'])
  proxy.cutOff()
  await run(nearCrm)
  await expect.poll(() => near.told, patience).toEqual(['1', '2', '3'])
  gate.resolve()
  await expect.poll(() => far.said, patience).not.toEqual([])
  // It looks at the log again: what it was at is over.
  proxy.letIn()
  await nearCrm.user().records(order).create({ name: 'later' })
  await expect.poll(() => [...near.told, ...far.told].includes('later'), patience).toBe(true)
  expect(far.told.filter((name) => name !== 'later')).toEqual(['1'])
})

test('attack:J03 a job whose database does not answer any more is told that it is lost', async () => {
  const lost = Promise.withResolvers<unknown>()
  far.work = (signal) => {
    signal.addEventListener('abort', () => lost.resolve(signal.reason))
    return lost.promise
  }
  await farCrm.user().enqueue(errand, {})
  await run(farCrm)
  await expect.poll(async () => (await nearCrm.user().operations.jobs({ state: 'running' })).jobs.length, patience).toBe(1)
  proxy.silent = true
  expect(await lost.promise).toMatchObject({ code: 'JOB_LOST' })
  proxy.silent = false
})
