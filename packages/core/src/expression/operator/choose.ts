import type { Closure, Test } from '../context.ts'
import { addMonths, dayNumber } from '../time/calendar.ts'
import { operators } from './operator.ts'

export const choices = operators({
  coalesce: {
    cost: 1,
    run: (of) => (record, context) => {
      for (const option of of) {
        const value = option(record, context)
        if (value !== null) return value
      }
      return null
    },
  },
  /** Condition, value, condition, value, …, and perhaps a last value. */
  choose: {
    cost: 1,
    run: (of) => (record, context) => {
      let index = 0
      for (; index + 1 < of.length; index += 2) {
        if ((of[index] as Test)(record, context)) return (of[index + 1] as Closure)(record, context)
      }
      return index < of.length ? (of[index] as Closure)(record, context) : null
    },
  },
  /** The minor units of an amount as a whole number. */
  minorUnits: { cost: 0, run: ([a]) => a as Closure },
  datesBetween: {
    cost: 1,
    run:
      ([a, b]) =>
      (record, context) => {
        const from = a?.(record, context)
        const to = b?.(record, context)
        return typeof from === 'string' && typeof to === 'string' ? dayNumber(to) - dayNumber(from) : null
      },
  },
  plusMonths: {
    cost: 1,
    memoryOnly: 'PUSH_CALENDAR',
    run:
      ([a, months]) =>
      (record, context) => {
        const at = a?.(record, context)
        const count = months?.(record, context)
        return typeof at === 'number' && typeof count === 'number' ? addMonths(at, count, context.zone ?? 'UTC') : null
      },
  },
})
