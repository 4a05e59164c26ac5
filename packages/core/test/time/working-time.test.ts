import { type Calendar, requireCalendar, WorkingTime } from '@guanxi/core/time'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calCn, cn } from './cal-cn.ts'

const minute = 60_000
const week = { mon: ['09:00-12:00', '13:30-18:00'], wed: ['00:00-24:00'], sat: ['01:15-02:45', '02:45-03:30'], sun: ['23:00-24:00'] }
const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kathmandu',
]
const calendarOf = (zone: string): WorkingTime =>
  new WorkingTime({
    zone,
    weeklyHours: week,
    holidays: ['2026-03-30', '2026-11-04'],
    extraWorkdays: [{ date: '2026-11-05', hours: ['08:00-08:30'] }],
  })
const times = new Map(zones.map((zone) => [zone, calendarOf(zone)]))
const timeOf = (zone: string): WorkingTime => times.get(zone) ?? cn

/** What a clock on the wall says, from the platform's own zone data. */
function wallClock(zone: string): (instant: number) => { date: string; minutes: number; weekday: string } {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-hc-h23', {
    timeZone: zone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', weekday: 'short' } as const),
  })
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]))
    return {
      date: `${part.year}-${part.month}-${part.day}`,
      minutes: Number(part.hour) * 60 + Number(part.minute),
      weekday: String(part.weekday).toLowerCase(),
    }
  }
}

const zoneArb = fc.constantFrom(...zones)
const instantArb = fc.integer({ min: Date.parse('2025-12-30T00:00:00Z') / minute, max: Date.parse('2027-01-02T00:00:00Z') / minute })
const lengthArb = fc.integer({ min: 0, max: 30 * 24 * 60 })

describe('semantics:0.1 the algebra of working time', () => {
  test('add is the earliest instant at which that much has accumulated', () => {
    fc.assert(
      fc.property(zoneArb, instantArb, lengthArb, (zone, start, length) => {
        const time = timeOf(zone)
        const end = time.add(start * minute, length * minute)
        expect(time.between(start * minute, end)).toBe(length * minute)
        if (length > 0) expect(time.between(start * minute, end - 1)).toBe(length * minute - 1)
      }),
      { numRuns: 400 },
    )
  })

  test('adding in two steps is adding once', () => {
    fc.assert(
      fc.property(zoneArb, instantArb, lengthArb, lengthArb, (zone, start, one, other) => {
        const time = timeOf(zone)
        const twice = time.add(time.add(start * minute, one * minute), other * minute)
        expect(twice).toBe(other === 0 ? twice : time.add(start * minute, (one + other) * minute))
      }),
      { numRuns: 400 },
    )
  })

  test('working time of a span is the sum of its parts', () => {
    fc.assert(
      fc.property(zoneArb, instantArb, instantArb, instantArb, (zone, ...given) => {
        const [a = 0, b = 0, c = 0] = given.sort((x, y) => x - y).map((at) => at * minute)
        const time = timeOf(zone)
        expect(time.between(a, c)).toBe(time.between(a, b) + time.between(b, c))
        expect(time.between(c, a)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  test('the next working instant is working, and nothing before it is', () => {
    fc.assert(
      fc.property(zoneArb, instantArb, (zone, start) => {
        const time = timeOf(zone)
        const next = time.nextWorking(start * minute)
        expect(time.isWorking(next)).toBe(true)
        expect(time.between(start * minute, next)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  test('the day of an instant is what the clock on the wall shows', () => {
    fc.assert(
      fc.property(zoneArb, instantArb, (zone, start) => {
        const time = timeOf(zone)
        const { date } = wallClock(zone)(start * minute)
        expect(time.dateAt(start * minute)).toBe(date)
        expect(time.startOf(date)).toBeLessThanOrEqual(start * minute)
        expect(time.endOf(date)).toBeGreaterThan(start * minute)
      }),
      { numRuns: 300 },
    )
  })
})

test.each(['Asia/Shanghai', 'Asia/Kathmandu'])('every minute of March in %s agrees with the clock on the wall', (zone) => {
  const time = timeOf(zone)
  const wall = wallClock(zone)
  const hours: Readonly<Record<string, (minutes: number) => boolean>> = {
    mon: (at) => (at >= 540 && at < 720) || (at >= 810 && at < 1_080),
    wed: () => true,
    sat: (at) => at >= 75 && at < 210,
    sun: (at) => at >= 1_380,
  }
  for (let instant = Date.parse('2026-03-01T00:00:00Z'); instant < Date.parse('2026-04-01T00:00:00Z'); instant += 15 * minute) {
    const { date, minutes, weekday } = wall(instant)
    const expected = date !== '2026-03-30' && (hours[weekday]?.(minutes) ?? false)
    expect(time.isWorking(instant), `${date} ${minutes}`).toBe(expected)
  }
})

describe('semantics:0.1 daylight saving', () => {
  const newYork = new WorkingTime({
    zone: 'America/New_York',
    weeklyHours: { sun: ['00:30-02:30', '02:30-04:00'] },
    holidays: [],
    extraWorkdays: [],
  })
  const hours = (date: string): number => newYork.between(newYork.startOf(date), newYork.endOf(date)) / (60 * minute)

  test('a local time that does not exist moves forward', () => {
    // 02:30 becomes 03:30 on the day the clock jumps from 02:00 to 03:00.
    expect(new Date(newYork.at('2026-03-08', 150)).toISOString()).toBe('2026-03-08T07:30:00.000Z')
    expect(hours('2026-03-08')).toBe(2.5)
    expect(newYork.endOf('2026-03-08') - newYork.startOf('2026-03-08')).toBe(23 * 60 * minute)
  })

  test('a local time that exists twice means the first', () => {
    expect(new Date(newYork.at('2026-11-01', 90)).toISOString()).toBe('2026-11-01T05:30:00.000Z')
    expect(hours('2026-11-01')).toBe(4.5)
    expect(newYork.endOf('2026-11-01') - newYork.startOf('2026-11-01')).toBe(25 * 60 * minute)
  })

  test('an ordinary day is what it looks like', () => {
    expect(hours('2026-03-15')).toBe(3.5)
  })

  test('hours inside a gap never count twice', () => {
    const odd = new WorkingTime({
      zone: 'America/New_York',
      weeklyHours: { sun: ['02:10-02:40', '03:00-04:00'] },
      holidays: [],
      extraWorkdays: [],
    })
    // 03:10 to 03:40, and what of 03:00 to 04:00 comes after it.
    expect(odd.between(odd.startOf('2026-03-08'), odd.endOf('2026-03-08'))).toBe(50 * minute)
  })

  test('a day that a zone left out has no length and no hours', () => {
    const apia = new WorkingTime({ zone: 'Pacific/Apia', weeklyHours: { fri: ['09:00-17:00'] }, holidays: [], extraWorkdays: [] })
    expect(apia.startOf('2011-12-30')).toBe(apia.endOf('2011-12-30'))
    expect(apia.dateAt(apia.startOf('2011-12-31') - 1)).toBe('2011-12-29')
  })

  test('a day that begins at one, because midnight is skipped', () => {
    const cairo = new WorkingTime({ zone: 'Africa/Cairo', weeklyHours: { fri: ['00:00-02:00'] }, holidays: [], extraWorkdays: [] })
    expect(new Date(cairo.startOf('2026-04-24')).toISOString()).toBe('2026-04-23T22:00:00.000Z')
    expect(cairo.between(cairo.startOf('2026-04-24'), cairo.endOf('2026-04-24'))).toBe(60 * minute)
  })
})

describe('calendars that cannot be used', () => {
  test.each<[string, Partial<Record<keyof Calendar, unknown>>]>([
    ['a zone that does not exist', { zone: 'Asia/Atlantis' }],
    ['an offset instead of a zone', { zone: '+08:00' }],
    ['hours that end before they begin', { weeklyHours: { mon: ['12:00-09:00'] } }],
    ['hours that overlap', { weeklyHours: { mon: ['09:00-12:00', '11:00-13:00'] } }],
    ['hours that do not exist', { weeklyHours: { mon: ['09:00-25:00'] } }],
    ['a weekday that does not exist', { weeklyHours: { monday: ['09:00-12:00'] } }],
    ['a day that does not exist', { holidays: ['2026-02-30'] }],
    ['a day of the year 0', { holidays: ['0000-01-01'] }],
    ['an extra workday without a date', { extraWorkdays: [{ hours: ['09:00-10:00'] }] }],
    ['an extra workday twice', { extraWorkdays: [{ date: '2026-02-14' }, { date: '2026-02-14' }] }],
    ['an unknown key', { extraWorkdays: [{ date: '2026-02-14', note: 'x' }] }],
  ])('%s', (_, wrong) => {
    expect(() => requireCalendar({ ...calCn, ...wrong } as Calendar)).toThrow(expect.objectContaining({ code: 'CALENDAR_INVALID' }))
  })

  test('a calendar without working time reaches no deadline', () => {
    const idle = new WorkingTime({ zone: 'Asia/Shanghai', weeklyHours: {}, holidays: [], extraWorkdays: [] })
    const empty = expect.objectContaining({ code: 'CALENDAR_EMPTY' })
    expect(() => idle.add(0, 1)).toThrow(empty)
    expect(() => idle.nextWorking(0)).toThrow(empty)
    expect(() => idle.workdayAfter('2026-01-01', 1)).toThrow(empty)
  })
})
