import { describe, expect, it } from 'vitest'
import type { FieldView } from '../src/client/types.ts'
import { allOf } from '../src/list/all-of.ts'
import { comparisonsOf, isComplete, toggled, whereOf } from '../src/list/condition.ts'
import { periodRange, periods } from '../src/list/period.ts'
import { fromText, sameSettings, toText } from '../src/list/view-settings.ts'
import { definitions } from './support/definitions.ts'
import { matches } from './support/fake-query.ts'

const [deal] = definitions
if (!deal) throw new Error('The sample has no deal.')
const fieldNamed = (name: string): FieldView => {
  const found = deal.fields.find((field) => field.name === name)
  if (!found) throw new Error(`There is no field ${name}.`)
  return found
}
const asking = { now: new Date(2026, 2, 12, 10).getTime(), me: 'u-li' }
const where = (...conditions: Parameters<typeof whereOf>[1]) => whereOf(deal, conditions, null, asking)

describe('Conditions', () => {
  it('are sent in the simple form, side by side on different fields, in a list on the same one', () => {
    expect(where({ field: 'priority', is: 'in', value: ['high'] }, { field: 'ownerId', is: 'notIn', value: ['u-sun'] })).toEqual({
      and: [{ priority: { in: ['high'] } }, { not: { ownerId: { in: ['u-sun'] } } }],
    })
    expect(where({ field: 'priority', is: 'in', value: ['high'] }, { field: 'name', is: 'contains', value: '云' })).toEqual({
      priority: { in: ['high'] },
      name: { contains: '云' },
    })
    expect(where({ field: 'probability', is: 'gte', value: 10 }, { field: 'probability', is: 'lte', value: 60 })).toEqual({
      and: [{ probability: { gte: 10 } }, { probability: { lte: 60 } }],
    })
  })

  it('say “me” for whoever asks', () => {
    expect(where({ field: 'ownerId', is: 'in', value: ['@me', 'u-sun'] })).toEqual({ ownerId: { in: ['u-li', 'u-sun'] } })
  })

  it('compare amounts in one currency, both ends included', () => {
    const money = (minor: number) => ({ minor, currency: 'CNY' })
    const condition = where({ field: 'amount', is: 'between', value: [money(100), money(200)] })
    const record = (minor: number, currency = 'CNY') => ({ id: 'a', version: 1, amount: { minor, currency } })
    expect([99, 100, 150, 200, 201].map((minor) => matches(record(minor), condition))).toEqual([false, true, true, true, false])
    expect(matches(record(150, 'USD'), condition)).toBe(false)
  })

  it('match nothing when they cannot be asked any more: dropping them would show too much', () => {
    expect(where({ field: 'gone', is: 'empty' })).toEqual({ or: [] })
    expect(where({ field: 'amount', is: 'contains', value: 'x' })).toEqual({ or: [] })
    expect(matches({ id: 'a', version: 1 }, where({ field: 'gone', is: 'filled' }))).toBe(false)
  })

  it('leave out what is not finished', () => {
    expect(where({ field: 'name', is: 'contains', value: '' })).toEqual({})
    expect(isComplete({ field: 'closeDate', is: 'between', value: ['2026-01-01', null] })).toBe(false)
    expect(where({ field: 'closeDate', is: 'empty' }, { field: 'source', is: 'filled' })).toEqual({
      closeDate: { isNull: true },
      source: { isNull: false },
    })
  })

  it('stand beside the host’s own condition, which stays as it is', () => {
    expect(whereOf(deal, [{ field: 'priority', is: 'in', value: ['high'] }], { stageId: 's2' }, asking)).toEqual({
      and: [{ stageId: 's2' }, { priority: { in: ['high'] } }],
    })
    expect(allOf([{}, {}])).toEqual({})
  })

  it('offer every kind of field only what the server can answer', () => {
    for (const field of deal.fields) {
      for (const is of comparisonsOf(field)) {
        const sent = where({ field: field.name, is, value: is === 'between' ? [1, 2] : is === 'period' ? 'today' : ['x'] })
        const [operand] = Object.values(is === 'notIn' ? (sent.not as object) : sent)
        expect(field.operators).toEqual(expect.arrayContaining(Object.keys(operand as object)))
      }
    }
    expect(comparisonsOf({ ...fieldNamed('name'), operators: ['isNull'] })).toEqual(['empty', 'filled'])
  })

  it('take one value more or less, and go with the last', () => {
    const one = toggled([], fieldNamed('priority'), 'high')
    expect(one).toEqual([{ field: 'priority', is: 'in', value: ['high'] }])
    expect(toggled(one, fieldNamed('priority'), 'high')).toEqual([])
    expect(toggled([], fieldNamed('needs'), 'crm')).toEqual([{ field: 'needs', is: 'hasAny', value: ['crm'] }])
  })
})

describe('Periods in words', () => {
  it.each([
    ['today', { gte: '2026-03-12', lte: '2026-03-12' }],
    ['thisWeek', { gte: '2026-03-09', lte: '2026-03-15' }],
    ['lastWeek', { gte: '2026-03-02', lte: '2026-03-08' }],
    ['thisMonth', { gte: '2026-03-01', lte: '2026-03-31' }],
    ['lastMonth', { gte: '2026-02-01', lte: '2026-02-28' }],
    ['thisQuarter', { gte: '2026-01-01', lte: '2026-03-31' }],
    ['thisYear', { gte: '2026-01-01', lte: '2026-12-31' }],
    ['last7Days', { gte: '2026-03-06', lte: '2026-03-12' }],
    ['next30Days', { gte: '2026-03-12', lte: '2026-04-10' }],
    ['past', { lte: '2026-03-11' }],
    ['future', { gte: '2026-03-13' }],
  ] as const)('%s', (period, range) => {
    expect(periodRange(period, false, asking.now)).toEqual(range)
  })

  it('begin a week on Monday, also on a Sunday', () => {
    expect(periodRange('thisWeek', false, new Date(2026, 2, 15, 23).getTime())).toEqual({ gte: '2026-03-09', lte: '2026-03-15' })
  })

  it.each(periods)('%s means the same days for moments as for dates', (period) => {
    const dates = periodRange(period, false, asking.now) as { gte?: string; lte?: string }
    const moments = periodRange(period, true, asking.now) as { gte?: number; lte?: number }
    const start = dates.gte === undefined ? undefined : new Date(`${dates.gte}T00:00:00`).getTime()
    const end = dates.lte === undefined ? undefined : new Date(`${dates.lte}T23:59:59.999`).getTime()
    expect(moments).toEqual({ ...(start !== undefined && { gte: start }), ...(end !== undefined && { lte: end }) })
  })
})

describe('A saved arrangement', () => {
  const initial = { columns: [], widths: {}, sort: '-updatedAt', groupBy: null, conditions: [] }

  it('comes back as it was', () => {
    const settings = {
      columns: ['name', 'amount'],
      widths: { amount: 200 },
      sort: '-amount',
      groupBy: 'stageId',
      conditions: [{ field: 'priority', is: 'in', value: ['high'] }],
    } as const
    expect(fromText(toText(settings), deal, initial)).toEqual(settings)
    expect(sameSettings(settings, fromText(toText(settings), deal, initial))).toBe(true)
    expect(sameSettings(settings, initial)).toBe(false)
  })

  it.each(['', 'null', '[]', '{', '{"columns":1,"widths":[],"sort":5,"groupBy":{},"conditions":{}}'])(
    'is never worse than the list as it comes: %s',
    (text) => {
      expect(fromText(text, deal, initial)).toEqual(initial)
    },
  )

  it('forgets columns that are gone, and keeps conditions for the list to show as broken', () => {
    const text = JSON.stringify({
      columns: ['name', 'gone'],
      sort: '-gone',
      groupBy: 'gone',
      conditions: [
        { field: 'gone', is: 'empty' },
        { field: 'amount', is: 'contains', value: 'x' },
        { field: 'amount', is: 'empty' },
      ],
    })
    const { conditions, ...rest } = fromText(text, deal, initial)
    expect(rest).toEqual({ columns: ['name'], widths: {}, sort: '-updatedAt', groupBy: null })
    expect(conditions).toHaveLength(3)
  })
})
