import { daysSince } from './date.ts'
import { memo } from './memo.ts'

const relative = memo((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

/** How many days ago: today, yesterday, 3 days ago. */
export function formatDaysAgo(at: number, locale: string, now: number): string {
  return relative(locale).format(-daysSince(at, now), 'day')
}
