import type { OperatorView } from '@guanxi/core/expression'
import { compileExpression, ExpressionError, formsWith, normaliseExpression } from '@guanxi/core/expression'
import { describe, expect, test } from 'vitest'
import type { FieldKind, ObjectView } from '../../packages/ui-components/src/client/types.ts'
import { comparedOf, type Source } from '../../packages/ui-components/src/filter/model/fields.ts'
import { allComparisons, needed, takenBy } from '../../packages/ui-components/src/filter/model/plugin-operators.ts'
import { readTree } from '../../packages/ui-components/src/filter/model/read.ts'
import { fitting, newCondition } from '../../packages/ui-components/src/filter/model/start.ts'
import { createIds } from '../../packages/ui-components/src/filter/model/tree.ts'
import { writeTree } from '../../packages/ui-components/src/filter/model/write.ts'

const operator = (name: string, takes: OperatorView['takes'], more: Partial<OperatorView> = {}): OperatorView => ({
  name: `shop.${name}`,
  takes,
  gives: 'bool',
  cost: 1,
  words: { 'zh-CN': '{0}符合{1}', en: `{0} is ${name} {1}` },
  denied: { 'zh-CN': '{0}不符合{1}', en: `{0} is not ${name} {1}` },
  ...more,
})

const operators = [
  operator('even', ['int']),
  operator('near', ['num', 'num']),
  operator('like', ['text', 'text']),
  operator('onDuty', ['instant', 'date']),
  operator('same', ['bool', 'bool']),
  operator('within', ['int', 'int', 'int']),
  operator('withVat', ['num'], { gives: 'num', denied: null }),
]

const field = (name: string, kind: FieldKind) => ({ name, kind, label: { 'zh-CN': name, en: name } })
const object: ObjectView = {
  name: 'thing',
  label: { 'zh-CN': '物', en: 'Thing' },
  pluralLabel: { 'zh-CN': '物', en: 'Things' },
  nameField: 'name',
  permissions: ['read'],
  fields: [
    field('name', 'text'),
    field('count', 'integer'),
    field('size', 'number'),
    field('price', 'decimal'),
    field('isOpen', 'boolean'),
    field('at', 'instant'),
    field('day', 'date'),
    field('ownerId', 'user'),
    { ...field('parts', 'children'), to: 'thing', by: 'ownerId' },
  ],
}
const source: Source = { object, objects: (name) => (name === 'thing' ? object : undefined), operators, forms: formsWith(operators) }

const read = (logic: unknown) => readTree(source, normaliseExpression(logic, source), createIds())
const v = (path: string) => ({ var: path })

describe('operators of plugins in the builder', () => {
  test('are offered for the fields whose values they take, holding and not', () => {
    const offered = (path: string) => {
      const subject = { is: 'field', path } as const
      const compared = comparedOf(source, subject)
      return compared ? allComparisons(source, subject, compared).filter((one) => one.includes('.')) : []
    }
    expect(offered('count')).toEqual(['shop.even', '!shop.even', 'shop.near', '!shop.near'])
    expect(offered('size')).toEqual(['shop.near', '!shop.near'])
    expect(offered('name')).toEqual(['shop.like', '!shop.like'])
    expect(offered('at')).toEqual(['shop.onDuty', '!shop.onDuty'])
    expect(offered('isOpen')).toEqual(['shop.same', '!shop.same'])
    expect([...offered('price'), ...offered('day'), ...offered('ownerId')]).toEqual([])
  })

  test.each([
    { 'shop.even': [v('count')] },
    { '!': [{ 'shop.even': [v('count')] }] },
    { 'shop.near': [v('count'), 2.5] },
    { '!': [{ 'shop.near': [v('size'), 3] }] },
    { 'shop.like': [v('name'), 'a.b'] },
    { 'shop.onDuty': [v('at'), '2026-03-01'] },
    { 'shop.onDuty': [v('at'), { startOf: ['month', 0] }] },
    { 'shop.same': [v('isOpen'), false] },
    { some: [v('parts'), { and: [{ 'shop.even': [v('count')] }] }] },
  ])('%j is shown with controls, and comes back as it was', (logic) => {
    const root = read({ and: [logic] })
    expect(JSON.stringify(root)).not.toContain('"kept"')
    const { logic: written, unfinished } = writeTree(source, root)
    expect([written, unfinished]).toEqual([{ and: [logic] }, []])
    expect(() => compileExpression(written, { ...source, expect: 'condition' })).not.toThrow()
  })

  test.each([
    { 'shop.within': [v('count'), 1, 5] },
    { 'shop.like': [v('name'), v('ownerId')] },
    { '>': [{ 'shop.withVat': [v('size')] }, 5] },
    { 'shop.near': [{ count: [v('parts')] }, 5] },
  ])('%j is kept and comes back as it was', (logic) => {
    const root = read({ and: [logic] })
    expect(root.parts.map(({ is }) => is)).toEqual(['kept'])
    expect(writeTree(source, root).logic).toEqual({ and: [logic] })
  })

  test('one that no plugin has any more is kept', () => {
    const logic = { and: [{ 'shop.gone': [v('count')] }] }
    const root = readTree(source, logic, createIds())
    expect(root.parts.map(({ is }) => is)).toEqual(['kept'])
    expect(writeTree(source, root).logic).toEqual(logic)
  })

  test('alone, without a group, they are conditions too', () => {
    expect(writeTree(source, read({ 'shop.even': [v('count')] })).logic).toEqual({ and: [{ 'shop.even': [v('count')] }] })
    expect(writeTree(source, read({ 'shop.within': [v('count'), 1, 5] })).logic).toEqual({ and: [{ 'shop.within': [v('count'), 1, 5] }] })
  })

  test('a value stays with another comparison where both take such a value', () => {
    const start = newCondition(source, { is: 'field', path: 'count' }, createIds())
    if (!start) throw new Error('There is no condition.')
    const five = { ...start, value: { is: 'constant', value: 5 } as const }
    expect(fitting(source, five, 'shop.near').value).toEqual(five.value)
    expect(fitting(source, five, 'shop.even').value).toEqual({ is: 'nothing' })
    expect(fitting(source, { ...fitting(source, five, '!shop.near') }, 'more').value).toEqual(five.value)
    const at = { ...start, subject: { is: 'field', path: 'at' } as const, comparison: 'more' as const, value: { is: 'now' } as const }
    expect(fitting(source, at, 'shop.onDuty').value).toEqual({ is: 'constant', value: null })
    expect(needed(source, '!shop.near')).toBe('value')
    expect(takenBy(source, 'shop.onDuty', { cls: 'instant', field: field('at', 'instant') }).cls).toBe('date')
  })

  test('are said, and say where they are computed', async () => {
    const rule = compileExpression({ '!': [{ 'shop.near': [v('count'), 5] }] }, { ...source, expect: 'condition' })
    expect(await rule.describe('en')).toBe('“count” is not near 5')
    expect(() => rule.evaluate({ count: 4 })).toThrow(expect.objectContaining({ code: 'OPERATOR_ELSEWHERE', params: { op: 'shop.near' } }))
    expect(() => compileExpression({ 'shop.near': [v('name'), 5] }, { ...source })).toThrow(ExpressionError)
  })
})
