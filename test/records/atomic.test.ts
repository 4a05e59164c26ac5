import { after, batch, committed, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const parcel = defineObject('parcel', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', search: true }, weight: { type: 'integer' }, routeIds: { kind: 'links', to: 'route' } },
})
const route = defineObject('route', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })

const post = definePlugin({
  id: 'post',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(parcel)
    plugin.object(route)
    plugin.errors({ POST_TOO_HEAVY: { message: { 'zh-CN': '太重了。', en: 'Too heavy.' } } })
    plugin.hook(
      batch.before(parcel, { id: 'limit', fields: ['weight'], reads: ['weight'] }, (changes, context) => {
        if (changes.some(({ next }) => (next.weight ?? 0) > 99)) context.reject('POST_TOO_HEAVY')
      }),
    )
    plugin.hook(
      after(parcel, { id: 'route', on: ['create'] }, async (change, context) => {
        if (change.next.weight !== 1) await context.records(route).create({ name: `for ${change.next.name}` })
      }),
    )
  },
})

/** Every row of every table, to compare before and after. */
const snapshot = async (crm: Awaited<ReturnType<typeof createTestCrm>>) => {
  const user = crm.user()
  const parcels = await user.records(parcel).find({ sort: ['id'], limit: 500 })
  const routes = await user.records(route).find({ sort: ['id'], limit: 500 })
  const tokens = await user.records(parcel).find({ search: 'box', limit: 500 })
  return JSON.stringify([parcels.records, routes.records, tokens.records.length])
}

describe.each(engines)('one write, whole or not at all, on $name', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await engine.create()
  })
  afterAll(() => database.drop())

  test('attack:K02 a write that fails at any of its database calls leaves nothing, and the next one works', async () => {
    let failAt = Number.POSITIVE_INFINITY
    let calls = 0
    const observe = () => {
      calls += 1
      if (calls === failAt) throw new Error('the database is gone')
    }
    const crm = await createTestCrm({ store: database.store({ observe }), plugins: [post()], standard: false })
    const witness = await createTestCrm({ store: database.store(), plugins: [post()], standard: false })
    try {
      const first = await crm.user().records(parcel).create({ name: 'box zero', weight: 2 })
      const useCases: Record<string, () => Promise<unknown>> = {
        create: () => crm.user().records(parcel).create({ name: 'box', weight: 1 }),
        'create with an after hook': () => crm.user().records(parcel).create({ name: 'box', weight: 2 }),
        'create many': () =>
          crm
            .user()
            .records(parcel)
            .createMany([
              { name: 'box a', weight: 2 },
              { name: 'box b', weight: 3 },
            ]),
        update: () =>
          crm
            .user()
            .records(parcel)
            .update({ id: first.id, version: 'any' }, { weight: calls + 3 > 99 ? 3 : calls + 3, name: `box ${calls}` }),
        remove: () => crm.user().records(parcel).remove({ id: first.id, version: 'any' }),
      }
      for (const [name, run] of Object.entries(useCases)) {
        for (let n = 1; ; n++) {
          const before = await snapshot(witness)
          calls = 0
          failAt = n
          const outcome = await run().then(
            () => 'done',
            (error: unknown) => error,
          )
          failAt = Number.POSITIVE_INFINITY
          if (outcome === 'done') {
            expect(n, name).toBeGreaterThan(1)
            break
          }
          expect(await snapshot(witness), `${name}, call ${n}`).toBe(before)
        }
      }
    } finally {
      await crm.close()
      await witness.close()
    }
  })

  test('a refusal in a hook undoes what other hooks wrote', async () => {
    const crm = await createTestCrm({ store: database.store(), plugins: [post()], standard: false })
    try {
      const before = await snapshot(crm)
      await expect(
        crm
          .user()
          .records(parcel)
          .createMany([
            { name: 'light', weight: 2 },
            { name: 'heavy', weight: 100 },
          ]),
      ).rejects.toMatchObject({ code: 'POST_TOO_HEAVY' })
      expect(await snapshot(crm)).toBe(before)
    } finally {
      await crm.close()
    }
  })

  test('several writes in one transaction stand or fall together', async () => {
    const crm = await createTestCrm({ store: database.store(), plugins: [post()], standard: false })
    try {
      const user = crm.user()
      const before = await snapshot(crm)
      const failure = user.transaction(async (session) => {
        await session.records(parcel).create({ name: 'first', weight: 2 })
        await session.records(parcel).create({ name: 'second', weight: 100 })
      })
      await expect(failure).rejects.toMatchObject({ code: 'POST_TOO_HEAVY' })
      expect(await snapshot(crm)).toBe(before)
      await user.transaction(async (session) => {
        await session.records(parcel).create({ name: 'kept', weight: 2 })
        await session
          .records(parcel)
          .create({ name: 'refused', weight: 100 })
          .catch(() => {})
      })
      expect(await user.records(parcel).count({ where: { name: { in: ['kept', 'refused'] } } })).toBe(1)
      await expect(user.transaction(() => user.records(parcel).count())).rejects.toMatchObject({ code: 'INSIDE_UNIT_OF_WORK' })
    } finally {
      await crm.close()
    }
  })

  test('a write with ten committed hooks asks the database for exactly what one with none asks', async () => {
    const asked = async (hooks: number): Promise<string[]> => {
      const statements: string[] = []
      const leaf = defineObject('leaf', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
      const tree = definePlugin({
        ...{ id: 'tree', version: '1.0.0', core: '^0.1.0' },
        setup(plugin) {
          plugin.object(leaf)
          for (let index = 0; index < hooks; index++) plugin.hook(committed(leaf, { id: `hook-${index}` }, () => {}))
        },
      })
      const store = database.store({ observe: ({ sql }) => statements.push(sql) })
      const crm = await createTestCrm({ store, plugins: [tree()], standard: false })
      try {
        const records = crm.user().records(leaf)
        await records.create({ name: 'the first' })
        statements.length = 0
        const { ids } = await records.createMany([{ name: 'a' }, { name: 'b' }])
        const created = await records.create({ name: 'one' })
        await records.remove(await records.update(created, { name: 'two' }))
        await records.updateMany({ where: { id: { in: ids } }, maxAffected: 2 }, { name: 'three' })
        return [...statements]
      } finally {
        await crm.close()
      }
    }
    const none = await asked(0)
    expect(none.length).toBeGreaterThan(4)
    expect(await asked(10)).toEqual(none)
  })

  test('committed hooks get every change once it is committed, in order per record', async () => {
    const seen: string[] = []
    const watcher = definePlugin({
      id: 'watcher',
      version: '1.0.0',
      core: '^0.1.0',
      requires: { post: '^1.0.0' },
      setup: (plugin) => {
        plugin.hook(committed(parcel, { id: 'watch' }, (change) => void seen.push(`${change.id} ${change.version} ${change.operation}`)))
      },
    })
    const crm = await createTestCrm({ store: database.store(), plugins: [post(), watcher()], standard: false })
    try {
      await crm.flush()
      seen.length = 0
      const records = crm.user().records(parcel)
      const created = await records.create({ name: 'tracked', weight: 2 })
      const updated = await records.update(created, { weight: 5 })
      await records.remove(updated)
      await crm.flush()
      expect(seen).toEqual([`${created.id} 1 create`, `${created.id} 2 update`, `${created.id} 3 delete`])
    } finally {
      await crm.close()
    }
  })
})
