import type { Session } from '@guanxi/core'
import { customer, deal } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const access = {
  admin: '*',
  reader: { '*': ['read'] },
  own: { customer: { read: 'own', create: 'all', update: 'own', delete: 'own', restore: 'own' }, pipeline: ['read'], stage: ['read'] },
  seller: { customer: { read: 'all', update: 'own' } },
} as const

describe.each(engines)('rights on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let writes: string[] = []

  beforeAll(async () => {
    database = await engine.create()
    const observe = ({ sql }: { sql: string }) => {
      if (/\b(insert|update|delete)\b/i.test(sql.replaceAll(/"[^"]*"/g, '').replaceAll(/for update/gi, ''))) writes.push(sql)
    }
    crm = await createTestCrm({ store: database.store({ observe }), access })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  test('attack:P15 whoever lacks a right is refused before anything is written', async () => {
    const target = await crm.user().records(customer).create({ name: 'Northern Light' })
    const refused: Record<string, (session: Session) => Promise<unknown>> = {
      create: (session) => session.records(customer).create({ name: 'x' }),
      createMany: (session) => session.records(customer).createMany([{ name: 'x' }]),
      update: (session) => session.records(customer).update(target, { name: 'x' }),
      updateMany: (session) => session.records(customer).updateMany({ ids: [target.id], maxAffected: 1 }, { name: 'x' }),
      remove: (session) => session.records(customer).remove(target),
      removeMany: (session) => session.records(customer).removeMany({ ids: [target.id], maxAffected: 1 }),
      restore: (session) => session.records(customer).restore(target),
      'add a field': (session) => session.definitions.addField('customer', 'secret', { type: 'string' }),
      'date a write': (session) => session.records(customer).create({ name: 'x' }, { at: 1 }),
    }
    const reader = crm.user({ id: 'reader', roles: ['reader'] })
    writes = []
    for (const [name, run] of Object.entries(refused)) await expect(run(reader), name).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const [name, run] of Object.entries(refused))
      await expect(run(crm.user({ id: 'nobody', roles: [] })), name).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(writes).toEqual([])
  })

  test('with a reach of one’s own, other people’s records do not exist: not in pages, counts, sums, groups or expansions', async () => {
    const admin = crm.user()
    const theirs = await admin.records(customer).create({ name: 'Reach theirs', ownerId: 'bert', employees: 10 })
    const mine = await admin.records(customer).create({ name: 'Reach mine', ownerId: 'olga', employees: 1, parentId: theirs.id })
    const own = crm.user({ id: 'olga', roles: ['own'] }).records(customer)
    const where = { name: { startsWith: 'Reach' } } as const
    expect((await own.find({ where, count: true, expand: ['parentId'] })).records).toMatchObject([
      { id: mine.id, related: { parentId: null } },
    ])
    expect((await own.find({ where, count: true })).total).toBe(1)
    expect(await own.count({ where })).toBe(1)
    expect(await own.aggregate({ where, measures: ['count', 'sum:employees'] })).toEqual([
      { group: {}, values: { count: 1, 'sum:employees': 1 } },
    ])
    expect((await own.find({ search: 'theirs' })).records).toEqual([])
    for (const attempt of [
      () => own.get(theirs.id),
      () => own.changes(theirs.id),
      () => own.update({ id: theirs.id, version: 'any' }, { name: 'x' }),
      () => own.remove({ id: theirs.id, version: 'any' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(own.updateMany({ ids: [theirs.id], maxAffected: 1 }, { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await own.updateMany({ where, maxAffected: 5 }, { region: '华东' })).toEqual({ ids: [mine.id] })
  })

  test('who may read a record but not change it is told so; who may not read it is not', async () => {
    const record = await crm.user().records(customer).create({ name: 'Seen, not touched', ownerId: 'bert' })
    const seller = crm.user({ id: 'olga', roles: ['seller'] }).records(customer)
    await expect(seller.update(record, { name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(seller.update({ id: '018f0000-0000-7000-8000-000000000000', version: 1 }, { name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('an object that may not be read has no definition, no records and no expansion', async () => {
    const own = crm.user({ id: 'olga', roles: ['own'] })
    await expect(own.definitions.get('deal')).rejects.toMatchObject({ code: 'OBJECT_UNKNOWN' })
    expect((await own.definitions.list()).map(({ name }) => name)).toEqual(['customer', 'pipeline', 'stage'])
    await expect(own.records(deal).find()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(own.records(deal).aggregate({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('attack:F08 a cursor works for its reader and its question only', async () => {
    const admin = crm.user().records(customer)
    await admin.createMany(Array.from({ length: 5 }, (_, index) => ({ name: `Cursor ${index}` })))
    const where = { name: { startsWith: 'Cursor' } } as const
    const { cursor } = await admin.find({ where, limit: 2 })
    if (!cursor) throw new Error('no second page')
    expect((await admin.find({ where, limit: 2, cursor })).records).toHaveLength(2)
    const other = crm.user({ id: 'reader', roles: ['reader'] }).records(customer)
    for (const attempt of [
      () => other.find({ where, limit: 2, cursor }),
      () => crm.user({ tenant: 'elsewhere' }).records(customer).find({ where, limit: 2, cursor }),
      () => admin.find({ where: { name: { startsWith: 'C' } }, cursor }),
      () => admin.find({ where, sort: ['name'], cursor }),
      () => admin.find({ where, cursor: cursor.slice(0, -3) }),
      () => admin.find({ where, cursor: `x${cursor}` }),
      () => admin.find({ where, cursor: '' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    }
  })

  test.each([0, -1, 501, 1e9, Number.NaN, Number.POSITIVE_INFINITY, 1.5, '10; drop', null])(
    'attack:F08 a page of %s records is refused',
    async (limit) => {
      await expect(
        crm
          .user()
          .records(customer)
          .find({ limit: limit as never }),
      ).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/limit' })
    },
  )

  test.each([
    [{ $gt: '' }],
    [{ name: { $gt: '' } }],
    [{ name: { like: '%' } }],
    [{ name: { toString: 'x' } }],
    [{ name: [['a']] }],
    [{ __proto__: null, constructor: 'x' }],
    [{ employees: 'many' }],
    [{ employees: { gt: { eq: 1 } } }],
    [{ and: { name: 'x' } }],
    [[]],
    ['name'],
  ])('attack:F02 the filter %j is refused', async (where) => {
    const failure = await crm
      .user()
      .records(customer)
      .find({ where: where as never })
      .then(
        () => null,
        (error) => error,
      )
    expect(['RULE_OP', 'RULE_SHAPE', 'RULE_TYPE', 'FIELD_UNKNOWN']).toContain(failure?.code)
  })
})
