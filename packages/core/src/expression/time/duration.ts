import { addMonths } from './calendar.ts'

/** A length of time: months of the calendar, and milliseconds. */
export interface Duration {
  readonly months: number
  readonly milliseconds: number
}

const shape =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/

/** ISO 8601 (`P30D`, `PT4H`, `P1M`) → duration; null when it is none. Days are 24 hours. */
export function parseDuration(text: unknown): Duration | null {
  const match = typeof text === 'string' ? shape.exec(text) : null
  if (!match) return null
  const counts = match.slice(1).map((part) => Number(part ?? 0))
  const [years, months, weeks, days, hours, minutes, seconds] = counts as [number, number, number, number, number, number, number]
  return {
    months: years * 12 + months,
    milliseconds: ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000,
  }
}

/** The instant that lies the duration before (-1) or after (1) another; months clamp to the month's end in the zone. */
export function shift(at: number, { months, milliseconds }: Duration, direction: 1 | -1, zone: string): number {
  const moved = months === 0 ? at : addMonths(at, direction * months, zone)
  return moved + direction * milliseconds
}
