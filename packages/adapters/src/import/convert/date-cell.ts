import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import { readDateText, type WrittenDate } from './date-text.ts'
import type { ConvertOptions } from './options.ts'
import type { RepairCode } from './repairs.ts'
import { dayText, fromSerial } from './serial.ts'
import { isWide, narrow } from './width.ts'
import { instantIn } from './zone.ts'

/** Day numbers from 1927 to 2173: what is outside is more likely a number. */
const serials = { from: 10_000, to: 100_000 } as const

/** Reads a cell into a day of the calendar. */
export function readDay(content: Content, options: ConvertOptions): Reading<string> | Refused {
  const written = readWritten(content, options)
  if ('refused' in written) return written
  const { value, codes } = written
  const timed = value.time !== null && value.time !== 0
  return { value: dayText(value), codes: timed ? [...codes, 'TIME_DROPPED'] : codes }
}

/** Reads a cell into a moment: in the zone it names, else in the column's. A day alone is its first moment. */
export function readInstant(content: Content, options: ConvertOptions): Reading<number> | Refused {
  const written = readWritten(content, options)
  if ('refused' in written) return written
  const { value, codes } = written
  const clock = Date.parse(`${dayText(value)}T00:00:00Z`) + (value.time ?? 0)
  const instant = value.offset === null ? instantIn(options.zone ?? 'Asia/Shanghai', clock) : clock - value.offset * 60_000
  return { value: instant, codes }
}

function readWritten(content: Content, options: ConvertOptions): Reading<WrittenDate> | Refused {
  if (content.kind === 'number') return readNumber(content.number, content.date, content.codes)
  if (content.kind !== 'text') return refuse('IMPORT_DATE_UNKNOWN', { value: content.original })
  const text = narrow(content.text).replace(/ +/g, ' ')
  if (/^\d{5}(\.\d+)?$/.test(text)) return readNumber(Number(text), false, content.codes)
  const written = readDateText(text, options.dateOrder)
  if (written === null) return refuse('IMPORT_DATE_UNKNOWN', { value: content.original.slice(0, 100) })
  if (written === 'ambiguous') return refuse('IMPORT_DATE_AMBIGUOUS', { value: content.original.slice(0, 100) })
  return { value: written, codes: [...content.codes, ...dateCodes(content.text, written)] }
}

function dateCodes(text: string, { respelt, ordered }: WrittenDate): RepairCode[] {
  return [
    ...(isWide(text) ? (['WIDTH'] as const) : []),
    ...(respelt ? (['DATE_SPELLING'] as const) : []),
    ...(ordered ? (['DATE_ORDER'] as const) : []),
  ]
}

/** A spreadsheet's day number, or 20260316 as a number. */
function readNumber(number: number, isDate: boolean, codes: readonly RepairCode[]): Reading<WrittenDate> | Refused {
  if (Number.isInteger(number) && number >= 10_000_101 && number <= 99_991_231) {
    const written = readDateText(String(number))
    if (written && written !== 'ambiguous') return { value: written, codes: [...codes, 'DATE_SPELLING'] }
  }
  const plausible = isDate ? number >= 1 && number < 2_958_466 : number >= serials.from && number <= serials.to
  if (!plausible) return refuse('IMPORT_DATE_UNKNOWN', { value: number })
  return { value: fromSerial(number), codes: isDate ? codes : [...codes, 'DATE_SERIAL'] }
}
