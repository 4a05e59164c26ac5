const shape =
  /^(?:[T ,]+)?(上午|下午|中午|晚上|am|pm)? ?(\d{1,2})(?:[:时點点] ?(\d{1,2}))(?:[:分] ?(\d{1,2})(?:[.,](\d{1,9}))?秒?)?分? ?(am|pm|上午|下午)? ?(z|utc|[+-]\d{2}:?\d{2})?$/i

/** A time of day, and its zone where it is written. */
export interface Clock {
  readonly time: number | null
  readonly offset: number | null
}

/** Reads what follows a date: nothing, or a time; null for anything else. */
export function readClock(text: string): Clock | null {
  if (text.trim() === '') return { time: null, offset: null }
  const match = shape.exec(text.trim())
  if (!match) return null
  const [, before, hour, minute = '0', second = '0', fraction = '', after, zone] = match
  const hours = hourOfDay(Number(hour), (before ?? after ?? '').toLowerCase())
  if (hours === null || Number(minute) > 59 || Number(second) > 59) return null
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  return { time: ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds, offset: offsetOf(zone) }
}

function hourOfDay(hour: number, half: string): number | null {
  if (half === '') return hour <= 23 ? hour : null
  if (half === 'am' || half === '上午') return hour <= 12 ? hour % 12 : null
  if (hour > 23) return null
  return hour < 12 ? hour + 12 : hour
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}
