import type { Closure, Test } from '../context.ts'
import { addMonths, dayNumber } from '../time/calendar.ts'
import { ofTwo } from './of-values.ts'
import { operators } from './operator.ts'

export const choices = operators({
  coalesce: {
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
    run: (of) => {
      const [test, yes, no] = of
      if (test && yes && no && of.length === 3)
        return (record, context) => (test(record, context) ? yes(record, context) : no(record, context))
      return (record, context) => {
        let index = 0
        while (index + 1 < of.length && !(of[index] as Test)(record, context)) index += 2
        // Past a condition stands its value; where none held, the last value or nothing.
        return (of[index + 1 < of.length ? index + 1 : index] as Closure | undefined)?.(record, context) ?? null
      }
    },
  },
  /** The minor units of an amount as a whole number. */
  minorUnits: { cost: 0, run: ([a]) => a as Closure },
  datesBetween: { run: ofTwo<string>((from, to) => dayNumber(to) - dayNumber(from)) },
  plusMonths: {
    memoryOnly: 'PUSH_CALENDAR',
    run: (of) => (record, context) => ofTwo<number>((at, months) => addMonths(at, months, context.zone ?? 'UTC'))(of)(record, context),
  },
})
