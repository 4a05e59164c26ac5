import { activity, contact, customer, deal, lead } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const day = 86_400_000
const access = { admin: '*', own: { deal: ['read'], activity: { read: 'own' } }, blind: { deal: ['read'] } } as const
const objects = { lead, customer, contact, deal }
const quiet = { none: [{ var: 'activities' }, { '>=': [{ var: 'occurredAt' }, { ago: 'P90D' }] }] } as const
const lastLongAgo = { '<': [{ maxOf: [{ var: 'activities' }, { var: 'occurredAt' }] }, { ago: 'P90D' }] } as const

describe.each(engines)('without activity in the last 90 days, on $name', (engine) => {
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

  const told = (object: string, id: string, days: number, ownerId = 'olga') => ({
    ...{ kind: 'call' as const, subject: { object, id }, occurredAt: crm.clock.now - days * day, ownerId },
  })
  const named = async (object: keyof typeof objects, where: unknown, roles?: readonly string[]): Promise<string[]> => {
    const reader = roles ? crm.user({ id: 'olga', roles }) : crm.user()
    const { records } = await reader.records(object).find({ where: where as never, sort: ['name'] })
    return records.map(({ name }) => String(name))
  }

  test.each(Object.keys(objects) as (keyof typeof objects)[])('finds each %s by what was about it and nothing else', async (object) => {
    const { ids } = await crm
      .user()
      .records(object)
      .createMany([{ name: 'a never' }, { name: 'b long ago' }, { name: 'c lately' }, { name: 'd both' }, { name: 'e other' }] as never)
    const [, longAgo = '', lately = '', both = '', other = ''] = ids
    const someOther = object === 'lead' ? 'customer' : 'lead'
    await crm
      .user()
      .records(activity)
      .createMany([
        ...[told(object, longAgo, 100), told(object, longAgo, 91), told(object, lately, 5), told(object, both, 200), told(object, both, 1)],
        // Something of another object has the same id.
        ...[told(someOther, other, 3)],
      ])
    expect(await named(object, quiet)).toEqual(['a never', 'b long ago', 'e other'])
    expect(await named(object, { not: quiet })).toEqual(['c lately', 'd both'])
    expect(await named(object, lastLongAgo)).toEqual(['b long ago'])
    expect(await named(object, { activities: { some: { kind: 'call', occurredAt: { lt: { ago: 'P90D' } } } } })).toEqual([
      'b long ago',
      'd both',
    ])
    expect(await named(object, { '===': [{ count: [{ var: 'activities' }] }, 2] })).toEqual(['b long ago', 'd both'])
    const records = crm.user().records(object)
    const why = await Promise.all(ids.map((id) => records.explain(id, quiet as never)))
    expect(why.map(({ result }) => result)).toEqual([true, true, false, false, true])
    expect(why[1]?.sentence.en).toMatch(/^no “Activities” since .+ \(“When”; the last: .+\)$/)
    expect(why[4]?.sentence['zh-CN']).toMatch(/^自.+以来没有「活动记录」（「发生时间」；最近一次：从未）$/)
    const { records: expanded } = await records.find({ where: { name: 'e other' } as never, expand: ['activities'] as never })
    expect((expanded[0] as unknown as { related: unknown }).related).toEqual({ activities: [] })
  })

  test('what is still to come is not the last that was', async () => {
    const { id } = await crm.user().records(deal).create({ name: 'w planned' })
    await crm
      .user()
      .records(activity)
      .createMany([told('deal', id, 100), told('deal', id, -400)])
    const upToNow = { '<=': [{ var: 'occurredAt' }, { now: [] }] }
    const where = { none: [{ var: 'activities' }, { and: [{ '>=': [{ var: 'occurredAt' }, { ago: 'P90D' }] }, upToNow] }] }
    const { result, sentence } = await crm
      .user()
      .records(deal)
      .explain(id, where as never)
    const year = new Date(crm.clock.now - 100 * day).getUTCFullYear()
    expect(result).toBe(true)
    expect(sentence.en).toMatch(new RegExp(`^no “Activities” since .+ \\(“When”; the last: .+ ${year}, `))
  })

  test('attack:P15 what somebody may not see is as if it had not happened; what they may not read at all cannot be asked', async () => {
    const { ids } = await crm
      .user()
      .records(deal)
      .createMany([{ name: 'x hers' }, { name: 'y his' }])
    const [hers = '', his = ''] = ids
    await crm
      .user()
      .records(activity)
      .createMany([told('deal', hers, 1), told('deal', his, 1, 'bert')])
    const where = { and: [quiet, { in: [{ var: 'name' }, ['x hers', 'y his']] }] }
    expect(await named('deal', where)).toEqual([])
    expect(await named('deal', where, ['own'])).toEqual(['y his'])
    const olga = crm.user({ id: 'olga', roles: ['own'] }).records(deal)
    expect((await olga.explain(his, quiet as never)).sentence.en).toContain('the last: never')
    await expect(
      crm
        .user({ id: 'eve', roles: ['blind'] })
        .records(deal)
        .count({ where: quiet as never }),
    ).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
    })
  })

  test('a record with more activities than a page may show is explained, previewed and given back', async () => {
    const { id } = await crm.user().records(deal).create({ name: 'z busy', ownerId: 'olga' })
    await crm
      .user()
      .records(activity)
      .createMany(Array.from({ length: 1_200 }, (_, index) => told('deal', id, 91 + index)))
    const explained = await crm
      .user()
      .records(deal)
      .explain(id, quiet as never)
    expect(explained.result).toBe(true)
    const { deciders } = crm.user()
    const made = await deciders.create({
      name: 'busy',
      object: 'deal',
      label: { 'zh-CN': '甲', en: 'A' },
      rules: [
        {
          id: 'quiet',
          when: { and: [{ '===': [{ var: 'name' }, 'z busy'] }, quiet] },
          set: { ownerId: null },
          because: {
            'zh-CN': '{days}',
            en: 'nothing for {days} days',
            values: { days: { daysBetween: [{ maxOf: [{ var: 'activities' }, { var: 'occurredAt' }] }, { now: [] }] } },
          },
        },
      ],
    })
    const preview = await deciders.preview(made.id)
    expect(preview).toMatchObject({ affected: 1, unknown: 0, sample: [{ id, because: { en: 'nothing for 91 days' } }] })
    await deciders.advance(made.id, { to: 'on' })
    expect(await deciders.run(made.id)).toMatchObject({ status: 'done', run: { affected: 1 } })
    expect((await deciders.why('deal', id))[0]?.because?.en).toBe('nothing for 91 days')
  })
})
