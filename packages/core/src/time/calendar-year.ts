import { type Calendar, weekdays } from './calendar.ts'
import { type MinuteSpan, spanOf } from './clock-time.ts'
import { epochDayOf, weekdayOf } from './local-date.ts'
import { instantAt, startOfDay, steadyOffset } from './zone.ts'

const dayLength = 86_400_000

/** A calendar's rule for each day, ready for look-ups. */
export interface DayRules {
  readonly zone: string
  readonly week: readonly (readonly MinuteSpan[])[]
  readonly holidays: ReadonlySet<number>
  readonly extra: ReadonlyMap<number, readonly MinuteSpan[]>
}

/** One local year as sorted columns of numbers, so that every question about it is a binary search. */
export interface CalendarYear {
  readonly year: number
  /** Days since 1970-01-01 of January 1st. */
  readonly firstDay: number
  /** First instant of each day, and of the first day after. */
  readonly dayStarts: Float64Array
  /** Working days before each day of the year, and in all of it. */
  readonly workdaysBefore: Uint16Array
  /** Working intervals `[from, to)`, sorted, without overlap. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** Working milliseconds of the year before each interval. */
  readonly before: Float64Array
  /** Working milliseconds of the whole year. */
  readonly total: number
}

/** Reads a calendar once, so that its years are quick to build. */
export function dayRules(calendar: Calendar): DayRules {
  const week = weekdays.map((name) => spansOf(calendar.weeklyHours[name] ?? []))
  const normalDay = week.find((spans) => spans.length > 0) ?? []
  return {
    zone: calendar.zone,
    week,
    holidays: new Set(calendar.holidays.map(epochDayOf)),
    extra: new Map(calendar.extraWorkdays.map(({ date, hours }) => [epochDayOf(date), hours ? spansOf(hours) : normalDay])),
  }
}

/** Extra workdays beat holidays, which beat weekly hours. */
export function spansOn(rules: DayRules, epochDay: number): readonly MinuteSpan[] {
  const extra = rules.extra.get(epochDay)
  if (extra) return extra
  if (rules.holidays.has(epochDay)) return []
  return rules.week[weekdayOf(epochDay)] ?? []
}

/** Builds one local year of a calendar. */
export function calendarYear(rules: DayRules, year: number): CalendarYear {
  const firstDay = firstDayOf(year)
  const days = firstDayOf(year + 1) - firstDay
  const locate = locator(rules.zone, firstDay, days)
  const dayStarts = new Float64Array(days + 1)
  const workdaysBefore = new Uint16Array(days + 1)
  const intervals: [number, number][] = []
  for (let index = 0; index <= days; index++) {
    const epochDay = firstDay + index
    dayStarts[index] = locate(epochDay, 0)
    if (index === days) break
    const spans = spansOn(rules, epochDay)
    workdaysBefore[index + 1] = (workdaysBefore[index] ?? 0) + (spans.length > 0 ? 1 : 0)
    for (const { from, to } of spans) addInterval(intervals, locate(epochDay, from), locate(epochDay, to))
  }
  return { year, firstDay, dayStarts, workdaysBefore, ...columnsOf(intervals) }
}

/** Days since 1970-01-01 of January 1st; `setUTCFullYear` because `Date.UTC` takes 0 to 99 for the last century. */
function firstDayOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1) / dayLength
}

/** Where a zone keeps one offset all year, local times are sums; else each is looked up. */
function locator(zone: string, firstDay: number, days: number): (epochDay: number, minutes: number) => number {
  const offset = steadyOffset(zone, startOfDay(zone, firstDay), startOfDay(zone, firstDay + days + 1))
  if (offset === null) return (epochDay, minutes) => instantAt(zone, epochDay, minutes)
  return (epochDay, minutes) => epochDay * dayLength + minutes * 60_000 - offset
}

/** In a gap intervals may shrink to nothing or slide over the next one; they never count twice. */
function addInterval(intervals: [number, number][], from: number, to: number): void {
  const last = intervals.at(-1)
  const start = last ? Math.max(from, last[1]) : from
  if (start < to) intervals.push([start, to])
}

function columnsOf(intervals: readonly (readonly [number, number])[]) {
  const from = new Float64Array(intervals.length)
  const to = new Float64Array(intervals.length)
  const before = new Float64Array(intervals.length)
  let total = 0
  for (const [index, [start, end]] of intervals.entries()) {
    from[index] = start
    to[index] = end
    before[index] = total
    total += end - start
  }
  return { from, to, before, total }
}

function spansOf(hours: readonly string[]): MinuteSpan[] {
  return hours.flatMap((text) => spanOf(text) ?? [])
}
