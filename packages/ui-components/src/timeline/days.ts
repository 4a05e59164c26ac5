import { memo } from '../format/memo.ts'
import type { TimelineItem } from './item.ts'

const relative = memo((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
const thisYear = memo((locale) => new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', weekday: 'short' }))
const otherYear = memo((locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }))
const clock = memo((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))

/** What happened on one day, day by day, in the order it is in. */
export function byDay(items: readonly TimelineItem[]): readonly (readonly TimelineItem[])[] {
  const days: TimelineItem[][] = []
  for (const item of items) {
    const last = days.at(-1)
    if (last?.[0] && dayOf(last[0].at) === dayOf(item.at)) last.push(item)
    else days.push([item])
  }
  return days
}

/** A day as a heading: today and yesterday by that word, the year only when it is another. */
export function dayHeading(at: number, locale: string, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const date = (isThisYear ? thisYear : otherYear)(locale).format(at)
  const ago = Math.round((midnight(at) - midnight(now)) / 86_400_000)
  if (ago !== 0 && ago !== -1) return date
  const word = relative(locale).format(ago, 'day')
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} · ${date}`
}

export function timeOfDay(at: number, locale: string): string {
  return clock(locale).format(at)
}

const dayOf = (at: number): string => new Date(at).toDateString()
const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
