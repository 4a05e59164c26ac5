/** The parts of an instant as a clock on the wall shows them. */
interface WallTime {
  readonly year: number
  /** 0 to 11. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const dayLength = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}

function wallTime(at: number, zone: string): WallTime {
  if (zone === 'UTC') {
    const date = new Date(at)
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth(),
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
    }
  }
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return { year, month: month - 1, day, hour, minute, second }
}

const utc = ({ year, month, day, hour, minute, second }: WallTime): number => {
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(hour, minute, second, 0)
  return date.getTime()
}

/** The instant at which the clock on the wall shows this; in a gap of daylight saving the moment after it. */
function instantOf(wall: WallTime, zone: string): number {
  const wanted = utc(wall)
  const offsetAt = (at: number): number => utc(wallTime(at, zone)) - Math.floor(at / 1000) * 1000
  const first = wanted - offsetAt(wanted)
  const second = wanted - offsetAt(first)
  return second === first ? first : Math.max(second, wanted - offsetAt(second))
}

const monthLength = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month + 1, 0)).getUTCDate()

/** The same time of day some months later, on the month's last day where there is no such day. */
export function addMonths(at: number, months: number, zone: string): number {
  const wall = wallTime(at, zone)
  const count = wall.year * 12 + wall.month + Math.trunc(months)
  const year = Math.floor(count / 12)
  const month = count - year * 12
  const day = Math.min(wall.day, monthLength(year, month))
  const milliseconds = ((at % 1000) + 1000) % 1000
  return instantOf({ ...wall, year, month, day }, zone) + milliseconds
}

/** The day of an instant, as YYYY-MM-DD. */
export function dayOf(at: number, zone: string): string {
  const { year, month, day } = wallTime(at, zone)
  return `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayLength)

/** The period of the calendar that holds an instant, or one some periods later: its first moment. Weeks start on Monday. */
export function startOf(period: Period, at: number, zone: string, later = 0): number {
  const { year, month, day } = wallTime(at, zone)
  const first = { year, month, day, hour: 0, minute: 0, second: 0 }
  switch (period) {
    case 'year':
      return instantOf({ ...first, year: year + later, month: 0, day: 1 }, zone)
    case 'quarter':
      return instantOf({ ...first, month: month - (month % 3) + later * 3, day: 1 }, zone)
    case 'month':
      return instantOf({ ...first, month: month + later, day: 1 }, zone)
    case 'week': {
      const weekday = (new Date(utc(first)).getUTCDay() + 6) % 7
      return instantOf({ ...first, day: day - weekday + later * 7 }, zone)
    }
    case 'day':
      return instantOf({ ...first, day: day + later }, zone)
  }
}

export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Is it the name of a period? */
export const isPeriod = (name: unknown): name is Period =>
  name === 'day' || name === 'week' || name === 'month' || name === 'quarter' || name === 'year'
