import { minutesOf } from '../time/clock-time.ts'
import { durationMilliseconds, parseDuration } from '../time/duration.ts'
import { dateOfEpochDay, epochDayOf, weekdayOf } from '../time/local-date.ts'
import { dateAt, instantAt, isZone } from '../time/zone.ts'
import type { ScheduleTimes } from './schedule.ts'

const shortestInterval = 60_000
/** Every combination of days comes around within this many days: the 29th of a month with leap years. */
const horizon = 366 * 9

/** Everything wrong with the times of a schedule, in words. */
export function timesProblems(times: ScheduleTimes): string[] {
  if ('every' in times) {
    const length = intervalOf(times.every)
    return length === null || length < shortestInterval ? [`runs every “${String(times.every)}”; write minutes or hours, such as 15m`] : []
  }
  const problems: string[] = []
  if (minutesOf(times.at) === null) problems.push(`is due at “${String(times.at)}”; write a time such as 02:30`)
  if (times.zone !== undefined && !isZone(times.zone)) problems.push(`names the unknown zone “${String(times.zone)}”`)
  if (times.weekdays && !isDays(times.weekdays, 1, 7)) problems.push('has weekdays other than 1 (Monday) to 7')
  if (times.monthDays && !isDays(times.monthDays, -1, 31)) problems.push('has days of the month other than 1 to 31, or -1 for the last')
  return problems
}

/** The first time after an instant; once for each local day, whatever the clocks do on it. */
export function nextOccurrence(times: ScheduleTimes, after: number, defaultZone: string): number {
  if ('every' in times) {
    const length = intervalOf(times.every) ?? shortestInterval
    return (Math.floor(after / length) + 1) * length
  }
  const zone = times.zone ?? defaultZone
  const minutes = minutesOf(times.at) ?? 0
  const today = epochDayOf(dateAt(zone, after))
  for (let day = today; day < today + horizon; day++) {
    if (!isMeant(times, day)) continue
    const instant = instantAt(zone, day, minutes)
    // Where a zone skipped a whole day, that day's time stands for the next day's.
    if (instant > after && epochDayOf(dateAt(zone, instant)) === day) return instant
  }
  throw new TypeError('The schedule never comes round.')
}

function isMeant({ weekdays, monthDays }: Exclude<ScheduleTimes, { every: string }>, day: number): boolean {
  if (weekdays && !weekdays.includes(weekdayOf(day) + 1)) return false
  if (!monthDays) return true
  const ofMonth = Number(dateOfEpochDay(day).slice(8))
  return monthDays.includes(ofMonth) || (monthDays.includes(-1) && dateOfEpochDay(day + 1).endsWith('-01'))
}

function isDays(days: readonly number[], least: number, most: number): boolean {
  return days.length > 0 && days.every((day) => Number.isInteger(day) && day >= least && day <= most && day !== 0)
}

function intervalOf(every: string): number | null {
  try {
    const duration = parseDuration(every)
    return duration.unit === 'm' || duration.unit === 'h' ? durationMilliseconds(duration) : null
  } catch {
    return null
  }
}
