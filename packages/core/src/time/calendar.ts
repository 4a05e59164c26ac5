import { crmError } from '../error/crm-error.ts'
import { spanOf } from './clock-time.ts'
import { isLocalDate, type LocalDate } from './local-date.ts'
import { isZone } from './zone.ts'

/** Days of the week, as keys of {@link WeeklyHours}, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Working hours per weekday, each `09:00-12:00`, in order and without overlap; a day may end at `24:00`. A day left out is free. */
export type WeeklyHours = Readonly<Partial<Record<(typeof weekdays)[number], readonly string[]>>>

/** A day that is worked although it would be free (调休上班日). */
export interface ExtraWorkday {
  readonly date: LocalDate
  /** Its hours; those of the first working day of the week unless said, since it stands in for a normal one. */
  readonly hours?: readonly string[]
}

/** When somebody works. Extra workdays beat holidays, holidays beat weekly hours. */
export interface Calendar {
  /** IANA name of the time zone. */
  readonly zone: string
  readonly weeklyHours: WeeklyHours
  readonly holidays: readonly LocalDate[]
  readonly extraWorkdays: readonly ExtraWorkday[]
}

/** Bounds of one calendar. */
export const calendarLimits = { holidays: 2_000, extraWorkdays: 1_000, spans: 24 } as const

/** What is wrong with weekly hours, in words; null when nothing is. */
export function weeklyHoursProblem(value: unknown): string | null {
  if (!isObject(value)) return 'weekly hours are an object with a key per weekday'
  for (const [name, hours] of Object.entries(value)) {
    if (!weekdays.some((known) => known === name)) return `“${name.slice(0, 20)}” is no weekday; use ${weekdays.join(', ')}`
    const problem = hoursProblem(hours)
    if (problem) return `${name}: ${problem}`
  }
  return null
}

/** What is wrong with a list of holidays. */
export function datesProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length > calendarLimits.holidays)
    return `a list of at most ${calendarLimits.holidays} days is expected`
  const wrong = value.find((date) => !isLocalDate(date))
  return wrong === undefined ? null : `“${String(wrong).slice(0, 40)}” is not a day`
}

/** What is wrong with a list of extra workdays. */
export function extraWorkdaysProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length > calendarLimits.extraWorkdays)
    return `a list of at most ${calendarLimits.extraWorkdays} days is expected`
  for (const entry of value) {
    if (!isObject(entry) || !isLocalDate(entry.date)) return 'each extra workday has a date'
    const extra = Object.keys(entry).find((key) => key !== 'date' && key !== 'hours')
    if (extra !== undefined) return `“${extra.slice(0, 20)}” is unknown; an extra workday has a date and hours`
    const problem = entry.hours === undefined ? null : hoursProblem(entry.hours)
    if (problem) return `${String(entry.date)}: ${problem}`
  }
  const dates = value.map(({ date }) => date)
  return new Set(dates).size === dates.length ? null : 'a day is there twice'
}

/** Refuses a calendar that cannot be used, with CALENDAR_INVALID. */
export function requireCalendar(calendar: Calendar): Calendar {
  const problem = isZone(calendar.zone)
    ? (weeklyHoursProblem(calendar.weeklyHours) ?? datesProblem(calendar.holidays) ?? extraWorkdaysProblem(calendar.extraWorkdays))
    : `“${String(calendar.zone).slice(0, 60)}” is not an IANA time zone`
  if (problem) throw crmError('CALENDAR_INVALID', { reason: problem })
  return calendar
}

function hoursProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length > calendarLimits.spans) return 'a list such as ["09:00-12:00", "13:30-18:00"] is expected'
  let end = 0
  for (const text of value) {
    const span = spanOf(text)
    if (!span) return `“${String(text).slice(0, 20)}” is no span of one day such as 09:00-12:00`
    if (span.from < end) return `“${String(text)}” begins before the one in front of it has ended`
    end = span.to
  }
  return null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
