import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileNode } from '../../src/expression/closure/compile.ts'
import { compileExpression } from '../../src/expression/compile-expression.ts'
import { possible } from '../../src/sweep/possible.ts'

const fields = { a: 'number', b: 'number', t: 'text', d: 'instant' } as const
const number = fc.integer({ min: -3, max: 3 })
const leaf = fc.oneof(
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom('a', 'b'), number)
    .map(([op, name, value]) => ({ [op]: [{ var: name }, value] })),
  fc.tuple(fc.constantFrom('<', '>='), number).map(([op, value]) => ({ [op]: [{ '+': [{ var: 'a' }, { var: 'b' }] }, value] })),
  fc.constantFrom('x', 'xy').map((part) => ({ contains: [{ var: 't' }, part] })),
  fc.constant({ in: [{ var: 't' }, ['x', 'y']] }),
  number.map((value) => ({ '<': [{ var: 'd' }, value] })),
)
const { rule } = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((of) => ({ and: of })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((of) => ({ or: of })),
    tie('rule').map((of) => ({ '!': [of] })),
  ),
}))
const full = fc.record({ a: number, b: number, t: fc.constantFrom('x', 'y', 'xy', ''), d: number })
const emptied = fc.record({ a: fc.boolean(), b: fc.boolean(), t: fc.boolean(), d: fc.boolean() })

test('what holds once empty fields are filled was possible before, and what holds already is', () => {
  fc.assert(
    fc.property(rule, full, emptied, (logic, filled, empty) => {
      const { node } = compileExpression(logic, { fields, expect: 'condition' })
      const record = Object.fromEntries(
        Object.entries(filled).map(([name, value]) => [name, empty[name as keyof typeof empty] ? null : value]),
      )
      const could = compileNode(possible(node))
      const holds = compileNode(node)
      const context = { now: 0 }
      if (holds(filled, context) || holds(record, context)) expect(could(record, context)).toBe(true)
      // With nothing empty there is nothing to guess.
      expect(could(filled, context)).toBe(holds(filled, context))
    }),
    { numRuns: 1_000 },
  )
})

test('a field that decides by being empty leaves nothing open', () => {
  const { node } = compileExpression({ '===': [{ var: 't' }, null] }, { fields, expect: 'condition' })
  expect(compileNode(possible(node))({ t: 'x' }, { now: 0 })).toBe(false)
  const other = compileExpression({ and: [{ '===': [{ var: 't' }, 'x'] }, { '<': [{ var: 'a' }, 3] }] }, { fields, expect: 'condition' })
  expect(compileNode(possible(other.node))({ t: 'y', a: null }, { now: 0 })).toBe(false)
  expect(compileNode(possible(other.node))({ t: 'x', a: null }, { now: 0 })).toBe(true)
})
