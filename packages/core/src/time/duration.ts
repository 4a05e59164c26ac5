import { crmError } from '../error/crm-error.ts'

/** `m`, `h` elapsed; `wm`, `wh` working time; `d` calendar days; `wd` working days. */
export type DurationUnit = 'm' | 'h' | 'wm' | 'wh' | 'd' | 'wd'

/** A length of time with its unit: a bare number means nothing. */
export interface Duration {
  /** A whole number, 0 to 1,000,000. */
  readonly amount: number
  readonly unit: DurationUnit
}

const pattern = /^(0|[1-9]\d{0,6})(m|h|wm|wh|d|wd)$/
const largest = 1_000_000
const minute = 60_000
const day = 86_400_000

/** Milliseconds of the units that are exact. */
const exact: Readonly<Record<'m' | 'h' | 'wm' | 'wh', number>> = { m: minute, h: 60 * minute, wm: minute, wh: 60 * minute }

const parsed = new Map<string, Duration>()
const remembered = 1_000

/** Reads `30m`, `2wh`, `7d` … Throws DURATION_INVALID for anything else, a bare number included. */
export function parseDuration(text: string): Duration {
  const known = parsed.get(text)
  if (known) return known
  const match = typeof text === 'string' ? pattern.exec(text) : null
  const amount = Number(match?.[1])
  if (!match || amount > largest) throw crmError('DURATION_INVALID', { value: String(text).slice(0, 40) })
  const duration: Duration = Object.freeze({ amount, unit: match[2] as DurationUnit })
  if (parsed.size >= remembered) parsed.clear()
  parsed.set(text, duration)
  return duration
}

/** The one spelling, `2wh`. */
export function formatDuration({ amount, unit }: Duration): string {
  return `${amount}${unit}`
}

/** Milliseconds of elapsed or working time; null for days, whose length depends on where they fall. */
export function durationMilliseconds({ amount, unit }: Duration): number | null {
  return unit === 'd' || unit === 'wd' ? null : amount * exact[unit]
}

/** Hours of a full working week, as far as durations of different units are only compared. */
const workingWeek = 37.5

/**
 * About how long it takes on the clock, in milliseconds: only for telling which of two durations is the longer one, when nobody is
 * there whose calendar could say. A working week counts as five days of 7.5 hours.
 */
export function nominalLength({ amount, unit }: Duration): number {
  if (unit === 'd') return amount * day
  if (unit === 'wd') return (amount * day * 7) / 5
  const length = amount * exact[unit]
  return unit === 'wm' || unit === 'wh' ? (length * 7 * 24) / workingWeek : length
}
