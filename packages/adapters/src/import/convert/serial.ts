import type { WrittenDate } from './date-text.ts'

const day = 86_400_000
const serialEpoch = Date.UTC(1899, 11, 30)

/** Spreadsheets count days; a time is a fraction, exact to the second. */
export function fromSerial(serial: number): WrittenDate {
  const seconds = Math.round(serial * 86_400)
  // The 1900 system has a 29 February that never was: day numbers before it are one less.
  const date = new Date(serialEpoch + Math.floor(seconds / 86_400) * day + (serial < 60 ? day : 0))
  const time = (seconds % 86_400) * 1000
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    time: time === 0 ? null : time,
    offset: null,
    respelt: false,
    ordered: false,
  }
}

/** A spreadsheet's day number as text, the way a person would write it. */
export function serialText(serial: number): string {
  const written = fromSerial(serial)
  if (written.time === null) return dayText(written)
  return `${dayText(written)} ${new Date(written.time).toISOString().slice(11, 19)}`
}

/** The standard spelling of a day. */
export function dayText({ year, month, day: date }: Pick<WrittenDate, 'year' | 'month' | 'day'>): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}
