import { crmError } from '../error/crm-error.ts'
import type { Calendar } from './calendar.ts'
import { requireCalendar } from './calendar.ts'
import { type CalendarYear, calendarYear, type DayRules, dayRules, spansOn } from './calendar-year.ts'
import { dateOfEpochDay, epochDayOf, type LocalDate } from './local-date.ts'
import { instantAt, requireInstant } from './zone.ts'

const dayLength = 86_400_000
/** Years without any working time that are searched before a calendar counts as empty. */
const emptyYears = 5

/**
 * Working time of one calendar. Years are compiled when first met and kept, so that a warm answer is a few binary searches.
 * All instants are milliseconds UTC; all intervals are half-open, `[from, to)`.
 */
export class WorkingTime {
  readonly calendar: Calendar
  readonly #rules: DayRules
  readonly #years = new Map<number, CalendarYear>()

  /** Throws CALENDAR_INVALID. */
  constructor(calendar: Calendar) {
    this.calendar = requireCalendar(calendar)
    this.#rules = dayRules(calendar)
  }

  /** Is this instant inside working time? */
  isWorking(instant: number): boolean {
    const year = this.#yearAt(requireInstant(instant))
    const index = lastAtOrBefore(year.from, instant)
    return index >= 0 && instant < (year.to[index] ?? 0)
  }

  /** Is the day worked at all? */
  isWorkday(date: LocalDate): boolean {
    return spansOn(this.#rules, epochDayOf(date)).length > 0
  }

  /** The day it is at this instant. */
  dateAt(instant: number): LocalDate {
    return dateOfEpochDay(this.#epochDayAt(requireInstant(instant)))
  }

  /** First instant of a day: 00:00, or later where daylight saving skips it. */
  startOf(date: LocalDate): number {
    return this.#startOf(epochDayOf(date))
  }

  /** 24:00 of a day: the first instant that is no longer part of it. */
  endOf(date: LocalDate): number {
    return this.#startOf(epochDayOf(date) + 1)
  }

  /** The earliest instant at which so many milliseconds of working time have accumulated. Throws CALENDAR_EMPTY. */
  add(start: number, milliseconds: number): number {
    requireInstant(start, 'start')
    requireLength(milliseconds)
    if (milliseconds === 0) return start
    let year = this.#yearAt(start)
    let target = workedBefore(year, start) + milliseconds
    for (let empty = 0; target > year.total; ) {
      empty = year.total === 0 ? empty + 1 : 0
      if (empty > emptyYears) throw crmError('CALENDAR_EMPTY')
      target -= year.total
      year = this.#yearOf(year.year + 1)
    }
    // The first interval whose end reaches the target is the last that begins with less than it.
    const index = lastBelow(year.before, target)
    return (year.from[index] ?? 0) + target - (year.before[index] ?? 0)
  }

  /** Milliseconds of working time in `[from, to)`; 0 when `to` is not later. */
  between(from: number, to: number): number {
    requireInstant(from, 'from')
    requireInstant(to, 'to')
    if (to <= from) return 0
    const first = this.#yearAt(from)
    const last = this.#yearAt(to)
    let worked = workedBefore(last, to) - workedBefore(first, from)
    for (let year = first; year.year < last.year; year = this.#yearOf(year.year + 1)) worked += year.total
    return worked
  }

  /** The same instant when it is inside working time, else when work next begins. Throws CALENDAR_EMPTY. */
  nextWorking(instant: number): number {
    if (this.isWorking(instant)) return instant
    let year = this.#yearAt(instant)
    for (let tries = 0; tries <= emptyYears; tries++) {
      const start = year.from[lastBelow(year.from, instant) + 1]
      if (start !== undefined) return start
      year = this.#yearOf(year.year + 1)
    }
    throw crmError('CALENDAR_EMPTY')
  }

  /** The working day that is so many working days after the day; day 0 is the day itself, worked or not. */
  workdayAfter(date: LocalDate, workdays: number): LocalDate {
    return dateOfEpochDay(this.#workdayAfter(epochDayOf(date), workdays))
  }

  /** The day itself when it is worked, else the next that is. */
  workdayFrom(date: LocalDate): LocalDate {
    return this.isWorkday(date) ? date : this.workdayAfter(date, 1)
  }

  /** Days of the calendar after the day of `instant`, its end: what deadlines in `d` and `wd` are made of. */
  endOfDayAfter(instant: number, days: number, unit: 'd' | 'wd'): number {
    const today = this.#epochDayAt(requireInstant(instant))
    return this.#startOf((unit === 'd' ? today + days : this.#workdayAfter(today, days)) + 1)
  }

  /** A time of day of a date, in the calendar's zone; `minutes` after midnight. */
  at(date: LocalDate, minutes: number): number {
    return instantAt(this.#rules.zone, epochDayOf(date), minutes)
  }

  #workdayAfter(day: number, workdays: number): number {
    requireLength(workdays)
    if (workdays === 0) return day
    let year = this.#yearOf(yearOfDay(day))
    let target = (year.workdaysBefore[day - year.firstDay + 1] ?? 0) + workdays
    for (let empty = 0; ; ) {
      const total = year.workdaysBefore.at(-1) ?? 0
      if (target <= total) break
      empty = total === 0 ? empty + 1 : 0
      if (empty > emptyYears) throw crmError('CALENDAR_EMPTY')
      target -= total
      year = this.#yearOf(year.year + 1)
    }
    return year.firstDay + lastBelow(year.workdaysBefore, target)
  }

  #startOf(day: number): number {
    const year = this.#yearOf(yearOfDay(day))
    return year.dayStarts[day - year.firstDay] ?? 0
  }

  #epochDayAt(instant: number): number {
    const year = this.#yearAt(instant)
    return year.firstDay + lastAtOrBefore(year.dayStarts, instant)
  }

  /** A zone may be a day ahead of UTC or behind it. */
  #yearAt(instant: number): CalendarYear {
    const year = this.#yearOf(new Date(instant).getUTCFullYear())
    if (instant < (year.dayStarts[0] ?? 0)) return this.#yearOf(year.year - 1)
    return instant < (year.dayStarts.at(-1) ?? 0) ? year : this.#yearOf(year.year + 1)
  }

  #yearOf(year: number): CalendarYear {
    const known = this.#years.get(year)
    if (known) return known
    if (year < 1 || year > 9_999) throw crmError('PARAMETER_INVALID', { name: 'time', reason: 'only the years 0001 to 9999 are known' })
    const compiled = calendarYear(this.#rules, year)
    this.#years.set(year, compiled)
    return compiled
  }
}

function yearOfDay(day: number): number {
  return new Date(day * dayLength).getUTCFullYear()
}

/** Working milliseconds of the year before an instant. */
function workedBefore(year: CalendarYear, instant: number): number {
  const index = lastAtOrBefore(year.from, instant)
  if (index < 0) return 0
  return (year.before[index] ?? 0) + Math.min(instant, year.to[index] ?? 0) - (year.from[index] ?? 0)
}

type Sorted = Float64Array | Uint16Array

/** Index of the last value that is not above `value`; -1 when there is none. */
function lastAtOrBefore(values: Sorted, value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Index of the last value below `value`; -1 when there is none. */
function lastBelow(values: Sorted, value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low - 1
}

function requireLength(value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return
  throw crmError('PARAMETER_INVALID', { name: 'length', reason: 'a whole number from 0 is expected' })
}
