import { definitionView } from '@guanxi/core'
import { compileExpression, ExpressionError, normaliseExpression } from '@guanxi/core/expression'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObjectView } from '../../packages/ui-components/src/client/types.ts'
import { comparisonsOf, needsOf } from '../../packages/ui-components/src/filter/model/comparisons.ts'
import { isDeep } from '../../packages/ui-components/src/filter/model/depth.ts'
import { classOf, type Source } from '../../packages/ui-components/src/filter/model/fields.ts'
import { readTree } from '../../packages/ui-components/src/filter/model/read.ts'
import {
  createIds,
  type Group,
  innerGroup,
  type Kept,
  type Operand,
  type Part,
} from '../../packages/ui-components/src/filter/model/tree.ts'
import { writeTree } from '../../packages/ui-components/src/filter/model/write.ts'
import { context } from '../expression/support/differential.ts'
import { conditions, order } from '../expression/support/rules.ts'
import { sampleOf } from '../expression/support/sample.ts'
import { openWorld, readOrders, type World } from '../expression/support/world.ts'
import { engines } from '../support/engines.ts'

let world: World
let source: Source
let records: readonly Record<string, unknown>[]

beforeAll(async () => {
  const engine = engines.find(({ name }) => name === 'better-sqlite3')
  const database = await engine?.create()
  if (!database) throw new Error('There is no database.')
  world = await openWorld('better-sqlite3', database, sampleOf(3))
  records = await readOrders(world.session)
  const objects = (name: string) => definitionView(world.definition(name), ['read']) as ObjectView
  const known = new Map(['order', 'company', 'guest', 'task'].map((name) => [name, objects(name)]))
  source = { object: known.get('order') as ObjectView, objects: (name) => known.get(name) }
})
afterAll(() => world?.close())

const read = (logic: unknown): Group => readTree(source, normaliseExpression(logic, source), createIds())
const canonical = (logic: unknown): unknown => writeTree(source, read(logic)).logic

/** Which records an expression holds for; a code where it is refused. */
function answer(logic: unknown): string {
  try {
    const rule = compileExpression(logic, { ...source, expect: 'condition', budget: 1e9 })
    return records.map((record) => (rule.evaluate(record, context) === true ? '1' : '0')).join('')
  } catch (error) {
    if (error instanceof ExpressionError) return error.code
    throw error
  }
}

function keptIn(group: Group): readonly Kept[] {
  return group.parts.flatMap((part) => {
    if (part.is === 'kept') return [part]
    const inner = innerGroup(part)
    return inner ? keptIn(inner) : []
  })
}

describe('an expression in the builder', () => {
  test('comes out as it went in: in its one spelling, with the same answers, nothing lost', () => {
    let [shown, all] = [0, 0]
    const rules = [0, 1, 2, 3].map((depth) => conditions(order, depth % 3))
    fc.assert(
      fc.property(fc.oneof(...rules), (logic) => {
        const tree = read(logic)
        const { logic: once, unfinished } = writeTree(source, tree)
        expect(unfinished).toEqual([])
        expect(canonical(once)).toEqual(once)
        const before = answer(normaliseExpression(logic, source))
        // A spelling may be a few parts longer than another, which matters at the very limit only.
        if (/^[01]+$/.test(before)) expect(answer(once)).toBe(before)
        const text = JSON.stringify(once)
        for (const kept of keptIn(tree)) expect(text).toContain(JSON.stringify(kept.logic))
        all += 1
        shown += keptIn(tree).length === 0 ? 1 : 0
      }),
      { numRuns: 1_500, seed: 7 },
    )
    expect(shown / all).toBeGreaterThan(0.25)
  })

  test('of every comparison on every kind of field, of figures and groups, is the same tree again', () => {
    fc.assert(
      fc.property(trees(), (make) => {
        const tree = make(createIds())
        const { logic, unfinished } = writeTree(source, tree)
        expect(unfinished).toEqual([])
        expect(keptIn(readTree(source, logic, createIds()))).toEqual([])
        expect(canonical(logic)).toEqual(logic)
        expect(answer(logic)).toMatch(/^[01]+$|^RULE_LIMIT$/)
      }),
      { numRuns: 500, seed: 11 },
    )
  })

  test.each([
    [{ stage: 'new' }, { and: [{ '===': [{ var: 'stage' }, 'new'] }] }],
    [
      { 'company.level': ['A', 'B'], not: { hot: true } },
      { and: [{ in: [{ var: 'company.level' }, ['A', 'B']] }, { '!': [{ or: [{ '===': [{ var: 'hot' }, true] }] }] }] },
    ],
    [
      { and: [{ '==': [{ var: 'pieces' }, '5'] }, { beginsWith: [{ var: 'title' }, 'x'] }] },
      { and: [{ '===': [{ var: 'pieces' }, 5] }, { startsWith: [{ var: 'title' }, 'x'] }] },
    ],
    [{ '!': { in: [{ var: 'stage' }, ['won']] } }, { and: [{ '!': [{ in: [{ var: 'stage' }, ['won']] }] }] }],
    [false, { and: [] }],
    [{}, { and: [] }],
    [
      { tasks: { none: { dueAt: { gte: { ago: 'P30D' } } } } },
      { and: [{ none: [{ var: 'tasks' }, { and: [{ '>=': [{ var: 'dueAt' }, { ago: 'P30D' }] }] }] }] },
    ],
    [{ '!!': [{ var: 'tasks' }] }, { and: [{ '!!': [{ var: 'tasks' }] }] }],
  ])('%j is read as %j', (given, expected) => {
    expect(canonical(given)).toEqual(expected)
    expect(keptIn(read(given))).toEqual([])
  })

  test('parts without a control are kept as they are, among others that have one', () => {
    const strange = { '>': [{ '+': [{ var: 'pieces' }, 1] }, 3] }
    const tree = read({ and: [strange, { '===': [{ var: 'stage' }, 'new'] }, { or: [] }] })
    expect(tree.parts.map((part) => part.is)).toEqual(['kept', 'condition', 'kept'])
    expect(writeTree(source, tree).logic).toEqual({ and: [strange, { '===': [{ var: 'stage' }, 'new'] }, { or: [] }] })
  })

  test('attack:R04 what is nested too deeply, or named like a prototype, is kept and breaks nothing', () => {
    let deep: unknown = { '===': [{ var: 'stage' }, 'new'] }
    for (let level = 0; level < 3_000; level += 1) deep = { '!': [deep] }
    expect(isDeep(deep)).toBe(true)
    expect(isDeep({ and: [{ '!': [{ or: [] }] }] })).toBe(false)
    expect(writeTree(source, readTree(source, deep, createIds())).unfinished).toEqual([])
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const odd = JSON.parse(`{ "and": [{ "${name}": [5, { "var": "stage" }] }, { "===": [{ "var": "${name}" }, 1] }] }`)
      expect(keptIn(readTree(source, odd, createIds()))).toHaveLength(2)
      expect(JSON.stringify(writeTree(source, readTree(source, odd, createIds())).logic)).toBe(JSON.stringify(odd))
    }
  })

  test('an unfinished condition is left out and named, and pointers lead to the others', () => {
    const tree = read({
      and: [{ '===': [{ var: 'stage' }, 'new'] }, { '>': [{ count: [{ var: 'tasks' }, { '===': [{ var: 'done' }, true] }] }, 2] }],
    })
    const [first, second] = tree.parts as [Part, Part]
    const draft: Group = { ...tree, parts: [{ ...first, value: { is: 'constant', value: null } } as Part, second] }
    const { logic, unfinished, pointers } = writeTree(source, draft)
    expect(unfinished).toEqual([first.id])
    expect(logic).toEqual({ and: [{ '>': [{ count: [{ var: 'tasks' }, { and: [{ '===': [{ var: 'done' }, true] }] }] }, 2] }] })
    for (const [, pointer] of pointers) expect(at(logic, pointer), pointer).toBeDefined()
    expect([...pointers.values()]).toContain('/and/0/>/0/count/1/and/0')
  })
})

function at(logic: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], logic)
}

type Make = (ids: ReturnType<typeof createIds>) => Group

/** Finished trees of everything that the builder offers. */
function trees(): fc.Arbitrary<Make> {
  const group = (object: ObjectView, depth: number, sets: boolean): fc.Arbitrary<(ids: ReturnType<typeof createIds>) => Group> =>
    fc
      .tuple(fc.constantFrom('all', 'any', 'none', 'notAll'), fc.array(part(object, depth, sets), { minLength: 1, maxLength: 3 }))
      .map(([match, parts]) => (ids) => ({ is: 'group', id: ids.next(), match: match as 'all', parts: parts.map((make) => make(ids)) }))
  const part = (object: ObjectView, depth: number, sets: boolean): fc.Arbitrary<(ids: ReturnType<typeof createIds>) => Part> =>
    fc.oneof(
      { weight: 5, arbitrary: leaf(object) },
      ...(depth > 0 ? [{ weight: 2, arbitrary: group(object, depth - 1, sets) }] : []),
      ...(sets && depth > 0
        ? [
            { weight: 2, arbitrary: rows(depth) },
            { weight: 2, arbitrary: figure(depth) },
          ]
        : []),
    )
  const task = (): ObjectView => source.objects('task') as ObjectView
  const rows = (depth: number) =>
    fc.tuple(fc.constantFrom('some', 'none', 'all'), group(task(), depth - 1, false)).map(
      ([quantifier, where]) =>
        (ids: ReturnType<typeof createIds>): Part => ({
          is: 'rows',
          id: ids.next(),
          quantifier: quantifier as 'some',
          path: 'tasks',
          where: where(ids),
        }),
    )
  const figure = (depth: number) =>
    fc
      .tuple(
        fc.constantFrom(
          ['count', null, null],
          ['sum', 'hours', null],
          ['sum', 'cost', 'CNY'],
          ['minOf', 'weight', null],
          ['maxOf', 'dueAt', null],
        ),
        group(task(), depth - 1, false),
        fc.nat(50),
      )
      .map(([[fn, of, currency], where, count]) => (ids: ReturnType<typeof createIds>): Part => {
        const value = currency ? { minor: count, currency } : count
        return {
          is: 'condition',
          id: ids.next(),
          subject: { is: 'figure', fn: fn as 'count', path: 'tasks', of: of ?? null, currency: currency ?? null, where: where(ids) },
          comparison: 'atLeast',
          value: { is: 'constant', value },
        }
      })
  const leaf = (object: ObjectView) => {
    const asked = object.fields.flatMap((field) => {
      const cls = classOf(field)
      return cls === null || field.name === 'id' ? [] : comparisonsOf(cls).map((comparison) => ({ field, cls, comparison }))
    })
    return fc.tuple(fc.constantFrom(...asked), fc.nat(40)).map(
      ([{ field, cls, comparison }, seed]) =>
        (ids: ReturnType<typeof createIds>): Part => ({
          is: 'condition',
          id: ids.next(),
          subject: { is: 'field', path: field.name },
          comparison,
          value: operandFor(needsOf(comparison), cls, field.options?.map(({ value }) => value) ?? [], seed),
        }),
    )
  }
  return fc.constant(null).chain(() => group(source.object, 2, true))
}

function operandFor(needs: string, cls: string, options: readonly string[], seed: number): Operand {
  const periods = ['day', 'week', 'month', 'quarter', 'year'] as const
  const length = { count: seed, unit: (['H', 'D', 'W', 'M', 'Y'] as const)[seed % 5] ?? 'D' }
  const period = periods[seed % 5] ?? 'day'
  if (needs === 'nothing') return { is: 'nothing' }
  if (needs === 'length') return { is: 'length', length }
  if (needs === 'period') return { is: 'period', period, later: (seed % 3) - 1 }
  if (needs === 'list') return { is: 'list', values: options.length > 0 ? options.slice(0, 1 + (seed % 2)) : [ids[seed % 2] as string] }
  const value = constantFor(cls, options, seed)
  const one: Operand = { is: 'constant', value }
  if (needs === 'pair') return { is: 'pair', from: one, to: one }
  if ((cls === 'date' || cls === 'instant') && seed % 4 === 0) return { is: 'startOf', period, later: (seed % 3) - 1 }
  return one
}

const ids = ['01900000-0000-7000-8001-000000000001', '01900000-0000-7000-8001-000000000002']

function constantFor(cls: string, options: readonly string[], seed: number): unknown {
  switch (cls) {
    case 'number':
      return seed
    case 'money':
      return { minor: seed * 100, currency: 'CNY' }
    case 'yesNo':
      return seed % 2 === 0
    case 'date':
      return `2026-03-${String(1 + (seed % 28)).padStart(2, '0')}`
    case 'instant':
      return 1_772_000_000_000 + seed * 3_600_000
    default:
      return options[seed % Math.max(options.length, 1)] ?? ids[seed % 2]
  }
}
