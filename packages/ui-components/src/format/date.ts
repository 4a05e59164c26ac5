import { memo } from './memo.ts'

const DAY = 86_400_000
const day = memo((locale) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }))
const dayOfYear = memo((locale) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' }))
const today = memo((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
const time = memo((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))

/** A calendar day; the year only when it is not the present one. */
export function formatDate(date: string, locale: string, now: number): string {
  const at = dateToLocal(date)
  return at === null ? date : dayText(at, locale, now)
}

/** A moment; today by that word and its time. */
export function formatInstant(at: number, locale: string, now: number): string {
  const clock = time(locale).format(at)
  return `${isSameDay(at, now) ? capital(today(locale).format(0, 'day')) : dayText(at, locale, now)} ${clock}`
}

/** The day a moment falls on. */
export function formatDay(at: number, locale: string, now: number): string {
  return dayText(at, locale, now)
}

/** Whole days from today to a calendar day; negative when it is past. */
export function daysUntil(date: string, now: number): number | null {
  const at = dateToLocal(date)
  if (at === null) return null
  const today = new Date(now)
  return Math.round((at - new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()) / DAY)
}

/** Whole days that have passed since a moment. */
export function daysSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / DAY))
}

function dayText(at: number, locale: string, now: number): string {
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayOfYear)(locale).format(at)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

/** Midnight of a calendar day in the reader's time zone. */
function dateToLocal(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])).getTime() : null
}
