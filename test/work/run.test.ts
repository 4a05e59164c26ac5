import { postgres } from '@guanxi/adapters/postgres'
import { committed, defineJob, defineObject, definePlugin, type JobContext, RetryAfter } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Database, engines, postgresDatabase } from '../support/engines.ts'

const order = defineObject('order', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const work: { run: (context: JobContext) => unknown; told: string[] } = { run: () => {}, told: [] }
const job = defineJob<object>({ id: 'yard.work', input: { type: 'object' }, run: (_, context) => work.run(context) })
const yard = definePlugin({
  id: 'yard',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.job(job)
    plugin.hook(committed(order, { id: 'tell' }, ({ version }) => void work.told.push(`told ${version}`)))
  },
})

describe.each(engines)('background work on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  beforeEach(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), plugins: [yard()], standard: false })
    work.told = []
    work.run = () => {}
  })
  afterEach(async () => {
    await crm.close()
    await database.drop()
  })

  test('runs only while the host wants it', async () => {
    work.run = () => void work.told.push('ran')
    await crm.user().enqueue(job, {})
    await crm.user().records(order).create({ name: 'a' })
    const running = await crm.run({ pollMilliseconds: 5 })
    await vi.waitFor(() => expect(work.told.toSorted()).toEqual(['ran', 'told 1']), { timeout: 15_000 })
    await running.stop()
    expect(await crm.health()).toMatchObject({ running: false })
    await crm.user().enqueue(job, {})
    await crm.run({ pollMilliseconds: 5 })
    expect(await crm.health()).toMatchObject({ running: true })
    await vi.waitFor(() => expect(work.told).toHaveLength(3), { timeout: 15_000 })
  })

  test('attack:K11 what does not end in time is told so and handed to others, its try not counted', async () => {
    const begun = Promise.withResolvers<void>()
    let reason: unknown
    work.run = ({ signal }) => {
      begun.resolve()
      const { promise, reject } = Promise.withResolvers<void>()
      signal.addEventListener('abort', () => {
        reason = signal.reason
        reject(signal.reason)
      })
      return promise
    }
    await crm.user().enqueue(job, {})
    const running = await crm.run({ pollMilliseconds: 5 })
    await begun.promise
    await running.stop({ graceMilliseconds: 0 })
    expect(String(reason)).toContain('told to stop')
    expect((await crm.user().operations.jobs()).jobs).toMatchObject([{ state: 'waiting', attempt: 0, error: null }])
  })

  test('a job that ends in time is waited for', async () => {
    const begun = Promise.withResolvers<void>()
    const end = Promise.withResolvers<void>()
    work.run = () => {
      begun.resolve()
      return end.promise
    }
    await crm.user().enqueue(job, {})
    const running = await crm.run({ pollMilliseconds: 5 })
    await begun.promise
    const stopped = running.stop()
    end.resolve()
    await stopped
    expect((await crm.user().operations.jobs()).jobs).toEqual([])
  })

  test('a running job can be neither dropped nor replayed', async () => {
    const answers: unknown[] = []
    work.run = async ({ key, attempt }) => {
      if (attempt > 1) return
      const { operations } = crm.user()
      for (const act of [operations.dropJob, operations.replayJob])
        answers.push(await act(key).catch((error: { code: string }) => error.code))
      expect((await operations.jobs({ state: 'running' })).jobs).toMatchObject([{ id: key, state: 'running', attempt: 1 }])
      throw new RetryAfter(0)
    }
    await crm.user().enqueue(job, {})
    await crm.flush()
    expect(answers).toEqual(['JOB_RUNNING', 'JOB_RUNNING'])
    expect((await crm.user().operations.jobs()).jobs).toEqual([])
  })

  test('closing leaves no lease behind', async () => {
    await crm.run({ pollMilliseconds: 5 })
    await crm.user().records(order).create({ name: 'a' })
    await vi.waitFor(() => expect(work.told).toEqual(['told 1']), { timeout: 15_000 })
    const { now } = crm.clock
    await crm.close()
    crm = await createTestCrm({ store: database.store(), plugins: [yard()], standard: false, now })
    await crm.user().records(order).create({ name: 'b' })
    await crm.flush()
    expect(work.told).toEqual(['told 1', 'told 1'])
  })
})

/** Reads the log as one would who trusts its numbers. */
class NaiveReader {
  readonly #client: pg.Client
  #last = 0
  readonly names: string[] = []

  constructor(client: pg.Client) {
    this.#client = client
  }

  async read(): Promise<void> {
    const { rows } = await this.#client.query('SELECT seq, "values" FROM crm_change WHERE seq > $1 ORDER BY seq', [this.#last])
    for (const row of rows) {
      this.#last = Number(row.seq)
      this.names.push(row.values.name[1])
    }
  }
}

test('a long transaction delays consumers and loses nothing, where a reader by number loses what it wrote; health says which it is', async () => {
  const { url, drop } = await postgresDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const store = postgres(url)
  const crm = await createTestCrm({ store, plugins: [yard()], standard: false })
  try {
    work.told = []
    await crm.user().records(order).create({ name: 'first' })
    await crm.flush()
    const naive = new NaiveReader(client)
    await naive.read()
    const [written, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const long = crm.user().transaction(async (session) => {
      await session.records(order).create({ name: 'early' })
      written.resolve()
      await goOn.promise
    })
    await written.promise
    await crm.user().records(order).create({ name: 'late' })
    await naive.read()
    const running = await crm.run({ pollMilliseconds: 5 })
    expect(await store.work.holdup(0)).toMatchObject({ pid: expect.any(Number), milliseconds: expect.any(Number) })
    expect(await store.work.hasUnordered()).toBe(true)
    await running.stop()
    expect(work.told).toEqual(['told 1'])
    goOn.resolve()
    await long
    await naive.read()
    await crm.flush()
    expect(naive.names).toEqual(['first', 'late'])
    expect(work.told).toEqual(['told 1', 'told 1', 'told 1'])
  } finally {
    await crm.close()
    await client.end()
    await drop()
  }
})
