import { compileExpression, ExpressionError, type PlainFields } from '@guanxi/core/expression'
import { describe, expect, it } from 'vitest'

const fields: PlainFields = {
  name: 'text',
  stage: { kind: 'choice', options: [{ value: 'new' }, { value: 'won' }] },
  count: 'integer',
  few: { kind: 'integer', minimum: 0, maximum: 100 },
  ratio: 'number',
  price: { kind: 'decimal', scale: 2 },
  amount: 'money',
  hot: 'boolean',
  day: 'date',
  at: 'instant',
  tags: { kind: 'multiChoice', options: [{ value: 'a' }, { value: 'b' }] },
  owner: 'user',
  file: 'file',
}
const v = (name: string): unknown => ({ var: name })

/** The code and the pointer of a refusal. */
function refusal(logic: unknown, mode: 'both' | 'memory' = 'both'): string {
  try {
    compileExpression(logic, { fields, mode })
    return 'accepted'
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.code} ${error.path}`
    throw error
  }
}

describe('attack:R01 attack:F02 what is refused, with its place', () => {
  it.each([
    [{ map: [v('tags'), 1] }, 'RULE_OP /map'],
    [{ $gt: [v('count'), 1] }, 'RULE_OP /$gt'],
    [{ toString: [] }, 'RULE_OP /toString'],
    [{ constructor: [1] }, 'RULE_OP /constructor'],
    [{ __proto__: null, hasOwnProperty: [1] }, 'RULE_OP /hasOwnProperty'],
    [{ log: [1] }, 'RULE_OP /log'],
    [{ and: [true], or: [true] }, 'RULE_SHAPE '],
    [{}, 'RULE_SHAPE '],
    [null, 'RULE_NULL_LITERAL '],
    [[1, 2], 'RULE_SHAPE '],
    [{ '<': [v('count')] }, 'RULE_SHAPE '],
    [{ '===': [v('count'), 1, 2] }, 'RULE_SHAPE '],
    [{ and: [{ '<': [v('name'), 5] }] }, 'RULE_TYPE /and/0/</1'],
    [{ '===': [v('count'), 'many'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('count'), '1'] }, 'RULE_TYPE /===/1'],
    [{ in: [v('count'), [1, 'a']] }, 'RULE_TYPE /in/1/1'],
    [{ in: [v('count'), [1, null]] }, 'RULE_NULL_LITERAL /in/1/1'],
    [{ in: [v('stage'), ['old']] }, 'RULE_TYPE /in/1/0'],
    [{ '===': [v('stage'), 'old'] }, 'RULE_TYPE /===/1'],
    [{ '<': [v('stage'), 'won'] }, 'RULE_TYPE '],
    [{ '<': [v('count'), null] }, 'RULE_NULL_LITERAL /</1'],
    [{ '!!': [v('day')] }, 'RULE_TYPE /!!/0'],
    [{ and: [v('count')] }, 'RULE_TYPE /and/0'],
    [{ '===': [v('tags'), 'a'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('file'), 'a'] }, 'RULE_TYPE /===/1'],
    [{ '>': [v('amount'), 5] }, 'RULE_TYPE />/1'],
    [{ '>': [v('amount'), v('amount')] }, 'RULE_TYPE />/0'],
    [{ '===': [v('day'), '2026-02-30'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('at'), '2026-02-03'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('nothing'), 1] }, 'RULE_FIELD /===/0/var'],
    [{ var: 'name.length' }, 'RULE_FIELD /var'],
    [{ var: 'a.b.c.d.e' }, 'RULE_LIMIT /var'],
    [{ var: '' }, 'RULE_FIELD /var'],
    [{ var: 1 }, 'RULE_FIELD /var'],
    [{ var: '$.actor.password' }, 'RULE_FIELD /var'],
    [{ '+': [v('name'), 1] }, 'RULE_TYPE /+/0'],
    [{ '%': [v('ratio'), 2] }, 'RULE_TYPE /%/0'],
    [{ ago: 'a month' }, 'RULE_SHAPE /ago'],
    [{ round: [v('ratio'), 20] }, 'RULE_SHAPE /round/1'],
    [{ '===': [v('name'), 'a\u0000b'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('name'), '\ud800'] }, 'RULE_TYPE /===/1'],
    [{ '===': [v('ratio'), Number.NaN] }, 'RULE_RANGE /===/1'],
    [{ '===': [v('ratio'), 1e308] }, 'RULE_RANGE /===/1'],
    [{ '===': [v('count'), { minor: 1, currency: 'CNY' }] }, 'RULE_SHAPE /===/1'],
  ] as const)('%j', (logic, expected) => {
    expect(refusal(logic)).toBe(expected)
  })

  it('attack:R04 nothing on a prototype is a field', () => {
    for (const name of [
      'constructor',
      '__proto__',
      'prototype',
      '__proto__.toString',
      'toString',
      'custom.constructor',
      'constructor.name',
    ]) {
      expect(refusal({ '===': [v(name), 'x'] })).toMatch(/^RULE_FIELD/)
    }
  })

  it('what only runs in memory is refused where it must sweep', () => {
    expect(refusal({ changed: ['count'] })).toMatch(/^PUSH_MODE/)
    expect(refusal({ '===': [v('previous.count'), 1] })).toMatch(/^PUSH_MODE/)
    expect(refusal({ '>': [{ addMonths: [v('at'), 1] }, { now: [] }] })).toMatch(/^PUSH_CALENDAR/)
    expect(refusal({ '===': [{ substr: [v('name'), -2] }, 'x'] })).toMatch(/^PUSH_SUBSTR/)
    expect(refusal({ '===': [{ cat: [v('ratio')] }, 'x'] })).toMatch(/^PUSH_FORMAT/)
    for (const logic of [{ changed: ['count'] }, { '>': [{ addMonths: [v('at'), 1] }, { now: [] }] }, { cat: [v('ratio')] }]) {
      expect(refusal(logic, 'memory')).toBe('accepted')
    }
  })
})

describe('attack:R02 attack:F10 limits', () => {
  const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => ({ '!': [inner] }), true)

  it('depth 32, and no stack overflows at 20,000', () => {
    expect(refusal(nested(32))).toBe('accepted')
    expect(refusal(nested(33))).toMatch(/^RULE_LIMIT/)
    expect(refusal(nested(20_000))).toMatch(/^RULE_LIMIT/)
  })

  it('512 parts', () => {
    const wide = (count: number): unknown => ({ and: Array.from({ length: count }, () => true) })
    expect(refusal(wide(511))).toBe('accepted')
    expect(refusal(wide(512))).toMatch(/^RULE_LIMIT \/and/)
    expect(refusal(wide(100_000))).toMatch(/^RULE_LIMIT/)
  })

  it('1,000 list items and 1,000 characters', () => {
    const list = (count: number): unknown => ({ in: [v('count'), Array.from({ length: count }, (_, index) => index)] })
    expect(refusal(list(1_000))).toBe('accepted')
    expect(refusal(list(1_001))).toMatch(/^RULE_LIMIT/)
    expect(refusal({ '===': [v('name'), 'x'.repeat(1_000)] })).toBe('accepted')
    expect(refusal({ '===': [v('name'), 'x'.repeat(5_000_000)] })).toMatch(/^RULE_LIMIT/)
  })

  it('numbers that could leave what both databases compute exactly', () => {
    expect(refusal({ '*': Array.from({ length: 8 }, () => v('ratio')) })).toBe('accepted')
    expect(refusal({ '*': Array.from({ length: 40 }, () => v('ratio')) })).toMatch(/^RULE_RANGE/)
    expect(refusal({ '/': [v('few'), { '*': Array.from({ length: 30 }, () => v('ratio')) }] })).toMatch(/^RULE_RANGE/)
  })
})

describe('types of results', () => {
  const typeOf = (logic: unknown): string => {
    const { type } = compileExpression(logic, { fields, mode: 'memory' })
    return `${type.is}${type.scale ?? ''}${type.currency ?? ''}`
  }

  it.each([
    [{ '+': [v('few'), 1] }, 'int'],
    [{ '+': [v('count'), v('count')] }, 'num'],
    [{ '+': [v('price'), 1] }, 'decimal2'],
    [{ '*': [v('price'), v('ratio')] }, 'num'],
    [{ '/': [v('few'), 2] }, 'num'],
    [{ inCurrency: [v('amount'), 'CNY'] }, 'moneyCNY'],
    [{ '-': [{ inCurrency: [v('amount'), 'CNY'] }, { money: [100, 'CNY'] }] }, 'moneyCNY'],
    [{ '??': [v('price'), 0] }, 'decimal2'],
    [{ if: [v('hot'), 'a', 'b'] }, 'text'],
    [{ addDays: [v('at'), 1] }, 'instant'],
    [{ daysBetween: [v('day'), { today: [] }] }, 'int'],
  ] as const)('%j is %s', (logic, expected) => {
    expect(typeOf(logic)).toBe(expected)
  })
})
