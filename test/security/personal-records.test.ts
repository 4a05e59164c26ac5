import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, defineObject, definePlugin } from '@guanxi/core'
import { savedView } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const access = { admin: '*', rep: { '*': ['read', 'create', 'update', 'delete', 'restore'] } } as const
const hidden = { code: 'NOT_FOUND' }

describe.each(engines)('records that belong to their owner on $name', (engine) => {
  let database: Database
  let crm: TestCrm

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), access })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const views = (id: string, roles: readonly string[] = ['rep']) => crm.user({ id, roles }).records(savedView)

  test.each([['rep'], ['admin']])('attack:P15 an unshared view does not exist for another %s, through any door', async (role) => {
    const own = await views('olga').create({ name: `Mine ${role}`, object: 'deal', settings: 'secret columns' })
    const other = views('bert', [role])
    const where = { name: own.name }
    expect((await other.find({ where, count: true })).records).toEqual([])
    expect((await other.find({ where, count: true })).total).toBe(0)
    expect((await other.find({ search: own.name })).records).toEqual([])
    expect(await other.count({ where })).toBe(0)
    expect(await other.count({ where: { settings: { contains: 'secret' } } })).toBe(0)
    expect(await other.aggregate({ where, group: ['ownerId'] })).toEqual([])
    for (const attempt of [
      () => other.get(own.id),
      () => other.changes(own.id),
      () => other.explain(own.id, where),
      () => other.update({ id: own.id, version: 'any' }, { shared: true }),
      () => other.updateMany({ ids: [own.id], maxAffected: 1 }, { shared: true }),
      () => other.remove({ id: own.id, version: 'any' }),
      () => other.restore({ id: own.id, version: 'any' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject(hidden)
    }
    expect(await other.updateMany({ where, maxAffected: 5 }, { shared: true })).toEqual({ ids: [] })
    expect((await views('olga').get(own.id)).shared).toBe(false)
  })

  test('a shared view is seen by everybody, changed by its owner and by admins, and hidden again', async () => {
    const own = await views('olga').create({ name: 'For all', object: 'deal', shared: true })
    expect((await views('bert').get(own.id)).name).toBe('For all')
    expect(await views('bert').count({ where: { name: 'For all' } })).toBe(1)
    await expect(views('bert').update(own, { name: 'Taken' })).rejects.toMatchObject({ code: 'STANDARD_VIEW_OF_OTHER' })
    const renamed = await views('ada', ['admin']).update(own, { name: 'For all of us' })
    const unshared = await views('olga').update(renamed, { shared: false })
    await expect(views('bert').get(own.id)).rejects.toMatchObject(hidden)
    await expect(views('bert').update(unshared, { name: 'Taken' })).rejects.toMatchObject(hidden)
    await views('olga').remove(unshared)
    await expect(views('bert').restore({ id: own.id, version: 'any' })).rejects.toMatchObject(hidden)
    expect((await views('bert').find({ deleted: 'only', where: { name: 'For all of us' } })).records).toEqual([])
    expect((await views('olga').restore({ id: own.id, version: 'any' })).id).toBe(own.id)
  })

  test('a role that reaches only its own sees no shared ones either', async () => {
    const narrow = await createTestCrm({
      store: database.store(),
      access: { rep: { saved_view: { read: 'own', create: 'all', update: 'own' } }, admin: '*' },
    })
    const shared = await narrow
      .user({ id: 'olga', roles: ['rep'] })
      .records(savedView)
      .create({ name: 'Narrow', object: 'deal', shared: true })
    await expect(
      narrow
        .user({ id: 'bert', roles: ['rep'] })
        .records(savedView)
        .get(shared.id),
    ).rejects.toMatchObject(hidden)
    await narrow.close()
  })
})

test('sharing hangs on a boolean field', () => {
  const note = defineObject(
    'note',
    { type: 'object', properties: { title: { type: 'string' }, open: { type: 'string' } } },
    { sharedBy: 'open' },
  )
  const notes = definePlugin({ id: 'notes', version: '1.0.0', core: '*', setup: (p) => void p.object(note) })
  const make = () => createCrm({ store: sqlite(':memory:'), standard: false, plugins: [notes()] })
  expect(make).toThrow(expect.objectContaining({ code: 'DEFINITION_INVALID' }))
})
