const formats = new Map<string, Intl.DateTimeFormat>()

/** The moment at which a clock of the zone shows this. A time that a clock change skips is taken as if the clock had not changed. */
export function instantIn(zone: string, wallClock: number): number {
  const first = wallClock - offsetAt(zone, wallClock)
  return wallClock - offsetAt(zone, first)
}

/** What a clock of the zone shows at a moment, as milliseconds of a day that has no zone. */
export function wallClockIn(zone: string, instant: number): number {
  return instant + offsetAt(zone, instant)
}

/** Is it a zone this machine knows? */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone) !== null
  } catch {
    return false
  }
}

const quarter = 15 * 60 * 1000
const known = new Map<string, number>()
const mostKnown = 20_000

/** Milliseconds east of UTC. Clocks change on quarters of an hour only, so one answer serves all of it. */
function offsetAt(zone: string, instant: number): number {
  const key = `${zone}${Math.floor(instant / quarter)}`
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const offset = measured(zone, Math.floor(instant / quarter) * quarter)
  if (known.size >= mostKnown) known.clear()
  known.set(key, offset)
  return offset
}

function measured(zone: string, instant: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const shown = new Date(0)
  shown.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  shown.setUTCHours(part('hour'), part('minute'), part('second'))
  return shown.getTime() - instant
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone)
  if (format) return format
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
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
