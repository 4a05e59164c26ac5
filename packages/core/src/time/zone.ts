import { Temporal } from 'temporal-polyfill'
import { crmError } from '../error/crm-error.ts'
import type { LocalDate } from './local-date.ts'

const dayLength = 86_400_000
/** First and last instant that is known: the years 0001 to 9999, less a day at each end for zones. */
const earliest = Date.parse('0001-01-02T00:00:00Z')
const latest = Date.parse('9999-12-31T00:00:00Z')

/** Is this the name of an IANA time zone, such as `Asia/Shanghai`? Fixed offsets are not: they know no daylight saving. */
export function isZone(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 60 || !/^[A-Za-z]/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** Refuses what is no zone. */
export function requireZone(value: unknown): string {
  if (isZone(value)) return value
  throw crmError('PARAMETER_INVALID', { name: 'zone', reason: `“${String(value).slice(0, 60)}” is not an IANA time zone` })
}

/** Refuses what is no instant in milliseconds of the years 0001 to 9999. */
export function requireInstant(value: number, name = 'instant'): number {
  if (Number.isSafeInteger(value) && value >= earliest && value < latest) return value
  throw crmError('PARAMETER_INVALID', { name, reason: 'integer milliseconds UTC of the years 0001 to 9999 are expected' })
}

/**
 * The instant of a local time, `minutes` after midnight. A time that does not exist moves forward by the gap; of one that exists
 * twice it is the first.
 */
export function instantAt(zone: string, epochDay: number, minutes: number): number {
  const local = new Date(epochDay * dayLength + minutes * 60_000).toISOString().slice(0, 19)
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** The first instant of a local day; 00:00, or later where that is skipped. */
export function startOfDay(zone: string, epochDay: number): number {
  return instantAt(zone, epochDay, 0)
}

/** The day it is in the zone. */
export function dateAt(zone: string, instant: number): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(requireInstant(instant)).toZonedDateTimeISO(requireZone(zone)).toPlainDate().toString()
}

/**
 * The offset from UTC, in milliseconds, when the zone keeps one and the same from the first to the last instant; else null.
 * Most zones do, and then local times need no look-up.
 */
export function steadyOffset(zone: string, from: number, to: number): number | null {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const next = start.getTimeZoneTransition('next')
  if (next && next.epochMilliseconds <= to) return null
  const offset = start.offsetNanoseconds / 1_000_000
  return Number.isInteger(offset) ? offset : null
}
