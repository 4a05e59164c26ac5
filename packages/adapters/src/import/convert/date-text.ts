import { readClock } from './clock-text.ts'
import { monthNamed } from './month-name.ts'
import type { DateOrder } from './options.ts'

/** A day and perhaps a time, as written: no zone has been chosen yet. */
export interface WrittenDate {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Milliseconds after midnight; null where only a day is written. */
  readonly time: number | null
  /** Minutes east of UTC, where the text says so. */
  readonly offset: number | null
  /** False for the standard spelling, true for any other. */
  readonly respelt: boolean
  /** True where the order of day and month was needed to read it. */
  readonly ordered: boolean
}

const plainDay = /^(\d{4})-(\d{2})-(\d{2})$/
const yearFirst = /^(\d{4})( ?[-/.年] ?)(\d{1,2})( ?[-/.月] ?)(\d{1,2}) ?[日号]?(.*)$/
const yearLast = /^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?[-/.] ?(\d{4})(.*)$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const named = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9}\.?)[ ,-]+(\d{4})(.*)$/
const namedFirst = /^([A-Za-z]{3,9}\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(.*)$/
const standard = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Reads a date in any of the usual spellings; null for what is none, `ambiguous` where day and month cannot be told apart. */
export function readDateText(text: string, order?: DateOrder): WrittenDate | 'ambiguous' | null {
  const plain = plainDay.exec(text)
  if (plain) return written(plain[1], plain[2], plain[3], '', false)
  const first = yearFirst.exec(text)
  if (first) return written(first[1], first[3], first[5], first[6], !standard.test(text))
  const short = compact.exec(text)
  if (short) return written(short[1], short[2], short[3], '', true)
  const last = yearLast.exec(text)
  if (last) return readYearLast(last, order)
  const dayName = named.exec(text)
  if (dayName) return written(dayName[3], monthNamed(dayName[2] ?? ''), dayName[1], dayName[4], true)
  const nameDay = namedFirst.exec(text)
  return nameDay ? written(nameDay[3], monthNamed(nameDay[1] ?? ''), nameDay[2], nameDay[4], true) : null
}

/** What `16/03/2026` says about its order by itself; null where it says nothing, or is no such date. */
export function orderShownBy(text: string): DateOrder | 'either' | null {
  const match = yearLast.exec(text)
  if (!match) return null
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (first > 12 && second <= 12) return 'dmy'
  if (second > 12 && first <= 12) return 'mdy'
  return first === second || first > 31 || second > 31 ? null : 'either'
}

function readYearLast(match: RegExpExecArray, order: DateOrder | undefined): WrittenDate | 'ambiguous' | null {
  const [, a = '', , b = '', year = '', rest = ''] = match
  const shown = orderShownBy(match[0])
  // A column of one order does not become two by a slip of the hand: 13/25 and 25/13 in one column are both looked at by a person.
  const chosen = shown === 'either' ? order : (order ?? shown ?? 'dmy')
  if (!chosen) return 'ambiguous'
  const made = chosen === 'dmy' ? written(year, b, a, rest, true) : written(year, a, b, rest, true)
  return made && { ...made, ordered: shown === 'either' }
}

function written(
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
  rest = '',
  respelt: boolean,
): WrittenDate | null {
  const clock = readClock(rest)
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  if (clock === null || !isDay(date)) return null
  return { ...date, ...clock, respelt, ordered: false }
}

function isDay({ year, month, day }: { year: number; month: number; day: number }): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  if (month === 2) return day <= (isLeap(year) ? 29 : 28)
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
