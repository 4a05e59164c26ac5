import { customer, deal, stage } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

describe.each(engines)('figures of the past on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), now: day('2026-01-10') })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  test('stages, owners and amounts are what they were, whatever happened since', async () => {
    const user = crm.user()
    const { records: stages } = await user.records(stage).find({ sort: ['order'] })
    const [first, second] = stages
    if (!first || !second) throw new Error('no stages')
    const deals = user.records(deal)
    const moved = await deals.create({ name: 'moved', stageId: first.id, amount: { minor: 100, currency: 'CNY' } })
    const still = await deals.create({ name: 'still', stageId: first.id, amount: { minor: 40, currency: 'CNY' } })
    crm.clock.now = day('2026-02-10')
    const later = await deals.update(moved, { stageId: second.id, amount: { minor: 900, currency: 'CNY' }, ownerId: 'bob' })
    await deals.create({ name: 'new', stageId: first.id, amount: { minor: 7, currency: 'CNY' } })
    crm.clock.now = day('2026-03-10')
    await deals.remove(later)
    await deals.update(still, { stageId: second.id })

    const asOf = async (date: string) =>
      Object.fromEntries(
        (await deals.aggregate({ asOf: day(date), group: ['stageId'], measures: ['count', 'sum:amount'] })).map(({ group, values }) => [
          group.stageId === first.id ? 'first' : 'second',
          values,
        ]),
      )
    expect(await asOf('2026-01-01')).toEqual({})
    expect(await asOf('2026-01-20')).toEqual({ first: { count: 2, 'sum:amount': 140 } })
    expect(await asOf('2026-02-20')).toEqual({ first: { count: 2, 'sum:amount': 47 }, second: { count: 1, 'sum:amount': 900 } })
    expect(await asOf('2026-03-20')).toEqual({ first: { count: 1, 'sum:amount': 7 }, second: { count: 1, 'sum:amount': 40 } })
    expect(
      await deals.aggregate({ asOf: day('2026-01-20'), where: { ownerId: 'ada', amount: { gt: { minor: 50, currency: 'CNY' } } } }),
    ).toEqual([{ group: {}, values: { count: 1 } }])
    expect(await deals.aggregate({ asOf: day('2026-02-20'), where: { ownerId: 'bob' } })).toEqual([{ group: {}, values: { count: 1 } }])
  })

  test('what has no history is refused, not guessed', async () => {
    const customers = crm.user().records(customer)
    for (const query of [{ asOf: 1.5 }, { asOf: 1, search: 'x' }, { asOf: 1, where: { version: 1 } }, { asOf: 1, group: ['updatedBy'] }]) {
      await expect(customers.aggregate(query as never)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    }
  })
})
