import { sqlite } from '@guanxi/adapters/sqlite'
import {
  before,
  createCrm,
  defineJob,
  defineObject,
  definePlugin,
  GiveUp,
  type Job,
  type JobContext,
  jobRequest,
  RetryAfter,
} from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { jobTable } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, note: { type: 'string' } },
})

interface Mail {
  readonly to: string
}
type Run = (input: Mail, context: JobContext) => unknown

/** What the jobs of a test do; set anew by each. */
const behaviour: { run: Run } = { run: () => {} }
const input = { type: 'object', required: ['to'], additionalProperties: false, properties: { to: { type: 'string' } } } as const
const send = defineJob<Mail>({
  id: 'mail.send',
  input,
  attempts: 3,
  firstPause: 1_000,
  run: (mail, context) => behaviour.run(mail, context),
})
const single = defineJob<Mail>({ id: 'mail.single', input, concurrency: 1, run: (mail, context) => behaviour.run(mail, context) })

const mail = definePlugin({
  id: 'mail',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.job(send)
    plugin.job(single)
    plugin.hook(
      before(order, { id: 'thanks', on: ['create'], reads: ['name'] }, (change) => {
        if (change.next.name === 'greeted') change.enqueue(send, { to: String(change.next.name) })
      }),
    )
  },
})

describe.each(engines)('jobs on $name', (engine) => {
  let database: Database
  let store: Store
  let crm: TestCrm
  let ran: string[]
  const said: string[] = []
  beforeAll(async () => {
    database = await engine.create()
    store = database.store()
    crm = await createTestCrm({ store, plugins: [mail()], standard: false, log: ({ message }) => void said.push(message) })
  })
  beforeEach(async () => {
    for (const { id } of (await crm.user().operations.jobs({ limit: 200 })).jobs) await crm.user().operations.dropJob(id)
    ran = []
    said.length = 0
    behaviour.run = ({ to }) => void ran.push(to)
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const jobsOf = async (state?: 'waiting' | 'running' | 'dead') => (await crm.user().operations.jobs({ state })).jobs
  /** Another process takes the job, as far as the one that runs it can tell. */
  const stealAll = () =>
    store.direct.set(
      { table: jobTable, columns: ['lease'] },
      ['somebody/else'],
      { op: 'not', of: { op: 'isNull', operand: { column: 'lease', nullable: true } } },
      ['test'],
    )

  test('a job runs once, with what it was given, and leaves nothing behind', async () => {
    const seen: unknown[] = []
    behaviour.run = (mail, { tenant, attempt, attempts, actor, key, session }) => {
      seen.push({ mail, tenant, attempt, attempts, actor, key, as: session.identity.kind })
    }
    const id = await crm.user({ id: 'bob' }).enqueue(send, { to: 'a' })
    await crm.flush()
    await crm.flush()
    const actor = { kind: 'user', id: 'bob' }
    expect(seen).toEqual([{ mail: { to: 'a' }, tenant: 'test', attempt: 1, attempts: 3, actor, key: id, as: 'system' }])
    expect(await jobsOf()).toEqual([])
  })

  test('attack:J05 a job lives and dies with the write that carries it', async () => {
    const user = crm.user()
    await user.records(order).create({ name: 'greeted' })
    await user.records(order).create({ name: 'plain' }, { enqueue: [jobRequest(send, { to: 'option' })] })
    const failing = user.transaction(async (session) => {
      await session.records(order).create({ name: 'greeted' }, { enqueue: [jobRequest(send, { to: 'never' })] })
      await session.enqueue(send, { to: 'never' })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    const { id } = await user.records(order).create({ name: 'kept' })
    await expect(
      user.records(order).update({ id, version: 7 }, { note: 'late' }, { enqueue: [jobRequest(send, { to: 'conflict' })] }),
    ).rejects.toThrow('CONFLICT')
    await user.transaction((session) => session.enqueue(send, { to: 'committed' }).then(() => {}))
    await crm.flush()
    expect(ran.sort()).toEqual(['committed', 'greeted', 'option'])
  })

  test('a job comes along with every kind of write, also with one that changes nothing', async () => {
    const records = crm.user().records(order)
    const carrying = (to: string) => ({ enqueue: [jobRequest(send, { to })] })
    const created = await records.create({ name: 'x' }, carrying('create'))
    const updated = await records.update(created, { note: 'y' }, carrying('update'))
    await records.update(updated, { note: 'y' }, carrying('nothing differs'))
    await records.remove({ id: created.id, version: 'any' }, carrying('remove'))
    await records.restore({ id: created.id, version: 'any' }, carrying('restore'))
    await records.createMany([{ name: 'greeted' }, { name: 'greeted' }])
    await crm.flush()
    expect(ran.sort()).toEqual(['create', 'greeted', 'greeted', 'nothing differs', 'remove', 'restore', 'update'])
  })

  test('a job that throws is tried again later and later, then kept as given up, and others flow', async () => {
    behaviour.run = ({ to }, { attempt }) => {
      ran.push(`${to} ${attempt}`)
      if (to === 'bad') throw new Error('nobody home')
    }
    await crm.user().enqueue(send, { to: 'bad' })
    await crm.user().enqueue(send, { to: 'good' })
    await crm.flush()
    expect(ran.sort()).toEqual(['bad 1', 'good 1'])
    expect(await jobsOf('waiting')).toMatchObject([{ attempt: 1, error: 'Error: nobody home', failedAt: crm.clock.now }])
    for (let round = 0; round < 5; round++) {
      crm.clock.now += 10_000
      await crm.flush()
    }
    expect(ran.sort()).toEqual(['bad 1', 'bad 2', 'bad 3', 'good 1'])
    expect(await jobsOf('dead')).toMatchObject([{ attempt: 3, attempts: 3, error: 'Error: nobody home' }])
    expect((await crm.health()).ok).toBe(false)
  })

  test('a job says when to try again, or that there is no point', async () => {
    behaviour.run = ({ to }, { attempt }) => {
      ran.push(`${to} ${attempt}`)
      if (to === 'later' && attempt === 1) throw new RetryAfter(60_000)
      if (to === 'endless' || to === 'odd') throw new RetryAfter(to === 'odd' ? Number.NaN : 1e300)
      if (to === 'never') throw new GiveUp('no such address')
    }
    await crm.user().enqueue(send, { to: 'later' })
    await crm.user().enqueue(send, { to: 'never' })
    await crm.flush()
    crm.clock.now += 59_999
    await crm.flush()
    expect(ran.sort()).toEqual(['later 1', 'never 1'])
    crm.clock.now += 1
    await crm.flush()
    expect(ran.sort()).toEqual(['later 1', 'later 2', 'never 1'])
    expect(await jobsOf()).toMatchObject([{ state: 'dead', error: 'GiveUp: no such address', attempt: 1 }])
    // A pause that is none, or has no end, is another pause.
    await crm.user().enqueue(send, { to: 'endless' }, { key: 'endless' })
    await crm.user().enqueue(send, { to: 'odd' }, { key: 'odd' })
    const { now } = crm.clock
    await crm.flush()
    const dueAt = new Map((await jobsOf('waiting')).map((job) => [job.key, job.dueAt - now]))
    expect(dueAt.get('endless')).toBe(10 * 366 * 86_400_000)
    expect(dueAt.get('odd')).toBeLessThanOrEqual(1_000)
  })

  test('delay, time and priority decide what comes first', async () => {
    const user = crm.user()
    await user.enqueue(single, { to: 'low' }, { priority: 'low' })
    await user.enqueue(single, { to: 'normal' })
    await user.enqueue(single, { to: 'late' }, { delay: 5_000, priority: 'high' })
    await user.enqueue(single, { to: 'later' }, { runAt: crm.clock.now + 9_000, priority: 'high' })
    await user.enqueue(single, { to: 'high' }, { priority: 'high' })
    await crm.flush()
    expect(ran).toEqual(['high', 'normal', 'low'])
    crm.clock.now += 5_000
    await crm.flush()
    crm.clock.now += 4_000
    await crm.flush()
    expect(ran).toEqual(['high', 'normal', 'low', 'late', 'later'])
  })

  test('attack:J13 under one key the last input counts, also when it comes while the earlier one runs', async () => {
    const user = crm.user()
    for (const to of ['one', 'two', 'three']) await user.enqueue(send, { to }, { key: 'k', delay: 1_000 })
    await crm.flush()
    expect(ran).toEqual([])
    crm.clock.now += 1_000
    behaviour.run = async ({ to }) => {
      ran.push(to)
      if (to === 'three') await user.enqueue(send, { to: 'four' }, { key: 'k' })
    }
    await crm.flush()
    expect(ran).toEqual(['three', 'four'])
    expect(await jobsOf()).toEqual([])
    expect(said).toEqual([])
  })

  test('attack:T04 the same key in two tenants is two jobs', async () => {
    behaviour.run = ({ to }, { tenant }) => void ran.push(`${tenant} ${to}`)
    await crm.user().enqueue(send, { to: 'a' }, { key: 'k' })
    await crm.user({ tenant: 'other' }).enqueue(send, { to: 'b' }, { key: 'k' })
    await crm.flush()
    expect(ran.sort()).toEqual(['other b', 'test a'])
  })

  test('a job works in the name of somebody, with their rights and in its own tenant, and brings people', async () => {
    const refused: unknown[] = []
    behaviour.run = async ({ to }, context) => {
      await context.directory.put({ people: [{ id: to, name: 'Amy', roles: ['rep'] }] })
      const amy = context.as({ id: to, roles: ['rep'] })
      await amy.records(order).create({ name: 'hers' })
      refused.push(await amy.definitions.addField('order', 'extra', { kind: 'text' }).catch((error: { code: string }) => error.code))
    }
    await crm.user({ tenant: 'other' }).enqueue(send, { to: 'amy' })
    await crm.flush()
    expect(refused).toEqual(['FORBIDDEN'])
    const other = crm.user({ tenant: 'other' })
    expect((await other.records(order).find({ where: { name: 'hers' } })).records).toMatchObject([{ name: 'hers', createdBy: 'amy' }])
    expect(await other.directory.people()).toMatchObject([{ id: 'amy', name: 'Amy' }])
    expect(
      await crm
        .user()
        .records(order)
        .count({ where: { name: 'hers' } }),
    ).toBe(0)
  })

  test('attack:J03 one that lost its lease can write nothing more, and its end counts for nothing', async () => {
    const failures: unknown[] = []
    behaviour.run = async (_, context) => {
      if (ran.push('run') > 1) return
      const made = await context.records(order).create({ name: 'before' })
      await context.stillMine()
      await stealAll()
      for (const step of [
        () => context.records(order).create({ name: 'after' }),
        () => context.records(order).update(made, { note: 'after' }),
        () => context.session.transaction((session) => session.records(order).create({ name: 'after' })),
        () =>
          context
            .as({ id: 'amy', roles: ['admin'] })
            .records(order)
            .create({ name: 'after' }),
        () => context.session.enqueue(send, { to: 'late' }),
        () => context.directory.put({ people: [{ id: 'late', name: 'Late' }] }),
        () => context.stillMine(),
      ])
        failures.push(
          await step().then(
            () => null,
            (error: { code: string }) => error.code,
          ),
        )
    }
    await crm.user().enqueue(send, { to: 'a' })
    await crm.flush()
    expect(failures).toEqual(Array.from({ length: 7 }, () => 'JOB_LOST'))
    expect(
      await crm
        .user()
        .records(order)
        .count({ where: { name: 'after' } }),
    ).toBe(0)
    expect(await jobsOf('running')).toHaveLength(1)
    await store.direct.set(
      { table: jobTable, columns: ['lease', 'lease_until'] },
      [null, null],
      { op: 'eq', operand: { column: 'lease', nullable: true }, param: 1 },
      ['test', 'somebody/else'],
    )
    await crm.flush()
    expect(ran).toHaveLength(2)
  })

  test('attack:K02 a job that is run again meets its own key, and its effect is there once', async () => {
    behaviour.run = async (_, { records, key, attempt, session }) => {
      await records(order).create({ name: 'effect' }, { idempotencyKey: key })
      await session.transaction((inside) =>
        inside
          .records(order)
          .create({ name: 'effect too' }, { idempotencyKey: `${key}:2` })
          .then(() => {}),
      )
      ran.push(`try ${attempt}`)
      if (attempt < 3) throw new RetryAfter(1)
    }
    await crm.user().enqueue(send, { to: 'a' })
    for (let round = 0; round < 4; round++) {
      await crm.flush()
      crm.clock.now += 1
    }
    expect(ran).toEqual(['try 1', 'try 2', 'try 3'])
    expect(
      await crm
        .user()
        .records(order)
        .count({ where: { name: { startsWith: 'effect' } } }),
    ).toBe(2)
    expect(await jobsOf()).toEqual([])
  })

  test('attack:J06 a try that killed its process counts, and the job reaches the dead letters', async () => {
    await crm.user().enqueue(send, { to: 'poison' })
    for (let death = 0; death < 3; death++) {
      const [row] = await store.work.claimJobs({
        worker: 'doomed',
        jobs: ['mail.send'],
        now: crm.clock.now,
        limit: 1,
        leaseMilliseconds: 0,
      })
      expect(row).toMatchObject({ tenant_id: 'test' })
    }
    await crm.flush()
    expect(ran).toEqual([])
    expect(await jobsOf('dead')).toMatchObject([{ error: expect.stringContaining('died') }])
  })

  test('attack:J06 what may have ended its process has its last try alone, so that nobody is given up for having been beside it', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `beside ${index}`)
    for (const to of names) await crm.user().enqueue(send, { to })
    const { now } = crm.clock
    for (let death = 0; death < 2; death++)
      await store.work.claimJobs({ worker: 'doomed', jobs: ['mail.send'], now, limit: 9, leaseMilliseconds: 0 })
    let atOnce = 0
    let most = 0
    behaviour.run = async ({ to }, { records }) => {
      most = Math.max(most, ++atOnce)
      await records(order).count()
      atOnce -= 1
      ran.push(to)
    }
    await crm.flush()
    expect(ran.toSorted()).toEqual(names)
    expect(most).toBe(1)
    expect(await jobsOf()).toEqual([])
  })

  test('attack:D01 a lease from another time is no lease', async () => {
    await crm.user().enqueue(send, { to: 'a' })
    await store.work.claimJobs({ worker: 'future', jobs: ['mail.send'], now: crm.clock.now, limit: 1, leaseMilliseconds: 366 * 86_400_000 })
    await crm.flush()
    expect(ran).toEqual(['a'])
  })

  test('many workers on one database share the jobs out: each runs once', async () => {
    const others = await Promise.all(
      [0, 1, 2].map(() => createTestCrm({ store: database.store(), plugins: [mail()], standard: false, concurrency: 3 })),
    )
    try {
      const user = crm.user()
      const names = Array.from({ length: 120 }, (_, index) => `job${index}`)
      await user.transaction(async (session) => {
        for (const to of names) await session.enqueue(send, { to })
      })
      await Promise.all([crm, ...others].map((one) => one.flush()))
      expect(ran.toSorted()).toEqual(names.toSorted())
    } finally {
      await Promise.all(others.map((one) => one.close()))
    }
  })

  test('a job whose plugin is not here is left alone, and told of', async () => {
    await crm.user().enqueue(send, { to: 'a' })
    const bare = await createTestCrm({ store: database.store(), plugins: [], standard: false })
    try {
      bare.clock.now = crm.clock.now
      await bare.flush()
      const health = await bare.health()
      expect(health.jobs).toContainEqual(expect.objectContaining({ id: 'mail.send', due: 1, dead: 0, known: false }))
      expect(health.ok).toBe(false)
    } finally {
      await bare.close()
    }
    await crm.flush()
    expect(ran).toEqual(['a'])
  })

  test('attack:J10 what was given up is replayed once, however many ask, and who asked is kept', async () => {
    behaviour.run = () => {
      throw new GiveUp('no')
    }
    const id = await crm.user().enqueue(send, { to: 'a' })
    await crm.flush()
    behaviour.run = ({ to }, { key, attempt }) => void ran.push(`${to} ${key === id} ${attempt}`)
    const answers = await Promise.all(['bob', 'eve'].map((who) => crm.user({ id: who }).operations.replayJob(id)))
    expect(answers.toSorted()).toEqual([false, true])
    await crm.flush()
    expect(ran).toEqual(['a true 1'])
    const { decisions } = await crm.user().decisions.find({ decider: 'core.replay-job' })
    expect(decisions).toMatchObject([{ inputs: { id }, actor: { kind: 'user' } }])
    expect(await crm.user().operations.replayJob(id)).toBe(false)
  })

  test('only who may define sees or moves anything', async () => {
    const { operations } = crm.user({ id: 'rep', roles: ['rep'] })
    await expect(operations.jobs()).rejects.toThrow('FORBIDDEN')
    await expect(operations.health()).rejects.toThrow('FORBIDDEN')
    await expect(operations.dropJob('00000000-0000-7000-8000-000000000000')).rejects.toThrow('FORBIDDEN')
  })

  test('what is no job, or no input of it, is refused', async () => {
    const user = crm.user()
    const stranger = defineJob<Mail>({ ...send, id: 'mail.stranger' })
    await expect(user.enqueue(stranger, { to: 'a' })).rejects.toThrow('JOB_UNKNOWN')
    await expect(user.enqueue(send, { from: 'a' } as never)).rejects.toThrow('JOB_INPUT_INVALID')
    await expect(user.enqueue(send, { to: 'a' }, { key: '' })).rejects.toThrow('PARAMETER_INVALID')
    await expect(user.enqueue(send, { to: 'a' }, { delay: -1 })).rejects.toThrow('PARAMETER_INVALID')
    await expect(user.enqueue(send, { to: 'a'.repeat(100_001) })).rejects.toThrow('LIMIT_EXCEEDED')
    await expect(
      user.records(order).create({ name: 'x' }, { enqueue: Array.from({ length: 101 }, () => jobRequest(send, { to: 'a' })) }),
    ).rejects.toThrow('LIMIT_EXCEEDED')
    expect(await jobsOf()).toEqual([])
  })
})

test('a job that is declared wrongly is told of before anything runs', () => {
  const wrong = (job: Partial<Job<Mail>>) =>
    definePlugin({ id: 'mail', version: '1.0.0', core: '^0.1.0', setup: (plugin) => void plugin.job({ ...send, ...job }) })
  for (const job of [
    { id: 'send' },
    { id: 'other.send' },
    { attempts: 0 },
    { attempts: 101 },
    { firstPause: -1 },
    { concurrency: 0 },
    { priority: 'urgent' as never },
    { input: null as never },
  ])
    expect(() => createCrm({ store: sqlite(':memory:'), plugins: [wrong(job)()], standard: false }), JSON.stringify(job)).toThrow(
      'PLUGIN_INVALID',
    )
})
