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
    words: { 'zh-CN': '{0}是{1}', en: '{0} is {1}' },
    denied: { 'zh-CN': '{0}不是{1}', en: '{0} is not {1}' },
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
    words: { 'zh-CN': '{0}为空', en: '{0} is empty' },
    denied: { 'zh-CN': '{0}不为空', en: '{0} is not empty' },
    run:
      ([a]) =>
      (record, context) =>
        a?.(record, context) === null,
  },
  less: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}小于{1}', en: '{0} is less than {1}' },
    denied: { 'zh-CN': '{0}不小于{1}', en: '{0} is not less than {1}' },
    run: ordering(
      (a, b) => a < b,
      (order) => order < 0,
    ),
  },
  lessOrEqual: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}不超过{1}', en: '{0} is at most {1}' },
    denied: { 'zh-CN': '{0}超过{1}或为空', en: '{0} is not at most {1}' },
    run: ordering(
      (a, b) => a <= b,
      (order) => order <= 0,
    ),
  },
  greater: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}大于{1}', en: '{0} is more than {1}' },
    denied: { 'zh-CN': '{0}不大于{1}', en: '{0} is not more than {1}' },
    run: ordering(
      (a, b) => a > b,
      (order) => order > 0,
    ),
  },
  greaterOrEqual: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}不低于{1}', en: '{0} is at least {1}' },
    denied: { 'zh-CN': '{0}低于{1}或为空', en: '{0} is not at least {1}' },
    run: ordering(
      (a, b) => a >= b,
      (order) => order >= 0,
    ),
  },
  oneOf: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}属于{1}', en: '{0} is one of {1}' },
    denied: { 'zh-CN': '{0}不属于{1}', en: '{0} is none of {1}' },
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
    words: { 'zh-CN': '{0}含有{1}之一', en: '{0} has one of {1}' },
    denied: { 'zh-CN': '{0}不含{1}中任何一项', en: '{0} has none of {1}' },
    run: members((had, wanted) => wanted.some((item) => had.includes(item))),
  },
  hasAll: {
    cost: 2,
    strict: true,
    words: { 'zh-CN': '{0}含有全部{1}', en: '{0} has all of {1}' },
    denied: { 'zh-CN': '{0}没有含全{1}', en: '{0} does not have all of {1}' },
    run: members((had, wanted) => wanted.every((item) => had.includes(item))),
  },
})
