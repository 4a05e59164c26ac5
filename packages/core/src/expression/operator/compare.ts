import { plainKey } from '../closure/field.ts'
import type { Closure } from '../context.ts'
import type { CallNode } from '../node.ts'
import { isTextual } from '../type.ts'
import { compareText } from './compare-text.ts'
import { operators } from './operator.ts'

type NumberTest = (a: number, b: number) => boolean

/** Ordering: false when either side is null. */
function ordering(numbers: NumberTest, direction: (order: number) => boolean): (of: readonly Closure[], node: CallNode) => Closure {
  return ([a, b], node) => {
    const [left, right] = node.of
    if (!a || !b || !left || !right) throw new TypeError('Two operands are compared.')
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
    cost: 1,
    run: ([a, b], node) => {
      const [left, right] = node.of
      if (!a || !b || !left || !right) throw new TypeError('Two operands are compared.')
      if (right.is !== 'literal') return (record, context) => a(record, context) === b(record, context)
      const { value } = right
      const key = plainKey(left)
      if (key !== null && value !== null) return (record) => record[key] === value
      return (record, context) => a(record, context) === value
    },
  },
  isNull: {
    cost: 1,
    run:
      ([a]) =>
      (record, context) =>
        a?.(record, context) === null,
  },
  less: {
    cost: 1,
    strict: true,
    run: ordering(
      (a, b) => a < b,
      (order) => order < 0,
    ),
  },
  lessOrEqual: {
    cost: 1,
    strict: true,
    run: ordering(
      (a, b) => a <= b,
      (order) => order <= 0,
    ),
  },
  greater: {
    cost: 1,
    strict: true,
    run: ordering(
      (a, b) => a > b,
      (order) => order > 0,
    ),
  },
  greaterOrEqual: {
    cost: 1,
    strict: true,
    run: ordering(
      (a, b) => a >= b,
      (order) => order >= 0,
    ),
  },
  oneOf: {
    cost: 1,
    strict: true,
    run: ([a, list], node) => {
      const right = node.of[1]
      if (!a || !list || !right) throw new TypeError('A value and a list are compared.')
      if (right.is === 'literal') {
        const values = new Set(right.value as readonly unknown[])
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
