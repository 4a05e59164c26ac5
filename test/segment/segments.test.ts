import { activity, customer, deal, lead, segment, segmentWhere } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const day = 86_400_000
const access = {
  admin: '*',
  rep: { '*': ['read', 'create', 'update', 'delete', 'restore'] },
  own: { lead: { read: 'own' }, activity: ['read'] },
  blind: { lead: ['read'] },
} as const

const cold = { none: [{ var: 'activities' }, { '>=': [{ var: 'occurredAt' }, { ago: 'P7D' }] }] } as const
const urgent = { urgency: 'high' } as const

describe.each(engines)('segments on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  const statements: string[] = []

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store({ observe: ({ sql }) => statements.push(sql) }), access })
    const leads = crm.user().records(lead)
    const { ids } = await leads.createMany(
      [
        ['warm and urgent', 'high', 'olga'],
        ['cold and urgent', 'high', 'olga'],
        ['cold', 'low', 'bert'],
        ['warm', 'low', 'bert'],
        ['long ago, urgent', 'high', 'bert'],
      ].map(([name, urgency, ownerId]) => ({ name: name as string, urgency: urgency as 'low', ownerId })),
    )
    const touch = async (index: number, days: number) => {
      await crm
        .user()
        .records(activity)
        .create({ kind: 'call', subject: { object: 'lead', id: ids[index] as string }, occurredAt: crm.clock.now - days * day })
    }
    await touch(0, 1)
    await touch(3, 2)
    await touch(4, 30)
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  test('a segment is saved, shared, read back and counted as any condition', async () => {
    const olga = crm.user({ id: 'olga', roles: ['rep'] })
    const bert = crm.user({ id: 'bert', roles: ['rep'] })
    const saved = await olga.records(segment).create({ name: '7 天没人跟进', object: 'lead', condition: JSON.stringify(cold) })
    expect(await bert.records(segment).count({ where: { object: 'lead' } })).toBe(0)
    const shared = await olga.records(segment).update(saved, { shared: true })
    const [found] = (await bert.records(segment).find({ where: { object: 'lead' } })).records
    if (!found) throw new Error('a shared segment is not found')
    const page = await bert.records(lead).find({ where: segmentWhere(found), limit: 2, count: true, sort: ['name'] })
    expect(page).toMatchObject({ total: 3, records: [{ name: 'cold' }, { name: 'cold and urgent' }] })
    await expect(bert.records(segment).update(shared, { name: 'x' })).rejects.toMatchObject({ code: 'STANDARD_SEGMENT_OF_OTHER' })
    await olga.records(segment).remove(shared)
  })

  test('the overlap of two conditions is one statement, with the figures of the counts', async () => {
    const leads = crm.user().records(lead)
    statements.length = 0
    const overlap = await leads.overlap(cold, urgent)
    expect(statements).toHaveLength(1)
    const counts = await Promise.all([cold, urgent, { and: [cold, urgent] }].map((where) => leads.count({ where })))
    expect([overlap.a, overlap.b, overlap.both]).toEqual(counts)
    expect(overlap).toEqual({ a: 3, b: 3, both: 2 })
    expect(await leads.overlap({ and: [] }, urgent)).toEqual({ a: 5, b: 3, both: 3 })
    expect(await leads.overlap({ or: [] }, { or: [] })).toEqual({ a: 0, b: 0, both: 0 })
  })

  test('attack:P15 an overlap counts what the reader may see, and names nothing they may not', async () => {
    const own = crm.user({ id: 'olga', roles: ['own'] }).records(lead)
    expect(await own.overlap(cold, urgent)).toEqual({ a: 1, b: 2, both: 1 })
    const blind = crm.user({ id: 'eve', roles: ['blind'] }).records(lead)
    await expect(blind.overlap(urgent, cold)).rejects.toMatchObject({ code: 'FIELD_UNKNOWN', path: expect.stringMatching(/^\/b/) })
    await expect(crm.user({ id: 'eve', roles: [] }).records(lead).overlap(urgent, urgent)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(own.overlap({ nothing: 1 } as never, urgent)).rejects.toMatchObject({ code: 'FIELD_UNKNOWN', path: '/a/nothing' })
  })

  test('a condition that could not be counted is never saved', async () => {
    const segments = crm.user().records(segment)
    const code = 'VALIDATION_FAILED'
    const refused = (values: { object: string; condition: string }, path: string, reason: string) =>
      expect(segments.create({ name: 'x', ...values })).rejects.toMatchObject({
        code,
        details: { issues: [{ code: reason, path }] },
      })
    await refused({ object: 'lead', condition: 'urgent!' }, '/condition', 'STANDARD_SEGMENT_CONDITION')
    await refused({ object: 'lead', condition: '[]' }, '/condition', 'STANDARD_SEGMENT_CONDITION')
    await refused({ object: 'lead', condition: '{"nothing":1}' }, '/condition', 'STANDARD_SEGMENT_CONDITION')
    await refused({ object: 'lead', condition: '{"changed":["name"]}' }, '/condition', 'STANDARD_SEGMENT_CONDITION')
    await refused({ object: 'nobody', condition: '{}' }, '/object', 'STANDARD_SEGMENT_OBJECT')
    const saved = await segments.create({ name: 'fine', object: 'lead', condition: JSON.stringify(urgent) })
    await expect(segments.update(saved, { condition: '{"nothing":1}' })).rejects.toMatchObject({ code })
    expect((await segments.update(saved, { name: 'renamed' })).name).toBe('renamed')
  })

  test('children of standard objects answer: activities, deals, contacts', async () => {
    const admin = crm.user()
    const big = await admin.records(customer).create({ name: '蓝海科技' })
    await admin.records(customer).create({ name: 'Small' })
    for (const minor of [9_000_000, 6_000_000])
      await admin.records(deal).create({ name: 'Deal', customerId: big.id, amount: { minor, currency: 'CNY' } })
    const sum = { sum: [{ var: 'deals' }, { inCurrency: [{ var: 'amount' }, 'CNY'] }] }
    const where = { '>': [sum, { money: [10_000_000, 'CNY'] }] }
    expect((await admin.records(customer).find({ where })).records.map(({ name }) => name)).toEqual(['蓝海科技'])
    const why = await admin.records(customer).explain(big.id, where)
    expect(why.result).toBe(true)
    expect(why.sentence.en).toContain('150,000')
    const owned = await admin.records(deal).create({ name: 'Named', customerId: big.id, ownerId: 'olga', closeDate: '2026-01-05' })
    await crm.directory.put({ tenant: 'test', people: [{ id: 'olga', name: '奥尔加' }] })
    const named = await admin
      .records(deal)
      .explain(owned.id, { ownerId: { in: ['olga'] }, customerId: big.id, closeDate: { lt: '2026-02-01' } })
    expect(named.sentence.en).toBe(
      '“Owner” (“奥尔加”) is one of “奥尔加”; “Customer” (“蓝海科技”) is “蓝海科技”; “Close date” (2026-01-05) is earlier than 2026-02-01',
    )
    const { related } = await admin.records(customer).get(big.id, { expand: ['deals', 'contacts', 'activities'] })
    expect(related).toMatchObject({ deals: [{}, {}, {}], contacts: [], activities: [] })
    const [warm] = (await admin.records(lead).find({ where: { name: 'warm' }, expand: ['activities'] })).records
    expect(warm?.related).toMatchObject({ activities: [{ kind: 'call' }] })
  })
})
