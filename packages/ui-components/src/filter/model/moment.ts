import type { Length, Moment, Period } from './tree.ts'

const shape = /^P(?:T(\d{1,6})(H)|(\d{1,5})([DWMY]))$/

/** `P7D` → a length in one unit; null for others. */
export function readLength(text: unknown): Length | null {
  const match = typeof text === 'string' ? shape.exec(text) : null
  if (!match) return null
  return { count: Number(match[1] ?? match[3]), unit: (match[2] ?? match[4]) as Length['unit'] }
}

/** A length as ISO 8601; null while its count is missing. */
export function writeLength({ count, unit }: Length): string | null {
  if (count === null || !Number.isInteger(count) || count < 0 || count > 99_999) return null
  return unit === 'H' ? `PT${count}H` : `P${count}${unit}`
}

const periods: readonly unknown[] = ['day', 'week', 'month', 'quarter', 'year'] satisfies readonly Period[]

/** Operands of a call, which may stand without a list. */
export const argsOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : [given])

/** A point in time from `{ now }`, `{ today }`, `{ ago }`, `{ fromNow }`, `{ startOf }`. */
export function readMoment(name: string, given: unknown): Moment | null {
  const args = argsOf(given)
  if (name === 'now' || name === 'today') return args.length === 0 ? { is: 'now' } : null
  if (name === 'ago' || name === 'fromNow') {
    const length = args.length === 1 ? readLength(args[0]) : null
    return length && { is: name, length }
  }
  if (name !== 'startOf') return null
  const [period, later = 0] = args
  const isKnown = periods.includes(period) && typeof later === 'number' && Math.abs(later) <= 1
  return isKnown ? { is: 'startOf', period: period as Period, later: later as number } : null
}

/** The point in time as an expression; null while a part of it is missing. Beside a date, now is today. */
export function writeMoment(moment: Moment, isDate: boolean): unknown {
  if (moment.is === 'now') return isDate ? { today: [] } : { now: [] }
  if (moment.is === 'startOf') return { startOf: [moment.period, moment.later] }
  const length = writeLength(moment.length)
  return length === null ? null : { [moment.is]: length }
}
