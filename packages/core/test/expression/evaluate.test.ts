import { compileExpression, type ExpressionContext, ExpressionError, type PlainFields } from '@guanxi/core/expression'
import { describe, expect, it } from 'vitest'

const fields: PlainFields = {
  name: 'text',
  count: 'integer',
  ratio: 'number',
  price: { kind: 'decimal', scale: 2 },
  amount: 'money',
  hot: 'boolean',
  day: 'date',
  at: 'instant',
  tags: 'multiChoice',
}
const v = (name: string): unknown => ({ var: name })
const at = (text: string): number => Date.parse(text)
const context: ExpressionContext = {
  now: at('2026-03-31T16:30:00Z'),
  zone: 'Asia/Shanghai',
  actor: { id: 'ada', teamIds: ['east'], roles: ['rep'] },
}

function value(logic: unknown, record: Record<string, unknown> = {}, about: ExpressionContext = context): unknown {
  return compileExpression(logic, { fields, mode: 'memory' }).evaluate(record, about)
}

describe('null', () => {
  it.each([
    [{ '<': [v('count'), 5] }, false],
    [{ '>=': [v('count'), 0] }, false],
    [{ '!': [{ '<': [v('count'), 5] }] }, true],
    [{ '!==': [v('count'), 5] }, true],
    [{ '===': [v('count'), null] }, true],
    [{ '===': [v('count'), v('ratio')] }, true],
    [{ '+': [v('count'), 1] }, null],
    [{ max: [v('count'), 1] }, null],
    [{ '/': [1, 0] }, null],
    [{ '??': [v('count'), 7] }, 7],
    [{ cat: ['a', v('name'), 'b'] }, 'ab'],
    [{ daysBetween: [v('at'), { now: [] }] }, null],
    [{ in: [v('count'), [0]] }, false],
    [{ in: [v('count'), []] }, false],
    [{ hasNone: [v('tags'), ['a']] }, true],
    [{ '!!': [{ missing: ['tags'] }] }, true],
    [{ '!!': [{ missing_some: [2, ['name', 'count', 'hot']] }] }, true],
    [{ and: [] }, true],
    [{ or: [] }, false],
  ] as const)('%j of an empty record is %s', (logic, expected) => {
    expect(value(logic)).toBe(expected)
  })
})

describe('values', () => {
  it('gives decimals as text and amounts with their currency', () => {
    expect(value({ '+': [v('price'), 0.5] }, { price: '12.30' })).toBe('12.80')
    expect(value({ '-': [v('price'), 13] }, { price: '12.99' })).toBe('-0.01')
    const minus = { '-': [{ inCurrency: [v('amount'), 'CNY'] }, { money: [100, 'CNY'] }] }
    expect(value(minus, { amount: { minor: 350, currency: 'CNY' } })).toEqual({ minor: 250, currency: 'CNY' })
    expect(value(minus, { amount: { minor: 350, currency: 'USD' } })).toBe(null)
  })

  it('rounds halves up, whatever the engine of the database would do', () => {
    const rounded = [2.5, -2.5, 0.5, -0.5, 1.005, 0.49999999999999994].map((ratio) => value({ round: [v('ratio')] }, { ratio }))
    expect(rounded).toEqual([3, -2, 1, 0, 1, 1])
  })

  it('orders texts by code point', () => {
    expect(value({ '<': [v('name'), '😀'] }, { name: '\uFFFD' })).toBe(true)
    expect(value({ '<': [v('name'), '\uFFFD'] }, { name: '😀' })).toBe(false)
    expect(value({ length: [v('name')] }, { name: '😀a' })).toBe(2)
    expect(value({ substr: [v('name'), 1] }, { name: '😀ab' })).toBe('ab')
  })
})

describe('time', () => {
  it('is told in the zone of the tenant, months clamp to the end of the month', () => {
    expect(value({ today: [] })).toBe('2026-04-01')
    expect(value({ ago: 'P1M' })).toBe(at('2026-03-01T00:30:00+08:00'))
    expect(value({ ago: 'P1M' }, {}, { now: at('2026-03-31T12:00:00Z') })).toBe(at('2026-02-28T12:00:00Z'))
    expect(value({ fromNow: 'PT4H' })).toBe(context.now + 4 * 3_600_000)
    expect(value({ startOf: ['month'] })).toBe(at('2026-04-01T00:00:00+08:00'))
    expect(value({ startOf: ['quarter', -1] })).toBe(at('2026-01-01T00:00:00+08:00'))
    expect(value({ startOf: ['week'] })).toBe(at('2026-03-30T00:00:00+08:00'))
    expect(value({ startOf: ['year', 1] })).toBe(at('2027-01-01T00:00:00+08:00'))
  })

  it('knows that days differ in length', () => {
    const berlin = { now: at('2026-03-29T12:00:00Z'), zone: 'Europe/Berlin' }
    expect(value({ startOf: ['day'] }, {}, berlin)).toBe(at('2026-03-28T23:00:00Z'))
    expect(value({ startOf: ['day', 1] }, {}, berlin)).toBe(at('2026-03-29T22:00:00Z'))
    const saoPaulo = { now: at('2018-11-04T12:00:00Z'), zone: 'America/Sao_Paulo' }
    expect(value({ startOf: ['day'] }, {}, saoPaulo)).toBe(at('2018-11-04T03:00:00Z'))
  })

  it('is a day beside a day', () => {
    const due = { '<': [v('day'), { ago: 'P30D' }] }
    expect(value(due, { day: '2026-03-01' })).toBe(true)
    expect(value(due, { day: '2026-03-02' })).toBe(false)
    expect(value({ daysBetween: [v('day'), { today: [] }] }, { day: '2024-02-29' })).toBe(762)
  })

  it('counts whole days downwards, before 1970 too', () => {
    expect(value({ daysBetween: [v('at'), 0] }, { at: 1 })).toBe(-1)
    expect(value({ daysBetween: [v('at'), 0] }, { at: -86_400_001 })).toBe(1)
  })
})

describe('context and writes', () => {
  it('knows who asks', () => {
    const mine = compileExpression({ '===': [v('owner'), { var: '$.actor.id' }] }, { fields: { owner: 'user' } })
    expect([mine.evaluate({ owner: 'ada' }, context), mine.evaluate({ owner: 'bob' }, context)]).toEqual([true, false])
    const ours = compileExpression({ in: [v('team'), { var: '$.actor.teamIds' }] }, { fields: { team: 'text' } })
    expect([ours.evaluate({ team: 'east' }, context), ours.evaluate({ team: null }, context)]).toEqual([true, false])
  })

  it('sees what a write changes', () => {
    const becameHot = { and: [{ changed: ['hot'] }, v('hot')] }
    expect(value({ '!!': [becameHot] }, { hot: true }, { ...context, previous: { hot: false } })).toBe(true)
    expect(value({ '!!': [becameHot] }, { hot: true }, { ...context, previous: { hot: true } })).toBe(false)
    expect(value({ changed: ['tags'] }, { tags: ['a'] }, { ...context, previous: { tags: ['a'] } })).toBe(false)
  })
})

describe('related records', () => {
  const objects = {
    deal: {
      name: 'deal',
      fields: [
        { name: 'title', kind: 'text' },
        { name: 'customerId', kind: 'reference', to: 'customer' },
        { name: 'tasks', kind: 'children', to: 'task', by: 'dealId' },
      ],
    },
    customer: {
      name: 'customer',
      fields: [
        { name: 'level', kind: 'text' },
        { name: 'parentId', kind: 'reference', to: 'customer' },
      ],
    },
    task: {
      name: 'task',
      fields: [
        { name: 'hours', kind: 'integer' },
        { name: 'done', kind: 'boolean' },
      ],
    },
  }
  const compile = (logic: unknown) => compileExpression(logic, { object: objects.deal, objects: (name) => objects[name as 'deal'] })

  it('are named by what must be loaded', () => {
    const logic = { and: [{ '===': [v('customer.parent.level'), 'A'] }, { '>': [{ sum: [v('tasks'), v('hours'), v('done')] }, 5] }] }
    const { relationsNeeded, fieldsTouched, cost } = compile(logic)
    expect(relationsNeeded).toEqual([
      { path: 'customerId', object: 'customer', many: false, fields: ['parentId'] },
      { path: 'customerId.parentId', object: 'customer', many: false, fields: ['level'] },
      { path: 'tasks', object: 'task', many: true, fields: ['done', 'hours'] },
    ])
    expect(fieldsTouched).toEqual(['customerId', 'customerId.parentId', 'customerId.parentId.level', 'tasks', 'tasks.done', 'tasks.hours'])
    expect(cost).toBeGreaterThan(600)
  })

  it('give null where a reference leads nowhere, and an error where nothing was loaded', () => {
    const isA = compile({ '===': [v('customer.level'), 'A'] })
    expect(isA.evaluate({ customerId: '1', related: { customerId: { level: 'A' } } })).toBe(true)
    expect(isA.evaluate({ customerId: null })).toBe(false)
    expect(isA.evaluate({ customerId: '1', related: { customerId: null } })).toBe(false)
    expect(() => isA.evaluate({ customerId: '1' })).toThrow(
      expect.objectContaining({ code: 'PATH_NOT_LOADED', params: { path: 'customerId' } }) as ExpressionError,
    )
    expect(() => compile({ count: [v('tasks')] }).evaluate({})).toThrow(ExpressionError)
  })

  it('`all` is false where there is none, `none` is true', () => {
    const empty = { related: { tasks: [] } }
    expect(compile({ all: [v('tasks'), v('done')] }).evaluate(empty)).toBe(false)
    expect(compile({ none: [v('tasks'), v('done')] }).evaluate(empty)).toBe(true)
    expect(compile({ some: [v('tasks'), v('done')] }).evaluate(empty)).toBe(false)
  })

  it('at most four aggregates, none inside another, at most so dear', () => {
    const count = { count: [v('tasks')] }
    expect(() => compile({ '+': [count, count, count, count] })).not.toThrow()
    expect(() => compile({ '+': [count, count, count, count, count] })).toThrow(/RULE_LIMIT/)
    expect(() => compile({ some: [v('tasks'), { some: [v('tasks'), true] }] })).toThrow(/RULE_FIELD/)
    expect(() => compileExpression(count, { object: objects.deal, objects: (name) => objects[name as 'deal'], budget: 100 })).toThrow(
      /RULE_LIMIT/,
    )
  })
})
