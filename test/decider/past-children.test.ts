import { activity, contact, customer, deal } from '@guanxi/core/standard'
import { changeTable } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const day = 86_400_000
const because = { 'zh-CN': '因为', en: 'because' }
const quiet = { none: [{ var: 'activities' }, { '>=': [{ var: 'occurredAt' }, { ago: 'P10D' }] }] } as const

/** The days of a window of 100 on which a rule would have acted, by record. */
describe.each(engines)('a back-test over child records as they were, on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let today = 0
  let turn = 0

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store() })
    today = crm.clock.now
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const user = () => crm.user()
  const ago = (days: number) => today - days * day
  const deals = (...names: string[]) =>
    user()
      .records(deal)
      .createMany(
        names.map((name) => ({ name, ownerId: 'olga' })),
        { at: names.map(() => ago(200)) },
      )
  const call = (id: string, days: number) =>
    user()
      .records(activity)
      .create({ kind: 'call', subject: { object: 'deal', id }, occurredAt: ago(days) }, { at: ago(days) })
  /** As when a person is erased: what the record was before its changes is gone. */
  async function erase(id: string): Promise<void> {
    const store = database.store()
    await store.open()
    const at = (column: string, param: number) => ({ op: 'eq', operand: { column, nullable: false }, param }) as const
    const where = { op: 'and', of: [at('record_id', 2), at('op', 3)] } as const
    await store.direct.set({ table: changeTable, columns: ['values'] }, [null], where, ['test', null, id, 'update'])
    await store.close()
  }
  /** On how many of the instants 100, 90 … 0 days ago each record would have been acted on. */
  async function decided(when: unknown, object = 'deal') {
    const { deciders } = user()
    const { id } = await deciders.create({
      name: `rule-${++turn}`,
      object,
      label: because,
      rules: [{ id: 'only', when, set: { ownerId: null }, because }] as never,
    })
    const found = await deciders.backtest(id, { days: 100, everyDays: 10, to: today })
    const { most, considered, unknown, instants } = found
    expect(instants).toBe(11)
    return { considered, unknown, decided: found.decided.next, instants: Object.fromEntries(most.map((one) => [one.name, one.differing])) }
  }

  test('counts what had happened by then, not what has happened since', async () => {
    const { ids } = await deals('never', 'early', 'late')
    await call(ids[1] ?? '', 95)
    await call(ids[2] ?? '', 5)
    // Early: the call of 95 days ago is within 10 days on day 90 only. Late: only today knows of the call.
    expect((await decided(quiet)).instants).toEqual({ never: 11, early: 10, late: 10 })
  })

  test('a child that was deleted, came back, changed or went to another record is where and what it was', async () => {
    const { ids } = await deals('deleted', 'restored', 'changed', 'left', 'joined')
    const [deleted = '', restored = '', changed = '', left = '', joined = ''] = ids
    const calls = user().records(activity)
    const one = await call(deleted, 55)
    await calls.remove({ id: one.id, version: 'any' }, { at: ago(52) })
    const two = await call(restored, 55)
    await calls.remove({ id: two.id, version: 'any' }, { at: ago(54) })
    // What was deleted can be brought back for 30 days.
    crm.clock.now = ago(48)
    await calls.restore({ id: two.id, version: 'any' })
    crm.clock.now = today
    const three = await call(changed, 55)
    await calls.update({ id: three.id, version: 'any' }, { outcome: 'commitment' }, { at: ago(45) })
    const four = await call(left, 65)
    await calls.update({ id: four.id, version: 'any' }, { subject: { object: 'deal', id: joined }, occurredAt: ago(45) }, { at: ago(45) })
    const names = { in: [{ var: 'name' }, ['deleted', 'restored', 'changed', 'left', 'joined']] }
    const has = { some: [{ var: 'activities' }, { '===': [{ var: 'kind' }, 'call'] }] }
    expect((await decided({ and: [names, has] })).instants).toEqual({ restored: 5, changed: 6, left: 2, joined: 5 })
    const committed = { some: [{ var: 'activities' }, { '===': [{ var: 'outcome' }, 'commitment'] }] }
    expect((await decided({ and: [names, committed] })).instants).toEqual({ changed: 5 })
    const total = { '>': [{ count: [{ var: 'activities' }] }, 0] }
    expect((await decided({ and: [names, total] })).instants).toEqual({ restored: 5, changed: 6, left: 2, joined: 5 })
  })

  test('children of a record that is referred to, and what they refer to themselves', async () => {
    const { id: customerId } = await user()
      .records(customer)
      .create({ name: 'Blue' }, { at: ago(200) })
    const { id: contactId } = await user()
      .records(contact)
      .create({ name: 'Wang', customerId }, { at: ago(200) })
    await user()
      .records(deal)
      .create({ name: 'of Blue', customerId, ownerId: 'olga' }, { at: ago(200) })
    const subject = { object: 'customer', id: customerId }
    await user()
      .records(activity)
      .create({ kind: 'visit', subject, contactId, occurredAt: ago(33) }, { at: ago(33) })
    const visited = { some: [{ var: 'customerId.activities' }, { '===': [{ var: 'contactId.name' }, 'Wang'] }] }
    expect((await decided(visited)).instants).toEqual({ 'of Blue': 4 })
  })

  test('however many records its children refer to', async () => {
    const many = 1_100
    const { ids } = await deals('busy')
    const subject = { object: 'deal', id: ids[0] ?? '' }
    const names = Array.from({ length: many }, (_, index) => ({ name: `Contact ${index}` }))
    const contacts: string[] = []
    for (const start of [0, 550]) {
      const some = names.slice(start, start + 550)
      contacts.push(...(await user().records(contact).createMany(some)).ids)
    }
    for (const start of [0, 550]) {
      const some = contacts.slice(start, start + 550)
      await user()
        .records(activity)
        .createMany(
          some.map((contactId) => ({ kind: 'call', subject, contactId, occurredAt: ago(15) })),
          { at: some.map(() => ago(15)) },
        )
    }
    const known = { count: [{ var: 'activities' }, { '!==': [{ var: 'contactId.name' }, null] }] }
    expect((await decided({ '===': [known, many] })).instants).toEqual({ busy: 2 })
  })

  test('what was erased is unknown, and what has no past is refused', async () => {
    const { ids } = await deals('erased')
    const four = await call(ids[0] ?? '', 65)
    await user()
      .records(activity)
      .update({ id: four.id, version: 'any' }, { outcome: 'refused' }, { at: ago(45) })
    await erase(four.id)
    const had = {
      and: [{ '===': [{ var: 'name' }, 'erased'] }, { some: [{ var: 'activities' }, { '===': [{ var: 'outcome' }, 'refused'] }] }],
    }
    // Today's value is known; whether the record would have been due before is not.
    expect(await decided(had)).toMatchObject({ instants: { erased: 5 } })
    const never = {
      and: [{ '===': [{ var: 'name' }, 'erased'] }, { some: [{ var: 'activities' }, { '===': [{ var: 'outcome' }, 'objection'] }] }],
    }
    expect(await decided(never)).toMatchObject({ decided: 0, unknown: 1 })
    const touched = { some: [{ var: 'activities' }, { '>': [{ var: 'updatedAt' }, { ago: 'P1D' }] }] }
    await expect(decided(touched)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })
})
