const formats = new Map<string, Intl.DateTimeFormat>()

/** Swedish writes dates as ISO 8601 does. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone) ?? new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, known)
  return known
}

/** What a clock on the wall shows, as if it were in UTC. */
const wallTime = (at: number, zone: string): number =>
  zone === 'UTC' ? at - (((at % 1000) + 1000) % 1000) : Date.parse(`${formatOf(zone).format(at).replace(' ', 'T')}Z`)

/** The instant at which the clock on the wall shows this; in a gap of daylight saving the moment after it. */
function instantOf(wall: number, zone: string): number {
  const shifted = (at: number): number => wall - (wallTime(at, zone) - at)
  const first = shifted(wall)
  const second = shifted(first)
  return second === first ? first : Math.max(second, shifted(second))
}

/** The same time of day some months later, on the month's last day where there is no such day. */
export function addMonths(at: number, months: number, zone: string): number {
  const date = new Date(wallTime(at, zone))
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + Math.trunc(months))
  // Too late a day has run over into the next month.
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return instantOf(date.getTime(), zone) + (((at % 1000) + 1000) % 1000)
}

/** The day of an instant, as YYYY-MM-DD. */
export const dayOf = (at: number, zone: string): string => new Date(wallTime(at, zone)).toISOString().slice(0, 10)

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Date.parse(day) / 86_400_000

export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** How many months a period has, or null for one of days. */
const monthsOf: Readonly<Record<Period, number>> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }

/** Is it the name of a period? */
export const isPeriod = (name: unknown): name is Period => typeof name === 'string' && Object.hasOwn(monthsOf, name)

/** The period of the calendar that holds an instant, or one some periods later: its first moment. Weeks start on Monday. */
export function startOf(period: Period, at: number, zone: string, later = 0): number {
  const date = new Date(wallTime(at, zone))
  date.setUTCHours(0, 0, 0, 0)
  const months = monthsOf[period]
  if (months > 0) {
    const month = date.getUTCMonth()
    date.setUTCMonth(month - (month % months) + later * months, 1)
  } else if (period === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + later * 7)
  else date.setUTCDate(date.getUTCDate() + later)
  return instantOf(date.getTime(), zone)
}
