/** Minutes from local midnight, `[from, to)`. */
export interface MinuteSpan {
  readonly from: number
  readonly to: number
}

const clockTime = /^([01]\d|2[0-3]):([0-5]\d)$/

/** `09:30` as minutes from midnight; null when it is no time of day. `24:00` only where a span may end there. */
export function minutesOf(text: unknown, endOfDay = false): number | null {
  if (typeof text !== 'string') return null
  if (endOfDay && text === '24:00') return 1_440
  const match = clockTime.exec(text)
  return match && Number(match[1]) * 60 + Number(match[2])
}

/** Reads `09:00-12:00`; null when it is no span of one day. */
export function spanOf(text: unknown): MinuteSpan | null {
  if (typeof text !== 'string') return null
  const [first, last, ...more] = text.split('-')
  const from = minutesOf(first)
  const to = minutesOf(last, true)
  return more.length > 0 || from === null || to === null || from >= to ? null : { from, to }
}
