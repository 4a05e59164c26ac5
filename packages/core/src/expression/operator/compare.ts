import { plainKey } from '../closure/field.ts'
import type { Closure } from '../context.ts'
import type { CallNode, Node } from '../node.ts'
import { isTextual } from '../type.ts'
import { compareText } from './compare-text.ts'
import { operators } from './operator.ts'

type NumberTest = (a: number, b: number) => boolean

/** Ordering: false when either side is null. */
const ordering = (test: NumberTest) => ({
  strict: true,
  run: (of: readonly Closure[], node: CallNode): Closure => {
    const [a, b] = of as [Closure, Closure]
    const [left, right] = node.of as [Node, Node]
    const key = plainKey(left)
    const isText = isTextual(left.type)
    if (key !== null && right.is === 'literal' && !isText) {
      const value = right.value as number
      return (record) => {
        const x = record[key]
        return typeof x === 'number' && test(x, value)
      }
    }
    const compare: NumberTest = isText ? (x, y) => test(compareText(x as unknown as string, y as unknown as string), 0) : test
    return (record, context) => {
      const x = a(record, context)
      const y = b(record, context)
      return x !== null && y !== null && compare(x as number, y as number)
    }
  },
})

type List = readonly unknown[]

/** No related record has nothing in its list. */
const members = (test: (had: List, wanted: List) => boolean) => ({
  cost: 2,
  strict: true,
  run:
    ([a, b]: readonly Closure[]): Closure =>
    (record, context) =>
      test((a?.(record, context) ?? []) as List, (b?.(record, context) ?? []) as List),
})

export const comparisons = operators({
  equal: {
    run: (of, node) => {
      const [a, b] = of as [Closure, Closure]
      const [left, right] = node.of as [Node, Node]
      const key = plainKey(left)
      if (key === null || right.is !== 'literal') return (record, context) => a(record, context) === b(record, context)
      const { value } = right
      return (record) => record[key] === value
    },
  },
  less: ordering((a, b) => a < b),
  lessOrEqual: ordering((a, b) => a <= b),
  greater: ordering((a, b) => a > b),
  greaterOrEqual: ordering((a, b) => a >= b),
  oneOf: {
    strict: true,
    run: (of, node) => {
      const [a, list] = of as [Closure, Closure]
      const right = node.of[1] as Node
      if (right.is === 'literal') {
        const values = new Set(right.value as List)
        return (record, context) => values.has(a(record, context))
      }
      return (record, context) => {
        const value = a(record, context)
        return value !== null && ((list(record, context) as List | null)?.includes(value) ?? false)
      }
    },
  },
  hasAny: members((had, wanted) => wanted.some((item) => had.includes(item))),
  hasAll: members((had, wanted) => wanted.every((item) => had.includes(item))),
})
