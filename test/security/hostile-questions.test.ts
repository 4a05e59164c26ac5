import { createCrm, defineObject, definePlugin, type ObjectHandle } from '@guanxi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

interface Offer {
  readonly name: string
  readonly price?: string | null
  readonly pieces?: number | null
  readonly amount?: { readonly minor: number; readonly currency: string } | null
}
const offer = defineObject('offer', {
  type: 'object',
  properties: {
    name: { type: 'string', search: true },
    price: { kind: 'decimal', scale: 2 },
    pieces: { type: 'integer' },
    amount: { kind: 'money' },
  },
}) as unknown as ObjectHandle<Offer>
const plugin = definePlugin({ id: 'offers', version: '1.0.0', core: '*', setup: (p) => void p.object(offer) })
const most = Number.MAX_SAFE_INTEGER
const names = ['NEAR(oak, table)', 'oak OR 1=1', 'oak chair', 'table']

describe.each(engines)('on $name', (engine) => {
  let database: Database
  let crm: ReturnType<typeof createCrm>
  const offers = () => crm.as({ id: 'ada' }).records(offer)

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({ store: database.store(), tenant: 'test', standard: false, plugins: [plugin()] })
    await crm.open()
    const [near = '', or = '', chair = '', table = ''] = names
    await offers().createMany([
      { name: near, price: '0.10', pieces: most, amount: { minor: most, currency: 'CNY' } },
      { name: or, price: '0.10', pieces: 2, amount: { minor: 1, currency: 'CNY' } },
      { name: chair, price: '0.10', pieces: -5, amount: { minor: -most, currency: 'EUR' } },
      { name: table, price: null, pieces: null, amount: null },
    ])
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test.each([
    '"',
    "'",
    'NEAR(',
    'NEAR(oak table, 5)',
    '*',
    'oak*',
    'oak OR table',
    'oak AND',
    'NOT oak',
    'name:oak',
    '^oak',
    '-oak',
    '(oak',
    'oak & !table',
    'oak <-> table',
    '%',
    '_',
    '\\',
    "oak'; drop table offer; --",
  ])('attack:F13 a search for %j takes every sign as text', async (search) => {
    const { records } = await offers().find({ search, limit: 10 })
    // Nothing is an operator: found is what has every word, and no sign widens or narrows it.
    const words = search.toLowerCase().match(/[a-z0-9]+/g) ?? []
    const wanted = names.filter((name) => words.length > 0 && words.every((word) => name.toLowerCase().includes(word)))
    expect(records.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted())
    expect(await offers().count()).toBe(4)
  })

  test('attack:F15 figures are exact, held at the largest exact number, and never over two currencies', async () => {
    const [all] = await offers().aggregate({ measures: ['sum:price', 'sum:pieces', 'max:pieces', 'min:pieces'] })
    expect(all?.values).toEqual({ 'sum:price': '0.30', 'sum:pieces': most - 3, 'max:pieces': most, 'min:pieces': -5 })
    const [high] = await offers().aggregate({ where: { pieces: { gt: 0 } }, measures: ['sum:pieces'] })
    expect(high?.values).toEqual({ 'sum:pieces': most })
    const byCurrency = await offers().aggregate({ where: { amount: { isNull: false } }, measures: ['sum:amount'] })
    expect(byCurrency.map(({ group, values }) => [group.currency, values['sum:amount']])).toEqual([
      ['CNY', most],
      ['EUR', -most],
    ])
  })
})
