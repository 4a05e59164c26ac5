import { Temporal } from 'temporal-polyfill'
import { crmError } from '../error/crm-error.ts'
import { minutesOf } from './clock-time.ts'
import { addDays, dateOfEpochDay, epochDayOf, type LocalDate, weekdayOf } from './local-date.ts'
import { dateAt, instantAt, requireInstant, requireZone, startOfDay } from './zone.ts'

/** Days as people name them. `last_7_days` are today and the six days before it; any number up to 1,000. */
export type DayRangeName =
  | 'today'
  | 'yesterday'
  | 'tomorrow'
  | `${'this' | 'last' | 'next'}_${'week' | 'month' | 'quarter' | 'year'}`
  | `${'last' | 'next'}_${number}_days`

/** Days `[fromDate, toDate)`, and the same as instants of a zone. */
export interface DayRange {
  readonly fromDate: LocalDate
  readonly toDate: LocalDate
  readonly from: number
  readonly to: number
}

/** Where the week begins. */
export interface WeekOptions {
  readonly weekStart?: 'monday' | 'sunday'
}

const pattern = /^(?:(this|last|next)_(week|month|quarter|year)|(last|next)_([1-9]\d{0,3})_days|(today|yesterday|tomorrow))$/
const steps = { this: 0, last: -1, next: 1 } as const
const singles = { today: 0, yesterday: -1, tomorrow: 1 } as const
const months = { month: 1, quarter: 3, year: 12 } as const

/** The days a name means for somebody in a zone at an instant. Days of 23 and 25 hours are days like all others. */
export function dayRange(zone: string, name: DayRangeName, now: number, { weekStart = 'monday' }: WeekOptions = {}): DayRange {
  const today = dateAt(zone, now)
  const [fromDate, toDate] = datesOf(name, today, weekStart)
  return { fromDate, toDate, from: startOfDay(zone, epochDayOf(fromDate)), to: startOfDay(zone, epochDayOf(toDate)) }
}

function datesOf(name: string, today: LocalDate, weekStart: 'monday' | 'sunday'): [LocalDate, LocalDate] {
  const [, step, unit, direction, count, single] = pattern.exec(name) ?? []
  if (single) return days(today, singles[single as keyof typeof singles], 1)
  if (direction && Number(count) <= 1_000)
    return direction === 'last' ? days(today, 1 - Number(count), Number(count)) : days(today, 0, Number(count))
  if (!step || !unit) throw crmError('PARAMETER_INVALID', { name: 'range', reason: `“${name.slice(0, 40)}” is no range of days` })
  const by = steps[step as keyof typeof steps]
  if (unit === 'week') return days(weekBegin(today, weekStart), by * 7, 7)
  const length = months[unit as keyof typeof months]
  const { year, month } = Temporal.PlainDate.from(today)
  const first = Temporal.PlainDate.from({ year, month: month - ((month - 1) % length), day: 1 }).add({ months: by * length })
  return [first.toString(), first.add({ months: length }).toString()]
}

function days(from: LocalDate, skip: number, count: number): [LocalDate, LocalDate] {
  const first = addDays(from, skip)
  return [first, addDays(first, count)]
}

function weekBegin(today: LocalDate, weekStart: 'monday' | 'sunday'): LocalDate {
  const day = epochDayOf(today)
  const weekday = weekdayOf(day)
  return dateOfEpochDay(day - (weekStart === 'monday' ? weekday : (weekday + 1) % 7))
}

/**
 * The next time after `instant` that a daily clock time comes round: exactly once per local day. A time skipped by daylight saving
 * comes later by the gap, one that exists twice only the first time.
 */
export function nextDaily(zone: string, clock: string, instant: number): number {
  const minutes = minutesOf(clock)
  if (minutes === null) throw crmError('PARAMETER_INVALID', { name: 'clock', reason: 'a time of day such as 02:30 is expected' })
  requireInstant(instant)
  // The day before, because a time moved over midnight by a gap still belongs to it.
  for (let day = epochDayOf(dateAt(requireZone(zone), instant)) - 1; ; day++) {
    const next = instantAt(zone, day, minutes)
    if (next > instant) return next
  }
}
