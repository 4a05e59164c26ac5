import { Temporal } from 'temporal-polyfill'
import { crmError } from '../error/crm-error.ts'

/** A calendar day, `2026-04-03`, of the years 0001 to 9999. Text, so that it never shifts with a zone. */
export type LocalDate = string

const datePattern = /^\d{4}-\d{2}-\d{2}$/
const dayLength = 86_400_000

/** Is this a day that exists, written `2026-04-03`? */
export function isLocalDate(value: unknown): value is LocalDate {
  if (typeof value !== 'string' || !datePattern.test(value) || value.startsWith('0000')) return false
  const instant = Date.parse(`${value}T00:00:00Z`)
  // V8 carries 02-30 over to March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)
}

/** Days since 1970-01-01. */
export function epochDayOf(date: LocalDate): number {
  if (!isLocalDate(date)) throw crmError('PARAMETER_INVALID', { name: 'date', reason: `“${String(date).slice(0, 40)}” is not a day` })
  return Date.parse(`${date}T00:00:00Z`) / dayLength
}

/** The day that is so many days after 1970-01-01. */
export function dateOfEpochDay(epochDay: number): LocalDate {
  return new Date(epochDay * dayLength).toISOString().slice(0, 10)
}

/** Day of the week, Monday 0 to Sunday 6. */
export function weekdayOf(epochDay: number): number {
  return (((epochDay + 3) % 7) + 7) % 7
}

/** So many days later (or earlier). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return requireYear(plain(date).add({ days: wholeNumber('days', days) }))
}

/** So many months later; a day the month does not have becomes its last one: 01-31 and one month is 02-28. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return requireYear(plain(date).add({ months: wholeNumber('months', months) }))
}

/** The day in another year; 02-29 is kept on 02-28 where there is no leap day. */
export function anniversary(date: LocalDate, year: number): LocalDate {
  return requireYear(plain(date).with({ year: wholeNumber('year', year) }))
}

/** Whole days from one day to the other; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDayOf(to) - epochDayOf(from)
}

function plain(date: LocalDate): Temporal.PlainDate {
  epochDayOf(date)
  return Temporal.PlainDate.from(date)
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && Math.abs(value) <= 4_000_000) return value
  throw crmError('PARAMETER_INVALID', { name, reason: 'a whole number is expected' })
}

function requireYear(date: Temporal.PlainDate): LocalDate {
  if (date.year >= 1 && date.year <= 9_999) return date.toString()
  throw crmError('PARAMETER_INVALID', { name: 'date', reason: 'only the years 0001 to 9999 are known' })
}
