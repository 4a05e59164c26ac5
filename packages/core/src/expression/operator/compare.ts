import { plainKey } from '../closure/field.ts'
import type { Closure } from '../context.ts'
import type { CallNode, Node } from '../node.ts'
import { isTextual } from '../type.ts'
import { compareText } from './compare-text.ts'
import { operators } from './operator.ts'

type NumberTest = (a: number, b: number) => boolean

/** Ordering: false when either side is null. */
function ordering(numbers: NumberTest, direction: (order: number) => boolean): (of: readonly Closure[], node: CallNode) => Closure {
  return (of, node) => {
    const [a, b] = of as [Closure, Closure]
    const [left, right] = node.of as [Node, Node]
    if (isTextual(left.type)) {
      return (record, context) => {
        const x = a(record, context)
        const y = b(record, context)
        return x !== null && y !== null && direction(compareText(x as string, y as string))
      }
    }
    const key = plainKey(left)
    if (right.is === 'literal') {
      const value = right.value as number
      if (key !== null) {
        return (record) => {
          const x = record[key]
          return typeof x === 'number' && numbers(x, value)
        }
      }
      return (record, context) => {
        const x = a(record, context)
        return x !== null && numbers(x as number, value)
      }
    }
    return (record, context) => {
      const x = a(record, context)
      const y = b(record, context)
      return x !== null && y !== null && numbers(x as number, y as number)
    }
  }
}

type List = readonly unknown[]

/** No related record has nothing in its list. */
const members =
  (test: (had: List, wanted: List) => boolean) =>
  ([a, b]: readonly Closure[]): Closure =>
  (record, context) =>
    test((a?.(record, context) ?? []) as List, (b?.(record, context) ?? []) as List)

export const comparisons = operators({
  equal: {
    run: (of, node) => {
      const [a, b] = of as [Closure, Closure]
      const [left, right] = node.of as [Node, Node]
      if (right.is !== 'literal') return (record, context) => a(record, context) === b(record, context)
      const { value } = right
      const key = plainKey(left)
      if (key !== null && value !== null) return (record) => record[key] === value
      return (record, context) => a(record, context) === value
    },
  },
  less: {
    strict: true,
    run: ordering(
      (a, b) => a < b,
      (order) => order < 0,
    ),
  },
  lessOrEqual: {
    strict: true,
    run: ordering(
      (a, b) => a <= b,
      (order) => order <= 0,
    ),
  },
  greater: {
    strict: true,
    run: ordering(
      (a, b) => a > b,
      (order) => order > 0,
    ),
  },
  greaterOrEqual: {
    strict: true,
    run: ordering(
      (a, b) => a >= b,
      (order) => order >= 0,
    ),
  },
  oneOf: {
    strict: true,
    run: (of, node) => {
      const [a, list] = of as [Closure, Closure]
      const right = node.of[1] as Node
      if (right.is === 'literal') {
        const values = new Set(right.value as readonly unknown[])
        const key = plainKey(node.of[0] as Node)
        if (key !== null) return (record) => values.has(record[key])
        return (record, context) => values.has(a(record, context))
      }
      return (record, context) => {
        const value = a(record, context)
        return value !== null && ((list(record, context) as readonly unknown[] | null)?.includes(value) ?? false)
      }
    },
  },
  hasAny: {
    cost: 2,
    strict: true,
    run: members((had, wanted) => wanted.some((item) => had.includes(item))),
  },
  hasAll: {
    cost: 2,
    strict: true,
    run: members((had, wanted) => wanted.every((item) => had.includes(item))),
  },
})
