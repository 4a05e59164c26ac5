import { memo } from '../format/memo.ts'

/** Keys of weekly hours, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** One of them. */
export type Weekday = (typeof weekdays)[number]

/** Hours of each weekday as `09:00-12:00`; a day left out is free. */
export type Hours = Readonly<Partial<Record<Weekday, readonly string[]>>>

/** A day that is worked although it would be free. */
export interface Workday {
  readonly date: string
  readonly hours?: readonly string[]
}

/** What an authority published for a region and year. */
export interface OfficialYear {
  readonly region: string
  readonly year: number
  readonly state: string
  readonly source: string
  readonly holidays: readonly string[]
  readonly extraWorkdays: readonly Workday[]
}

const dayNames = memo((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }))
const dates = memo(
  (locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' }),
)

/** What a weekday is called. 2024-01-01 was a Monday. */
export function weekdayName(day: Weekday, locale: string): string {
  return dayNames(locale).format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)))
}

/** A calendar day with its weekday. */
export function dayText(date: string, locale: string): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) ? date : dates(locale).format(at)
}

/** Neighbouring weekdays with the same hours as one line: Mon–Fri 09:00–18:00. */
export function hoursText(hours: Hours, locale: string): string {
  const runs: { from: Weekday; to: Weekday; spans: string }[] = []
  for (const day of weekdays) {
    const spans = (hours[day] ?? []).join(', ')
    const last = runs.at(-1)
    if (last && last.spans === spans && weekdays.indexOf(last.to) === weekdays.indexOf(day) - 1) last.to = day
    else runs.push({ from: day, to: day, spans })
  }
  const named = ({ from, to }: { from: Weekday; to: Weekday }): string =>
    from === to ? weekdayName(from, locale) : `${weekdayName(from, locale)}–${weekdayName(to, locale)}`
  return runs
    .filter(({ spans }) => spans !== '')
    .map((run) => `${named(run)} ${run.spans.replaceAll('-', '–')}`)
    .join('; ')
}

/** Is every span `hh:mm-hh:mm`, in order and without overlap? */
export function areSpans(spans: readonly string[]): boolean {
  let end = -1
  return spans.every((span) => {
    const match = /^(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)$/.exec(span)
    if (!match) return false
    const [from, to] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])]
    const holds = from < to && to <= 1_440 && from >= end
    end = to
    return holds
  })
}
