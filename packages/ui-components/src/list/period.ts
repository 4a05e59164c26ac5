import type { RecordValues } from '../client/types.ts'

/** Stretches of time in words: a saved view means another month next month. Days, weeks from Monday, months of the reader. */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'thisYear',
  'last7Days',
  'last30Days',
  'last90Days',
  'next7Days',
  'next30Days',
  'past',
  'future',
] as const

/** One of {@link periods}. */
export type Period = (typeof periods)[number]

/** Is it a period we know? */
export function isPeriod(value: unknown): value is Period {
  return periods.some((one) => one === value)
}

/** The period as a condition: calendar days for dates, milliseconds for moments; both ends count. */
export function periodRange(period: Period, isInstant: boolean, now: number): RecordValues {
  const [from, to] = days(period, new Date(now))
  const start = from && { gte: isInstant ? from.getTime() : dayText(from) }
  const end = to && { lte: isInstant ? after(to, 1).getTime() - 1 : dayText(to) }
  return { ...start, ...end }
}

/** First and last day; null = open. */
function days(period: Period, now: Date): readonly [Date | null, Date | null] {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const monday = after(today, -((today.getDay() + 6) % 7))
  const month = (offset: number) => new Date(today.getFullYear(), today.getMonth() + offset, 1)
  const quarter = today.getMonth() - (today.getMonth() % 3)
  const ranges: Record<Period, readonly [Date | null, Date | null]> = {
    today: [today, today],
    yesterday: [after(today, -1), after(today, -1)],
    tomorrow: [after(today, 1), after(today, 1)],
    thisWeek: [monday, after(monday, 6)],
    lastWeek: [after(monday, -7), after(monday, -1)],
    nextWeek: [after(monday, 7), after(monday, 13)],
    thisMonth: [month(0), after(month(1), -1)],
    lastMonth: [month(-1), after(month(0), -1)],
    nextMonth: [month(1), after(month(2), -1)],
    thisQuarter: [new Date(today.getFullYear(), quarter, 1), new Date(today.getFullYear(), quarter + 3, 0)],
    thisYear: [new Date(today.getFullYear(), 0, 1), new Date(today.getFullYear(), 11, 31)],
    last7Days: [after(today, -6), today],
    last30Days: [after(today, -29), today],
    last90Days: [after(today, -89), today],
    next7Days: [today, after(today, 6)],
    next30Days: [today, after(today, 29)],
    past: [null, after(today, -1)],
    future: [after(today, 1), null],
  }
  return ranges[period]
}

/** By the calendar, so that a day of 23 or 25 hours is one day. */
function after(day: Date, count: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + count)
}

function dayText(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
