import type { Stored } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { type Customer, customer, type Sale, sale, shop } from './shop.ts'

const day = 86_400_000
const cny = (minor: number) => ({ minor, currency: 'CNY' })

describe.each(engines)('formulas on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let big: Stored<Customer>
  let small: Stored<Customer>
  const statements: string[] = []

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({
      store: database.store({ observe: ({ sql }) => statements.push(sql) }),
      plugins: [shop()],
      standard: false,
      access: {
        admin: '*',
        rep: { sale: { read: 'own', create: 'all', update: 'own' }, customer: ['read', 'create', 'update'] },
        clerk: { sale: ['read', 'create', 'update'] },
      } as never,
    })
    const customers = crm.user().records(customer)
    big = await customers.create({ name: 'Big', level: 'A' })
    small = await customers.create({ name: 'Small', level: 'B' })
    const sales = crm.user().records(sale)
    await sales.create({ title: 'one', customerId: big.id, amount: cny(1_000), probability: 50, pieces: 3, price: '10.50', weight: 1.5 })
    await sales.create({ title: 'two', customerId: big.id, amount: cny(301), probability: 50, pieces: 100, price: '2.00', ownerId: 'bob' })
    await sales.create({ title: 'three', customerId: big.id, state: 'won', amount: cny(7_000), pieces: 0, weight: 2 })
    await sales.create({ title: 'four', customerId: big.id, state: 'won', amount: { minor: 5, currency: 'USD' } })
    await sales.create({ title: 'five', state: 'lost', customerId: small.id })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const one = async (title: string): Promise<Stored<Sale>> => {
    const { records } = await crm.user().records(sale).find({ where: { title } })
    return records[0] as Stored<Sale>
  }

  test('stored: computed by the write, in the kind of the field, and null where something is missing', async () => {
    expect(await one('one')).toMatchObject({ weighted: cny(500), total: '31.50', grade: 'small' })
    // Halves go up.
    expect(await one('two')).toMatchObject({ weighted: cny(151), total: '200.00', grade: 'big' })
    expect(await one('three')).toMatchObject({ weighted: null, total: null })
  })

  test('stored: a create is one statement, and answers what it computed', async () => {
    statements.length = 0
    const made = await crm
      .user({ roles: ['clerk'] })
      .records(sale)
      .create({ title: 'made', pieces: 2, price: '60.00' })
    expect(made).toMatchObject({ total: '120.00', grade: 'big', weighted: null })
    await crm.user().records(sale).remove(made)
  })

  test('stored: follows the fields it needs, however many of them are sent', async () => {
    const sales = crm.user().records(sale)
    let made = await sales.create({ title: 'moves', pieces: 2, price: '10.00', amount: cny(100), probability: 10 })
    made = await sales.update(made, { pieces: 20 })
    expect(made).toMatchObject({ total: '200.00', grade: 'big', weighted: cny(10) })
    made = await sales.update(made, { pieces: 1, price: '1.00' })
    expect(made).toMatchObject({ total: '1.00', grade: 'small' })
    made = await sales.update(made, { amount: { minor: 300, currency: 'USD' } })
    expect(made).toMatchObject({ weighted: { minor: 30, currency: 'USD' }, doubled: { minor: 60, currency: 'USD' } })
    made = await sales.update(made, { amount: null })
    expect(made.weighted).toBeNull()
    const { entries } = await sales.changes(made.id)
    expect(entries[0]?.values).toMatchObject({ weighted: [{ minor: 30, currency: 'USD' }, null] })
    await sales.updateMany({ ids: [made.id], maxAffected: 1 }, { pieces: 300 })
    expect(await sales.get(made.id)).toMatchObject({ total: '300.00', grade: 'big' })
    const { ids } = await sales.createMany([{ title: 'bulk', pieces: 7, price: '1.00' }])
    expect(await sales.get(ids[0] ?? '')).toMatchObject({ total: '7.00', grade: 'small' })
    await sales.removeMany({ ids: [made.id, ...ids], maxAffected: 2 })
  })

  test('nobody writes a formula, not even a hook or the system', async () => {
    const sales = crm.user().records(sale)
    const refused = {
      code: 'VALIDATION_FAILED',
      details: { issues: [expect.objectContaining({ code: 'FIELD_COMPUTED', path: '/total' })] },
    }
    await expect(sales.create({ title: 'x', total: '1.00' })).rejects.toMatchObject(refused)
    await expect(sales.update(await one('one'), { total: null })).rejects.toMatchObject(refused)
    await expect(
      crm
        .as({ id: 'job', kind: 'system' } as never)
        .records(sale)
        .create({ title: 'x', total: '1.00' }),
    ).rejects.toMatchObject(refused)
    await expect(sales.update(await one('one'), { age: 1 })).rejects.toMatchObject({
      details: { issues: [expect.objectContaining({ code: 'FIELD_COMPUTED', path: '/age' })] },
    })
  })

  test('on read: with every record, wherever it is read', async () => {
    crm.clock.now += 3 * day
    expect(await one('one')).toMatchObject({ age: 3, label: 'one · Big', ratio: 0.5, customerLevel: 'A', doubled: cny(1_000) })
    // Nothing is divided by zero.
    expect(await one('three')).toMatchObject({ ratio: null, doubled: null })
    const { id } = await one('two')
    expect(await crm.user().records(sale).get(id)).toMatchObject({ age: 3, label: 'two · Big' })
    const { records } = await crm
      .user()
      .records(customer)
      .find({ where: { name: 'Big' }, expand: ['sales'] })
    const related = records[0]?.related?.sales as { title: string; label: string }[]
    expect(related.map(({ label }) => label).sort()).toEqual(['four · Big', 'one · Big', 'three · Big', 'two · Big'])
    const only = await crm
      .user()
      .records(sale)
      .find({ fields: ['age'], where: { title: 'one' } })
    expect(only.records[0]).toMatchObject({ age: 3 })
    expect(only.records[0]).not.toHaveProperty('label')
    crm.clock.now -= 3 * day
  })

  test('roll-ups over children: count, sum, least, greatest, whether there is one', async () => {
    const customers = crm.user().records(customer)
    expect(await customers.get(big.id)).toMatchObject({
      openSales: 2,
      wonValue: cny(7_000),
      smallest: '31.50',
      lastSale: crm.clock.now,
      hasLost: false,
      isBusy: true,
    })
    expect(await customers.get(small.id)).toMatchObject({ openSales: 0, wonValue: cny(0), smallest: null, hasLost: true, isBusy: false })
    const updated = await customers.update(small, { level: 'A' })
    expect(updated).toMatchObject({ openSales: 0, hasLost: true })
    small = updated
  })

  test('on read: filtered, sorted by and paged, grouped by and summed', async () => {
    const customers = crm.user().records(customer)
    const names = async (query: Parameters<typeof customers.find>[0]) => (await customers.find(query)).records.map(({ name }) => name)
    expect(await names({ where: { openSales: { gte: 1 } } })).toEqual(['Big'])
    expect(await names({ where: { isBusy: false } })).toEqual(['Small'])
    expect(await names({ where: { wonValue: { gt: cny(6_999) } } })).toEqual(['Big'])
    expect(await names({ sort: ['openSales'] })).toEqual(['Small', 'Big'])
    expect(await names({ sort: ['-wonValue'] })).toEqual(['Big', 'Small'])
    const sales = crm.user().records(sale)
    const walk = async (sort: string): Promise<string[]> => {
      const titles: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof sales.find>> = await sales.find({
          sort: [sort],
          limit: 2,
          ...(cursor && { cursor }),
          fields: ['title'],
        })
        titles.push(...page.records.map(({ title }) => title))
        cursor = page.cursor
      } while (cursor)
      return titles
    }
    expect((await walk('-ratio')).slice(0, 1)).toEqual(['one'])
    expect(new Set(await walk('ratio')).size).toBe(5)
    expect(new Set(await walk('-customerLevel')).size).toBe(5)
    expect(await walk('label')).toEqual(['five', 'four', 'one', 'three', 'two'])
    expect((await sales.find({ where: { 'customer.openSales': 2 } as never })).records).toHaveLength(4)
    const groups = await sales.aggregate({ group: ['customerLevel'], measures: ['count', 'sum:total', 'sum:ratio', 'avg:age'] })
    expect(groups).toEqual([{ group: { customerLevel: 'A' }, values: { count: 5, 'sum:total': '231.50', 'sum:ratio': 0.5, 'avg:age': 0 } }])
    expect(await customers.aggregate({ measures: ['sum:wonValue', 'max:openSales'] })).toEqual([
      { group: { currency: 'CNY' }, values: { 'sum:wonValue': 7_000, 'max:openSales': 2 } },
    ])
    expect(await sales.aggregate({ measures: ['sum:weighted', 'sum:pieces'] })).toContainEqual({
      group: { currency: 'CNY' },
      values: { 'sum:weighted': 651, 'sum:pieces': 103 },
    })
  })

  test('on read: an explanation tells the value that decided', async () => {
    const { result, sentence } = await crm
      .user()
      .records(customer)
      .explain(big.id, { openSales: { gte: 2 } })
    expect(result).toBe(true)
    expect(sentence.en).toContain('2')
  })

  test('attack:P14 a roll-up counts the rows that its reader may see', async () => {
    const bob = crm.user({ id: 'bob', roles: ['rep'] }).records(customer)
    expect(await bob.get(big.id)).toMatchObject({ openSales: 1, wonValue: cny(0), isBusy: false })
    expect((await bob.find({ where: { openSales: 1 } })).records).toHaveLength(1)
    expect((await bob.find({ where: { openSales: 2 } })).records).toHaveLength(0)
  })

  test('a formula that looks into what the reader may not see is as if it were not there', async () => {
    const clerk = crm.user({ id: 'cleo', roles: ['clerk'] }).records(sale)
    const { records } = await clerk.find({ where: { title: 'one' } })
    expect(records[0]).toMatchObject({ label: null, customerLevel: null, total: '31.50', age: 0 })
    const unknown = { code: 'FIELD_UNKNOWN' }
    await expect(clerk.find({ where: { label: 'one · Big' } })).rejects.toMatchObject(unknown)
    await expect(clerk.find({ sort: ['label'] })).rejects.toMatchObject(unknown)
    await expect(clerk.find({ fields: ['label'] })).rejects.toMatchObject(unknown)
    await expect(clerk.aggregate({ group: ['customerLevel'] })).rejects.toMatchObject(unknown)
    await expect(clerk.aggregate({ measures: ['max:label'] })).rejects.toMatchObject(unknown)
  })

  test('admins add formulas, too, over code fields and their own', async () => {
    const session = crm.user()
    await session.definitions.addField('sale', 'rebate', { kind: 'integer', minimum: 0, maximum: 100 })
    await session.definitions.addField('sale', 'net', {
      kind: 'decimal',
      scale: 2,
      formula: { mode: 'stored', logic: { '-': [{ var: 'total' }, { var: 'custom.rebate' }] } as never },
    })
    await session.definitions.addField('sale', 'netShare', {
      kind: 'number',
      formula: { logic: { '/': [{ var: 'custom.net' }, { var: 'total' }] } },
    })
    await session.definitions.addField('customer', 'nets', {
      kind: 'decimal',
      formula: { logic: { sum: [{ var: 'sales' }, { var: 'custom.net' }] } },
    })
    const sales = session.records(sale)
    const made = await sales.create({ title: 'admin', customerId: small.id, pieces: 10, price: '4.00', custom: { rebate: 30 } })
    expect(made.custom).toMatchObject({ net: '10.00', netShare: 0.25 })
    const changed = await sales.update(made, { custom: { rebate: 20 } })
    expect(changed.custom).toMatchObject({ net: '20.00', netShare: 0.5 })
    expect((await sales.find({ where: { 'custom.netShare': 0.5 } as never })).records).toHaveLength(1)
    expect((await session.records(customer).find({ sort: ['-custom.nets'] })).records[0]).toMatchObject({
      name: 'Small',
      custom: { nets: '20.00' },
    })
    await sales.remove(changed)
  })

  test('attack:R01 attack:R02 attack:R04 what admins write is checked when it is saved', async () => {
    const { definitions } = crm.user()
    const add = (logic: unknown, kind = 'integer') => definitions.addField('sale', 'bad', { kind, formula: { logic } } as never)
    let deep: unknown = { var: 'pieces' }
    for (let depth = 0; depth < 20_000; depth++) deep = { '+': [deep, 1] }
    const bad: unknown[] = [
      { frob: [1] },
      { '+': ['a', 1] },
      { var: 'nothing' },
      { var: 'constructor' },
      { var: '__proto__.toString' },
      deep,
      { var: 'custom.bad' },
    ]
    for (const logic of bad) await expect(add(logic)).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
    await expect(add({ cat: ["=cmd|' /C calc'!A1"] })).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
    await expect(add({ '===': [{ var: '$.actor.id' }, 'ada'] }, 'boolean')).rejects.toMatchObject({
      message: expect.stringContaining('who reads'),
    })
    expect((await definitions.get('sale')).field.has('custom.bad')).toBe(false)
  })
})
