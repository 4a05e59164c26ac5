import { minutesOf } from '../time/clock-time.ts'
import type { WorkingTime } from '../time/working-time.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** At most so many in so long, a rolling window. */
export interface CapRule {
  readonly limit: number
  readonly days: number
}

/** The rule that holds a send back, and until when. */
export interface CapVerdict {
  readonly rule: CapRule
  /** Null: never, because the limit is 0. */
  readonly until: number | null
}

/**
 * Whether a send at an instant is within the rules, given the instants of all others that count: in `(at − window, at]` there must be
 * fewer than the limit. Sends that are queued for later count as well: they have taken their place.
 */
export function overCap(rules: readonly CapRule[], others: readonly number[], at: number): CapVerdict | null {
  let latest: CapVerdict | null = null
  for (const rule of rules) {
    const since = at - rule.days * day
    const counted = others.filter((one) => one > since).sort((a, b) => b - a)
    if (counted.length < rule.limit) continue
    const oldestThatMustGo = counted[rule.limit - 1]
    const until = rule.limit === 0 || oldestThatMustGo === undefined ? null : oldestThatMustGo + rule.days * day
    if (until === null) return { rule, until }
    if (latest === null || until > (latest.until ?? 0)) latest = { rule, until }
  }
  return latest
}

/** The same instant, or the end of the quiet hours it falls into. Hours may span midnight; equal ends mean none. */
export function afterQuiet(time: WorkingTime, instant: number, from: string, to: string): number {
  const [start, end] = [minutesOf(from) ?? 0, minutesOf(to) ?? 0]
  if (start === end) return instant
  const today = time.dateAt(instant)
  const passed = (instant - time.startOf(today)) / minute
  const quiet = start < end ? passed >= start && passed < end : passed >= start || passed < end
  if (!quiet) return instant
  const ends = time.at(today, end)
  return ends > instant ? ends : time.at(time.dateAt(time.endOf(today)), end)
}
