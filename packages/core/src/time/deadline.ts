import { crmError } from '../error/crm-error.ts'
import { minutesOf } from './clock-time.ts'
import { durationMilliseconds, parseDuration } from './duration.ts'
import { addDays } from './local-date.ts'
import type { WorkingTime } from './working-time.ts'
import { requireInstant } from './zone.ts'

/** How a deadline is placed. */
export interface DeadlineOptions {
  /** A deadline in `d` or `wd` whose day is free moves to the end of the next working day. */
  readonly offDays?: 'keep' | 'next-workday'
}

/**
 * When something is due, milliseconds UTC. `m` and `h` are elapsed, `wm` and `wh` working time: exact instants. `d` and `wd` fall at
 * 24:00 local time of the day reached, the day of `start` being day 0. Due is missed from `dueAt` on: see {@link isMissed}.
 * Throws DURATION_INVALID, CALENDAR_EMPTY.
 */
export function deadline(time: WorkingTime, start: number, duration: string, options: DeadlineOptions = {}): number {
  const { amount, unit } = parseDuration(duration)
  if (unit === 'd' || unit === 'wd') {
    const due = time.endOfDayAfter(start, amount, unit)
    if (options.offDays !== 'next-workday') return due
    const reached = time.dateAt(due - 1)
    return time.isWorkday(reached) ? due : time.endOf(time.workdayFrom(reached))
  }
  return exactly(time, start, duration)
}

/**
 * When a waiting period (a cool-down, a freeze) ends, milliseconds UTC. `d` is N × 24 hours from `start`, so that nothing opens for
 * everybody at midnight; `wd` is the same time of day, N working days later.
 */
export function waitUntil(time: WorkingTime, start: number, duration: string): number {
  const { amount, unit } = parseDuration(duration)
  if (unit === 'd') return requireInstant(start, 'start') + amount * 86_400_000
  if (unit !== 'wd') return exactly(time, start, duration)
  const today = time.dateAt(start)
  return time.at(time.workdayAfter(today, amount), 0) + (start - time.startOf(today))
}

/** A time of day on the next working day after `instant`, such as 10:00. */
export function nextWorkdayAt(time: WorkingTime, instant: number, clock: string): number {
  const minutes = minutesOf(clock)
  if (minutes === null) throw crmError('PARAMETER_INVALID', { name: 'clock', reason: 'a time of day such as 10:00 is expected' })
  return time.at(time.workdayFrom(addDays(time.dateAt(instant), 1)), minutes)
}

/** Missed if and only if `now >= dueAt`. */
export function isMissed(now: number, dueAt: number): boolean {
  return now >= dueAt
}

/** Working time from `start` to `now` outside the pauses, in milliseconds. Pauses may overlap; one without an end runs still. */
export function elapsedWorking(
  time: WorkingTime,
  start: number,
  now: number,
  pauses: readonly { readonly from: number; readonly to: number | null }[] = [],
): number {
  const sorted = pauses
    .map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to ?? now, now) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from)
  let elapsed = 0
  let running = start
  for (const { from, to } of sorted) {
    if (from > running) elapsed += time.between(running, from)
    running = Math.max(running, to)
  }
  return elapsed + time.between(running, Math.max(running, now))
}

function exactly(time: WorkingTime, start: number, text: string): number {
  const duration = parseDuration(text)
  const length = durationMilliseconds(duration) ?? 0
  const worked = duration.unit === 'wm' || duration.unit === 'wh'
  return worked ? time.add(start, length) : requireInstant(start, 'start') + length
}
