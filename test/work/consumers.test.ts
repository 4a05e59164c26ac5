import { type ConsumedChange, type ConsumerContext, committed, defineConsumer, defineObject, definePlugin, newId } from '@guanxi/core'
import { changeTable, consumerTable, parkedTable, type Store } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, note: { type: 'string' }, stage: { type: 'string' } },
})
const other = defineObject('other', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })

type Hear = (changes: readonly ConsumedChange[], context: ConsumerContext) => unknown

/** What the receivers of a test do; set anew by each. */
const receiver: { feed: Hear; batch: Hear; hook: (text: string) => void } = { feed: () => {}, batch: () => {}, hook: () => {} }

const feeds = definePlugin({
  id: 'feeds',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.object(other)
    plugin.consumer(defineConsumer({ id: 'feeds.all', objects: [order], run: (changes, context) => receiver.feed(changes, context) }))
    plugin.consumer(defineConsumer({ id: 'feeds.batch', batch: 50, run: (changes, context) => receiver.batch(changes, context) }))
    plugin.hook(
      committed(order, { id: 'won', on: ['update'], fields: ['stage'] }, (change, { key, attempt }) =>
        receiver.hook(`${change.values.stage?.[1]} ${change.version} ${key.endsWith(':feeds:won')} ${attempt}`),
      ),
    )
  },
})

describe.each(engines)('consumers on $name', (engine) => {
  let database: Database
  let store: Store
  let crm: TestCrm
  let told: string[]
  beforeAll(async () => {
    database = await engine.create()
    store = database.store()
    crm = await createTestCrm({ store, plugins: [feeds()], standard: false })
  })
  beforeEach(async () => {
    receiver.feed = receiver.batch = () => {}
    receiver.hook = () => {}
    await crm.flush()
    for (const { consumer, changeId } of (await crm.user().operations.parked({ limit: 200 })).changes)
      await crm.user().operations.dropParked(consumer, changeId)
    told = []
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const orders = () => crm.user().records(order)
  const parkedOf = async (consumer = 'feeds.all') => (await crm.user().operations.parked({ consumer, limit: 200 })).changes
  const note = (change: ConsumedChange) => `${change.values?.name?.[1] ?? change.recordId.slice(-4)} ${change.version}`
  const restart = async () => {
    await crm.close()
    const now = crm.clock.now
    store = database.store()
    crm = await createTestCrm({ store, plugins: [feeds()], standard: false, now })
  }

  test('everybody hears of each change once, in the order of the writes, from where the log was when they came', async () => {
    const seen: ConsumedChange[] = []
    receiver.feed = (changes) => void seen.push(...changes)
    receiver.hook = (text) => void told.push(text)
    const first = await orders().create({ name: 'a' })
    await crm.user().records(other).create({ name: 'not for orders' })
    await orders().update(first, { stage: 'won' })
    await orders().update({ id: first.id, version: 'any' }, { note: 'x' })
    await orders().remove({ id: first.id, version: 'any' })
    await crm.flush()
    await crm.flush()
    await restart()
    await crm.flush()
    expect(seen.map(({ operation, version }) => `${operation} ${version}`)).toEqual(['create 1', 'update 2', 'update 3', 'delete 4'])
    expect(seen[1]).toMatchObject({
      object: 'order',
      recordId: first.id,
      values: { stage: [null, 'won'] },
      actor: { kind: 'user', id: 'ada' },
    })
    expect(new Set(seen.map(({ key }) => key)).size).toBe(4)
    expect(told).toEqual(['won 2 true 1'])
  })

  test('a poisonous change is parked with those of its record behind it, the rest goes on, and in the end all is told in order', async () => {
    let broken = true
    receiver.feed = ([change]) => {
      if (!change) return
      if (broken && change.recordId === bad.id) throw new Error('cannot digest')
      told.push(`${change.recordId === bad.id ? 'bad' : 'good'} ${change.version}`)
    }
    const bad = await orders().create({ name: 'bad' })
    const good = await orders().create({ name: 'good' })
    await orders().update(bad, { note: '1' })
    await orders().update(good, { note: '1' })
    await crm.flush()
    expect(told).toEqual(['good 1', 'good 2'])
    await orders().update({ id: bad.id, version: 'any' }, { note: '2' })
    await orders().update({ id: good.id, version: 'any' }, { note: '2' })
    await crm.flush()
    expect(told).toEqual(['good 1', 'good 2', 'good 3'])
    expect((await parkedOf()).map(({ version, attempt, error, retryAt }) => [version, attempt, error, retryAt !== null])).toEqual([
      [1, 3, 'Error: cannot digest', true],
      [2, 0, '', false],
      [3, 0, '', false],
    ])
    broken = false
    crm.clock.now += 3_600_000
    await crm.flush()
    expect(told.slice(3)).toEqual(['bad 1', 'bad 2', 'bad 3'])
    expect(await parkedOf()).toEqual([])
    await orders().update({ id: bad.id, version: 'any' }, { note: '3' })
    await crm.flush()
    expect(told.at(-1)).toBe('bad 4')
  })

  test('what fails for good waits for an operator, who replays it or takes it out; both are kept', async () => {
    let broken = true
    receiver.feed = ([change]) => {
      if (broken && change?.version === 1) throw new Error('never')
      told.push(`${change?.version}`)
    }
    const made = await orders().create({ name: 'x' })
    await orders().update(made, { note: '1' })
    await crm.flush()
    for (let round = 0; round < 25; round++) {
      crm.clock.now += 3_600_000
      await crm.flush()
    }
    const [head] = await parkedOf()
    expect(head).toMatchObject({ version: 1, attempt: 20, retryAt: null, recordId: made.id })
    expect(await crm.health()).toMatchObject({
      ok: false,
      consumers: expect.arrayContaining([expect.objectContaining({ id: 'feeds.all', parked: 2, retrying: 0 })]),
    })
    const { operations } = crm.user({ id: 'bob' })
    expect(await operations.replayParked('feeds.all', made.id)).toBe(true)
    await crm.flush()
    expect(await parkedOf()).toHaveLength(2)
    broken = false
    expect(await operations.dropParked('feeds.all', head?.changeId ?? '')).toBe(true)
    expect(await operations.dropParked('feeds.all', head?.changeId ?? '')).toBe(false)
    await crm.flush()
    expect(told).toEqual(['2'])
    const { decisions } = await crm.user().decisions.find()
    expect(decisions.slice(0, 2).map(({ decider, actor }) => [decider, actor.id])).toEqual([
      ['core.drop-change', 'bob'],
      ['core.replay-change', 'bob'],
    ])
  })

  test('attack:J07 while a receiver is away its consumer waits instead of parking the whole log, and others hear everything', async () => {
    let away = true
    let tries = 0
    receiver.feed = () => {
      tries += 1
      if (away) throw new Error('receiver is away')
      told.push('told')
    }
    let batched = 0
    receiver.batch = (changes) => {
      batched += changes.length
    }
    const names = Array.from({ length: 700 }, (_, index) => ({ name: `n${index}` }))
    await orders().createMany(names)
    await crm.flush()
    expect(batched).toBe(700)
    expect(tries).toBeLessThan(60)
    expect((await parkedOf()).length).toBeLessThanOrEqual(100)
    const before = tries
    for (let round = 0; round < 10; round++) {
      crm.clock.now += 3_600_000
      await crm.flush()
    }
    expect(tries - before).toBeLessThanOrEqual(20)
    away = false
    for (let round = 0; round < 5; round++) {
      crm.clock.now += 3_600_000
      await crm.flush()
    }
    expect(told).toHaveLength(700)
    expect(await parkedOf()).toEqual([])
  })

  test('a batch that fails is told one by one, so that only the poison is parked', async () => {
    const sizes: number[] = []
    receiver.batch = (changes) => {
      sizes.push(changes.length)
      if (changes.some((change) => change.values?.name?.[1] === 'poison')) throw new Error('cannot digest')
      told.push(...changes.map(note))
    }
    await orders().createMany(['a', 'b', 'poison', 'c'].map((name) => ({ name })))
    await crm.flush()
    expect(Math.max(...sizes)).toBe(4)
    expect(told.toSorted()).toEqual(['a 1', 'b 1', 'c 1'])
    expect(await parkedOf('feeds.batch')).toHaveLength(1)
  })

  test('two processes never tell side by side, and one takes over from another that hangs', async () => {
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    receiver.feed = async ([change]) => {
      told.push(`first ${change?.version}`)
      reached.resolve()
      await gate.promise
    }
    const made = await orders().create({ name: 'x' })
    await orders().update(made, { note: '1' })
    const hung = crm.flush()
    await reached.promise
    const second = await createTestCrm({ store: database.store(), plugins: [feeds()], standard: false, now: crm.clock.now })
    try {
      await second.flush()
      expect(told).toEqual(['first 1'])
      const expire = { table: consumerTable, columns: ['lease_until'] }
      await store.direct.set(expire, [0], { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 }, ['*', 'feeds.all'])
      receiver.feed = ([change]) => void told.push(`second ${change?.version}`)
      await second.flush()
      expect(told).toEqual(['first 1', 'second 1', 'second 2'])
      gate.resolve()
      await hung.catch(() => {})
      await crm.flush()
      await second.flush()
      // The one that hung may end what it had begun, but it cannot move the cursor back.
      const places = await store.direct.select({ table: consumerTable, columns: ['id', 'cursor'], order: [], revision: false }, ['*'])
      const { rows } = await store.direct.changesAfter(String(places.find(({ id }) => id === 'feeds.all')?.cursor), 10)
      expect(rows.filter((row) => row.object === 'order')).toEqual([])
    } finally {
      await second.close()
    }
  })

  test('a change that nobody can read is parked for an operator at once and stops nobody', async () => {
    receiver.batch = (changes) => void told.push(...changes.map(note))
    await orders().create({ name: 'before' })
    const columns = changeTable.columns.map(({ name }) => name)
    const ghost: Record<string, unknown> = { tenant_id: 'test', id: newId(), object: 'ghost', record_id: newId(), version: 1, op: 'create' }
    const rest = { at: 1, recorded_at: 1, actor_kind: 'user', actor_id: 'ada', values: '{}', salt: '', digest: '' }
    await store.direct.put({ table: changeTable, columns }, [columns.map((name) => ({ ...ghost, ...rest })[name] ?? null)], 'error')
    await orders().create({ name: 'after' })
    await crm.flush()
    expect(told.toSorted()).toEqual(['after 1', 'before 1'])
    expect(await parkedOf('feeds.batch')).toMatchObject([
      { object: 'ghost', retryAt: null, error: 'Error: No plugin defines ghost any more.' },
    ])
  })

  test('attack:K04 a page that is told again after a crash, and a line whose first change went with a crash, go on by themselves', async () => {
    let broken = true
    receiver.feed = ([change]) => {
      if (broken) throw new Error('cannot digest')
      told.push(`${change?.version}`)
    }
    const places = () =>
      store.direct.select(
        {
          table: consumerTable,
          columns: ['cursor'],
          where: { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
          order: [],
          revision: false,
        },
        ['*', 'feeds.all'],
      )
    const [before] = await places()
    const made = await orders().create({ name: 'x' })
    await orders().update(made, { note: '1' })
    await crm.flush()
    // The process died before it wrote down how far it was.
    await store.direct.set(
      { table: consumerTable, columns: ['cursor'] },
      [before?.cursor],
      { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
      ['*', 'feeds.all'],
    )
    await restart()
    await crm.flush()
    expect((await parkedOf()).map(({ version, retryAt }) => [version, retryAt !== null])).toEqual([
      [1, true],
      [2, false],
    ])
    // Another one died after it had taken the first change away.
    const [head] = await parkedOf()
    await store.direct.delete(parkedTable, { op: 'eq', operand: { column: 'change_id', nullable: false }, param: 1 }, [
      'test',
      head?.changeId,
    ])
    broken = false
    await restart()
    await crm.flush()
    crm.clock.now += 1
    await crm.flush()
    expect(told).toEqual(['2'])
    expect(await parkedOf()).toEqual([])
  })

  test('attack:J06 where processes died each change counts as tried before it is told, also behind a parked one, and nobody else is parked', async () => {
    let broken = false
    receiver.feed = async ([change]) => {
      if (broken) throw new Error('cannot digest')
      told.push(`${change?.version}: ${(await parkedOf()).map(({ version, attempt }) => `${version} tried ${attempt}`)}`)
    }
    const start = await store.work.endOfChanges()
    /** On PostgreSQL the log is read up to the oldest transaction of the server, whosever it is: what is told together has to be there. */
    const readable = (count: number) => expect.poll(async () => (await store.direct.changesAfter(start, 10)).rows.length).toBe(count)
    /** Processes that took the consumer and were never heard of again. */
    const die = async () => {
      for (const name of ['first', 'second']) expect(await store.work.takeConsumer('feeds.all', name, -1)).not.toBeNull()
    }
    const made = await orders().create({ name: 'x' })
    await orders().update(made, { note: '1' })
    await readable(2)
    await die()
    await crm.flush()
    expect(told.splice(0)).toEqual(['1: 1 tried 1', '2: 2 tried 1'])
    expect(await parkedOf()).toEqual([])
    broken = true
    for (const note of ['2', '3']) await orders().update({ id: made.id, version: 'any' }, { note })
    await crm.flush()
    broken = false
    crm.clock.now += 3_600_000
    await orders().create({ name: 'y' })
    await readable(5)
    await die()
    await crm.flush()
    expect(told.splice(0)).toEqual(['3: 3 tried 4,4 tried 0', '4: 4 tried 1', '1: 1 tried 1'])
    await orders().create({ name: 'z' })
    await crm.flush()
    expect(told).toEqual(['1: '])
  })

  test('one poisonous record in a quiet system does not keep the others waiting', async () => {
    receiver.feed = ([change]) => {
      if (change?.values?.name?.[1] === 'bad') throw new Error('cannot digest')
      told.push(note(change as ConsumedChange))
    }
    await orders().create({ name: 'bad' })
    for (let round = 0; round < 15; round++) {
      await crm.flush()
      crm.clock.now += 3_600_000
    }
    await orders().create({ name: 'good' })
    await crm.flush()
    expect(told).toEqual(['good 1'])
  })

  test('an old place in the log that all committed hooks shared is where each of them goes on', async () => {
    receiver.hook = (text) => void told.push(text)
    const made = await orders().create({ name: 'x' })
    await crm.flush()
    const places = { table: consumerTable, columns: ['tenant_id', 'id', 'cursor', 'lease_owner', 'lease_until', 'fence'] }
    const cursor = await store.work.endOfChanges()
    await store.direct.put(places, [['*', 'committed', cursor, null, null, 4]], 'replace')
    await store.direct.delete(consumerTable, { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 }, ['*', 'feeds:won'])
    await orders().update(made, { stage: 'won' })
    await restart()
    await crm.flush()
    expect(told).toEqual(['won 2 true 1'])
    await store.direct.delete(consumerTable, { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 }, ['*', 'committed'])
  })
})
