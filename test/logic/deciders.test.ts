import { type Crm, createCrm, defineDecider, definePlugin } from '@guanxi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { customer, sale, shop } from './shop.ts'

const promote = defineDecider({
  id: 'rules.promote',
  kind: 'condition',
  object: customer,
  label: { 'zh-CN': '升级', en: 'Promote' },
  rules: [
    {
      id: 'busy',
      when: { openSales: { gte: 2 } } as never,
      set: { level: 'A' },
      because: { 'zh-CN': '有 {n} 个在谈', en: '{n} sales are open', values: { n: { var: 'openSales' } } },
    },
  ],
})

const tenfold = defineDecider({
  id: 'rules.tenfold',
  kind: 'condition',
  object: sale,
  label: { 'zh-CN': '十件', en: 'Tenfold' },
  rules: [{ id: 'few', when: { total: { lt: '50.00' } } as never, set: { pieces: 10 }, because: { 'zh-CN': '太少', en: 'Too few' } }],
})

const rules = definePlugin({
  id: 'rules',
  version: '1.0.0',
  core: '*',
  requires: { shop: '*' },
  setup(p) {
    p.decider(promote as never)
    p.decider(tenfold as never)
  },
})

describe.each(engines)('deciders over computed fields on $name', (engine) => {
  let database: Database
  let crm: Crm
  const admin = { id: 'ada', roles: ['admin'] }

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({ store: database.store(), tenant: 'test', plugins: [shop(), rules()], standard: false })
    await crm.open()
    const big = await crm.as(admin).records(customer).create({ name: 'Big', level: 'B' })
    await crm.as(admin).records(customer).create({ name: 'Small', level: 'B' })
    await crm
      .as(admin)
      .records(sale)
      .createMany([
        { title: 'one', customerId: big.id, pieces: 2, price: '10.00' },
        { title: 'two', customerId: big.id, pieces: 9, price: '10.00' },
      ])
    for (const id of [promote.id, tenfold.id]) {
      await crm.as(admin).deciders.propose(id, { limits: { blast: { records: null, share: null } } } as never)
      await crm.as(admin).deciders.advance(id, { to: 'on' })
    }
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test('a condition may ask for a roll-up, and its sentence tells the value', async () => {
    const preview = await crm.as(admin).deciders.preview(promote.id)
    expect(preview).toMatchObject({ affected: 1, path: { way: 'statement' } })
    expect(preview.sample[0]?.because.en).toBe('2 sales are open')
    expect(await crm.as(admin).deciders.run(promote.id)).toMatchObject({ status: 'done', run: { affected: 1 } })
    expect(
      await crm
        .as(admin)
        .records(customer)
        .count({ where: { level: 'A' } }),
    ).toBe(1)
  })

  test('what formulas come from is set through the write, so that they follow', async () => {
    const { path } = await crm.as(admin).deciders.preview(tenfold.id)
    expect(path).toEqual({ way: 'batches', because: expect.arrayContaining(['total is computed from what is set']) })
    const totals = async () =>
      (
        await crm
          .as(admin)
          .records(sale)
          .find({ sort: ['title'] })
      ).records.map(({ total }) => total)
    const done = await crm.as(admin).deciders.run(tenfold.id)
    if (done.status !== 'done') throw new Error('It should have run.')
    expect(await totals()).toEqual(['100.00', '90.00'])
    // Taking it back does not write the formula either: it follows.
    await crm.as(admin).deciders.undo(done.run.id)
    expect(await totals()).toEqual(['20.00', '90.00'])
  })

  test('a formula is nothing that a decider can set', async () => {
    const given = {
      object: 'sale',
      label: tenfold.label,
      rules: [{ id: 'x', when: {}, set: { total: '1.00' }, because: { 'zh-CN': 'x', en: 'x' } }],
    }
    await expect(crm.as(admin).deciders.propose(tenfold.id, given as never)).rejects.toMatchObject({ code: 'FIELD_COMPUTED' })
  })
})
