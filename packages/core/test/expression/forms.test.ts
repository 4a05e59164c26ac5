import {
  compileExpression,
  compileShort,
  createRuleIndex,
  ExpressionError,
  expression,
  formsWith,
  importJsonLogic,
  type OperatorDefinition,
} from '@guanxi/core/expression'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorProblems } from '../../src/expression/define-operator.ts'

const objects = {
  deal: {
    name: 'deal',
    fields: [
      { name: 'title', kind: 'text' },
      {
        name: 'stage',
        kind: 'choice',
        options: [
          { value: 'new', label: { 'zh-CN': '新建', en: 'New' } },
          { value: 'won', label: { 'zh-CN': '赢单', en: 'Won' } },
        ],
        label: { 'zh-CN': '阶段', en: 'Stage' },
      },
      { name: 'amount', kind: 'money', label: { 'zh-CN': '金额', en: 'Amount' } },
      { name: 'score', kind: 'number', label: { 'zh-CN': '得分', en: 'Score' } },
      { name: 'count', kind: 'integer' },
      { name: 'hot', kind: 'boolean' },
      { name: 'closedAt', kind: 'instant' },
      { name: 'tags', kind: 'multiChoice' },
      { name: 'customerId', kind: 'reference', to: 'customer', label: { 'zh-CN': '客户', en: 'Customer' } },
      { name: 'tasks', kind: 'children', to: 'task', by: 'dealId', label: { 'zh-CN': '任务', en: 'Tasks' } },
      { name: 'custom.size', kind: 'integer' },
    ],
  },
  customer: { name: 'customer', fields: [{ name: 'level', kind: 'text', label: { 'zh-CN': '级别', en: 'Level' } }] },
  task: {
    name: 'task',
    fields: [
      { name: 'done', kind: 'boolean' },
      { name: 'hours', kind: 'integer' },
      { name: 'dueAt', kind: 'instant' },
    ],
  },
}
const about = { object: objects.deal, objects: (name: string) => objects[name as 'deal'] }
const v = (name: string): unknown => ({ var: name })

describe('the short form', () => {
  const short = (where: unknown) => compileShort(where, about)

  it.each([
    [{ stage: 'new' }, { stage: 'new' }, true],
    [{ stage: null }, { stage: null }, true],
    [{ stage: ['new', 'won'] }, { stage: 'won' }, true],
    [{ score: { gte: 5, lt: 7 } }, { score: 6 }, true],
    [{ score: { between: [5, 7] } }, { score: 7 }, true],
    [{ amount: { gt: { minor: 100, currency: 'CNY' } } }, { amount: { minor: 101, currency: 'CNY' } }, true],
    [{ amount: { gt: { minor: 100, currency: 'CNY' } } }, { amount: { minor: 101, currency: 'USD' } }, false],
    [{ title: { icontains: 'AB' }, count: { notIn: [1, 2] } }, { title: 'xaby', count: 3 }, true],
    [{ or: [{ hot: true }, { not: { score: { isNull: true } } }] }, { score: 1 }, true],
    [{ tags: { hasAll: ['a'] }, 'custom.size': { ne: 3 } }, { tags: ['a'], custom: { size: 2 } }, true],
    [{ 'customer.level': 'A' }, { related: { customerId: { level: 'A' } } }, true],
    [{ tasks: { some: { done: true, hours: { gt: 1 } } } }, { related: { tasks: [{ done: true, hours: 2 }] } }, true],
    [{ tasks: { none: { done: true } } }, { related: { tasks: [] } }, true],
    [{ closedAt: { gt: { ago: 'P1D' } } }, { closedAt: Date.now() }, true],
    [{ and: [{ stage: 'new' }, { '>': [v('score'), v('count')] }] }, { stage: 'new', score: 2, count: 1 }, true],
    [{ '>': [v('score'), 1] }, { score: 2 }, true],
    [{ count: { gt: 1 } }, { count: 2 }, true],
    [{}, {}, true],
  ] as const)('%j of %j', (where, record, expected) => {
    expect(short(where).evaluate(record)).toBe(expected)
  })

  it.each([
    [{ stagee: 'new' }, 'RULE_FIELD /stagee'],
    [{ stage: { like: 'x' } }, 'RULE_OP /stage/like'],
    [{ score: { gt: 'many' } }, 'RULE_TYPE /score/gt'],
    [{ score: { gt: null } }, 'RULE_NULL_LITERAL /score/gt'],
    [{ stage: { in: ['new', 'old'] } }, 'RULE_TYPE /stage/in/1'],
    [{ or: [{ hot: true }, { hot: 1 }] }, 'RULE_TYPE /or/1/hot'],
    [{ or: { hot: true } }, 'RULE_SHAPE /or'],
    [{ title: { contains: '' } }, 'RULE_SHAPE /title/contains'],
    [{ title: {} }, 'RULE_SHAPE /title'],
    [{ 'customer.secret': 'A' }, 'RULE_FIELD /customer.secret'],
    [{ tasks: { some: { cost: 1 } } }, 'RULE_FIELD /tasks/some/cost'],
    [{ amount: { gt: 100 } }, 'RULE_TYPE /amount/gt'],
    [{ 'a/b~c': 1 }, 'RULE_FIELD /a~1b~0c'],
    [[], 'RULE_SHAPE '],
    ['stage', 'RULE_SHAPE '],
  ] as const)('points to what is wrong in %j', (where, expected) => {
    const failure = (() => {
      try {
        return short(where) && 'accepted'
      } catch (error) {
        return error instanceof ExpressionError ? `${error.code} ${error.path}` : String(error)
      }
    })()
    expect(failure).toBe(expected)
  })
})

describe('the builder', () => {
  it('gives plain data that reads as it was written', async () => {
    const e = expression<{ stage: string; score: number }>()
    const logic = e.and(
      e.field('stage').is('new'),
      e.field('score').times(2).gt(10),
      e.some<{ done: boolean }>('tasks.all' as 'x.y', (task) => task.field('done').isFilled()),
      e.field('customer.level').in(['A', 'B']),
    )
    expect(JSON.parse(JSON.stringify(logic))).toEqual({
      and: [
        { '===': [{ var: 'stage' }, 'new'] },
        { '>': [{ '*': [{ var: 'score' }, 2] }, 10] },
        { some: [{ var: 'tasks.all' }, { '!!': [{ var: 'done' }] }] },
        { in: [{ var: 'customer.level' }, ['A', 'B']] },
      ],
    })
    const mine = expression<{ closedAt: number }>()
    expect(compileExpression(mine.field('closedAt').lt(mine.ago('P30D')), about).evaluate({ closedAt: 0 }, { now: 1e12 })).toBe(true)
    expect(await compileExpression(mine.not(mine.field('closedAt').isNull()), about).describe('en')).toBe('“closedAt” is not empty')
  })
})

describe('what visual rule builders write', () => {
  it.each([
    [{ and: [{ '==': [v('stage'), 'new'] }, { '>': [v('score'), '5'] }] }, { stage: 'new', score: 6 }, true],
    [{ '<=': ['5', v('score'), '7'] }, { score: 6 }, true],
    [{ '!': { '<=': [5, v('score'), 7] } }, { score: 8 }, true],
    [{ in: [v('stage'), ['new', 'won']] }, { stage: 'won' }, true],
    [{ '!': { in: [v('stage'), ['new']] } }, { stage: 'won' }, true],
    [{ in: ['ab', v('title')] }, { title: 'xaby' }, true],
    [{ startsWith: [v('title'), 'x'] }, { title: 'xaby' }, true],
    [{ '!': { endsWith: [v('title'), 'x'] } }, { title: 'xaby' }, true],
    [{ '==': [v('hot'), 'true'] }, { hot: true }, true],
    [{ '==': [v('title'), null] }, { title: null }, true],
    [{ '!=': [v('title'), null] }, { title: 'a' }, true],
    [{ or: [] }, {}, false],
    [{ some: [v('tasks'), { '>': [{ var: ['hours'] }, '1'] }] }, { related: { tasks: [{ hours: 2 }] } }, true],
    [false, {}, true],
  ] as const)('%j is taken over', (logic, record, expected) => {
    expect(compileExpression(importJsonLogic(logic, about), { ...about, expect: 'condition' }).evaluate(record)).toBe(expected)
  })
})

describe('operators of plugins', () => {
  const vat: OperatorDefinition = {
    name: 'shop.withVat',
    takes: ['num'],
    gives: 'num',
    cost: 1,
    words: { 'zh-CN': '{0}含税', en: '{0} with VAT' },
    run: (net: number) => net * 1.13,
    sql: { sqlite: { value: (a) => `(${a} * 1.13)` }, postgres: { value: (a) => `(${a} * 1.13::float8)` } },
  }

  it('are checked, evaluated and said like the core’s', async () => {
    const compiled = compileExpression({ '>': [{ 'shop.withVat': [v('score')] }, 100] }, { ...about, forms: formsWith([vat]) })
    expect([compiled.evaluate({ score: 100 }), compiled.evaluate({ score: 50 }), compiled.evaluate({ score: null })]).toEqual([
      true,
      false,
      false,
    ])
    expect(await compiled.describe('en')).toBe('“Score” with VAT is more than 100')
    expect(() => compileExpression({ 'shop.withVat': [v('title')] }, { ...about, forms: formsWith([vat]) })).toThrow(/RULE_TYPE/)
    expect(() => compileExpression({ 'shop.withVat': [v('score')] }, about)).toThrow(/RULE_OP/)
  })

  it('cannot be registered with a column missing', () => {
    expect(operatorProblems(vat)).toEqual([])
    for (const column of ['name', 'words', 'run', 'sql', 'cost'] as const) {
      const lacking = { ...vat, [column]: undefined, ...(column === 'name' && { name: 'x' }) } as unknown as OperatorDefinition
      expect(operatorProblems(lacking).length).toBeGreaterThan(0)
    }
    expect(operatorProblems({ ...vat, sql: { ...vat.sql, postgres: { value: undefined } as never } })).toEqual([
      'its SQL on postgres has no “value”',
    ])
    expect(operatorProblems({ ...vat, gives: 'bool' }).length).toBe(5)
  })
})

describe('why', () => {
  const context = { now: 0 }
  const rule = {
    and: [
      { '===': [v('stage'), 'new'] },
      { or: [{ '>': [v('amount'), { money: [10_000_00, 'CNY'] }] }, { '===': [v('customer.level'), 'A'] }] },
    ],
  }
  const compiled = compileExpression(rule, about)

  it('names the leaf that decided, with its value', async () => {
    const out = await compiled.explain({ stage: 'won', amount: { minor: 5, currency: 'CNY' } }, context)
    expect(out).toMatchObject({ result: false, reasons: [{ path: '/and/0', holds: false }] })
    expect(out.sentence).toEqual({ 'zh-CN': '「阶段」（「赢单」）不是「新建」', en: '“Stage” (“Won”) is not “New”' })
  })

  it('names all that were needed when it holds, and both when neither of two did', async () => {
    const customer = { related: { customerId: { level: 'A' } } }
    const held = await compiled.explain({ stage: 'new', amount: null, ...customer }, context)
    expect(held.reasons.map(({ path }) => path)).toEqual(['/and/0', '/and/1/or/1'])
    expect(held.sentence.en).toBe('“Stage” (“New”) is “New”; “Customer › Level” (“A”) is “A”')
    const failed = await compiled.explain({ stage: 'new', amount: { minor: 500, currency: 'CNY' }, related: { customerId: null } }, context)
    expect(failed.reasons.map(({ path }) => path)).toEqual(['/and/1/or/0', '/and/1/or/1'])
    expect(failed.sentence['zh-CN']).toBe('「金额」（¥5.00）不大于¥10,000.00；「客户 › 级别」（空）不是「A」')
  })

  it('says since when there was nothing, and when there was something last', async () => {
    const idle = compileExpression({ none: [v('tasks'), { '<=': [{ ago: 'P30D' }, v('dueAt'), { now: [] }] }] }, about)
    const task = (day: string) => ({ dueAt: Date.parse(day) })
    const at = { now: Date.parse('2026-03-31T00:00:00Z') }
    const said = async (...days: string[]) => (await idle.explain({ related: { tasks: days.map(task) } }, at)).sentence
    expect(await said('2026-01-05', '2026-02-27')).toEqual({
      'zh-CN': '自2026年3月1日 00:00以来没有「任务」（「dueAt」；最近一次：2026年2月27日 00:00）',
      en: 'no “Tasks” since Mar 1, 2026, 12:00 AM (“dueAt”; the last: Feb 27, 2026, 12:00 AM)',
    })
    expect((await said()).en).toBe('no “Tasks” since Mar 1, 2026, 12:00 AM (“dueAt”; the last: never)')
    expect((await said('2026-03-03')).en).toBe('there are “Tasks” since Mar 1, 2026, 12:00 AM (“dueAt”; the last: Mar 3, 2026, 12:00 AM)')
    expect(await idle.describe('en')).toBe('no “Tasks” since 30 days ago (“dueAt”)')
    const calls = compileExpression({ none: [v('tasks'), { and: [{ '>': [v('dueAt'), { ago: 'P1M' }] }, v('done')] }] }, about)
    expect(await calls.describe('zh-CN')).toBe('1 个月前之后没有「任务」（「dueAt」；「done」为是）')
  })

  it('describes a whole rule', async () => {
    expect(await compiled.describe('en')).toBe('“Stage” is “New” and (“Amount” is more than CN¥10,000.00 or “Customer › Level” is “A”)')
    expect(await compileExpression({ none: [v('tasks'), { '!': [v('done')] }] }, about).describe('zh-CN')).toBe(
      '没有「任务」（「done」不为是）',
    )
    expect(await compileExpression({ '<': [v('closedAt'), { ago: 'P30D' }] }, about).describe('en')).toBe(
      '“closedAt” is earlier than 30 days ago',
    )
    expect(await compileExpression({ '>=': [v('closedAt'), { startOf: ['quarter', -1] }] }, about).describe('zh-CN')).toBe(
      '「closedAt」不早于上季度初',
    )
  })
})

describe('the rule index', () => {
  const stage = fc.constantFrom('new', 'won')
  const term = fc.oneof(
    stage.map((value) => ({ '===': [v('stage'), value] })),
    fc.nat(5).map((value) => ({ '===': [v('count'), value] })),
    fc.subarray([0, 1, 2, 3]).map((values) => ({ in: [v('count'), values] })),
    fc.nat(10).map((value) => ({ '>': [v('score'), value] })),
    fc.constant({ '!': [{ '===': [v('stage'), 'new'] }] }),
    fc.constant({ '===': [v('stage'), null] }),
  )
  const rule = fc.array(term, { maxLength: 3 }).map((and) => ({ and }))
  const record = fc.record({ stage: fc.option(stage), count: fc.option(fc.nat(5)), score: fc.option(fc.nat(12)) })

  it('finds exactly the rules that hold', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 20 }), fc.array(record, { minLength: 1, maxLength: 10 }), (rules, records) => {
        const compiled = rules.map((logic) => compileExpression(logic, about))
        const index = createRuleIndex(compiled)
        for (const one of records) {
          expect(index.match(one)).toEqual(compiled.flatMap(({ evaluate }, position) => (evaluate(one) === true ? [position] : [])))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('looks at few of them', () => {
    const rules = Array.from({ length: 1_000 }, (_, value) =>
      compileExpression({ and: [{ '===': [v('count'), value] }, { '>': [v('score'), 1] }] }, about),
    )
    expect(createRuleIndex(rules).visited({ count: 7, score: 2 })).toBe(1)
  })
})
