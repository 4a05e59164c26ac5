import { addDays, addMonths, anniversary, dateAt, dayRange, daysBetween, isLocalDate, nextDaily } from '@guanxi/core/time'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const at = Date.parse('2026-11-22T08:00:00Z')

describe('attack:D04 ranges of days', () => {
  test.each([
    ['today', 'Asia/Shanghai', '2026-11-22', '2026-11-23'],
    ['yesterday', 'Asia/Shanghai', '2026-11-21', '2026-11-22'],
    ['tomorrow', 'Asia/Shanghai', '2026-11-23', '2026-11-24'],
    ['this_week', 'Asia/Shanghai', '2026-11-16', '2026-11-23'],
    ['last_week', 'Asia/Shanghai', '2026-11-09', '2026-11-16'],
    ['this_month', 'Asia/Shanghai', '2026-11-01', '2026-12-01'],
    ['next_month', 'Asia/Shanghai', '2026-12-01', '2027-01-01'],
    ['this_quarter', 'Asia/Shanghai', '2026-10-01', '2027-01-01'],
    ['last_quarter', 'Asia/Shanghai', '2026-07-01', '2026-10-01'],
    ['this_year', 'Asia/Shanghai', '2026-01-01', '2027-01-01'],
    ['last_7_days', 'Asia/Shanghai', '2026-11-16', '2026-11-23'],
    ['next_7_days', 'Asia/Shanghai', '2026-11-22', '2026-11-29'],
    ['last_1_days', 'Asia/Shanghai', '2026-11-22', '2026-11-23'],
  ] as const)('%s in %s', (name, zone, from, to) => {
    expect(dayRange(zone, name, at)).toMatchObject({ fromDate: from, toDate: to })
  })

  test('the week may begin on Sunday', () => {
    expect(dayRange('Asia/Shanghai', 'this_week', at, { weekStart: 'sunday' })).toMatchObject({
      fromDate: '2026-11-22',
      toDate: '2026-11-29',
    })
  })

  test.each([
    ['Pacific/Kiritimati', '2026-11-22T10:00:00Z', '2026-11-23'],
    ['Pacific/Pago_Pago', '2026-11-22T10:59:00Z', '2026-11-21'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00Z', '2026-11-23'],
  ])('today in %s', (zone, instant, date) => {
    const now = Date.parse(instant)
    const { fromDate, from, to } = dayRange(zone, 'today', now)
    expect(fromDate).toBe(date)
    expect(dateAt(zone, from)).toBe(date)
    expect(dateAt(zone, from - 1)).toBe(addDays(date, -1))
    expect(dateAt(zone, to)).toBe(addDays(date, 1))
  })

  test('days of 23 and 25 hours', () => {
    const hours = (instant: string): number => {
      const { from, to } = dayRange('America/New_York', 'today', Date.parse(instant))
      return (to - from) / 3_600_000
    }
    expect([hours('2026-03-08T12:00:00Z'), hours('2026-11-01T12:00:00Z'), hours('2026-11-02T12:00:00Z')]).toEqual([23, 25, 24])
  })

  test.each(['last_0_days', 'last_1001_days', 'this_decade', '', 'today '])('%j is no range', (name) => {
    expect(() => dayRange('Asia/Shanghai', name as never, at)).toThrow(expect.objectContaining({ code: 'PARAMETER_INVALID' }))
  })
})

describe('attack:D03 daily times', () => {
  const times = (zone: string, clock: string, from: string, count: number): string[] => {
    const found: string[] = []
    let instant = Date.parse(from) - 1
    for (let index = 0; index < count; index++) {
      instant = nextDaily(zone, clock, instant)
      found.push(new Date(instant).toISOString().slice(0, 16))
    }
    return found
  }

  test('02:30 on the day of the gap comes an hour later, once', () => {
    expect(times('America/New_York', '02:30', '2026-03-07T05:00:00Z', 3)).toEqual([
      '2026-03-07T07:30',
      '2026-03-08T07:30',
      '2026-03-09T06:30',
    ])
  })

  test('01:30 on the day of the fold comes the first time only', () => {
    expect(times('America/New_York', '01:30', '2026-10-31T04:00:00Z', 3)).toEqual([
      '2026-10-31T05:30',
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ])
  })

  test('00:00 where midnight is skipped', () => {
    expect(times('Africa/Cairo', '00:00', '2026-04-22T22:00:00Z', 3)).toEqual(['2026-04-22T22:00', '2026-04-23T22:00', '2026-04-24T21:00'])
  })

  test('exactly once per local day, whatever the zone and time', () => {
    const zones = fc.constantFrom('America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'Asia/Shanghai', 'America/Santiago')
    const minutes = fc.integer({ min: 0, max: 1_439 })
    const day = fc.integer({ min: 0, max: 330 })
    fc.assert(
      fc.property(zones, minutes, day, (zone, minute, start) => {
        const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        let instant = Date.parse('2026-01-01T12:00:00Z') + start * 86_400_000
        const dates: string[] = []
        for (let index = 0; index < 12; index++) {
          instant = nextDaily(zone, clock, instant)
          dates.push(dateAt(zone, instant))
        }
        const [first = ''] = dates
        expect(dates).toEqual(dates.map((_, index) => addDays(first, index)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('attack:D06 dates', () => {
  test('the end of a month stays inside the month', () => {
    expect(['2026-01-31', '2028-01-31', '2026-03-31'].map((date) => addMonths(date, 1))).toEqual(['2026-02-28', '2028-02-29', '2026-04-30'])
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  })

  test('birthdays of 29 February are kept on the 28th in common years', () => {
    expect([2027, 2028].map((year) => anniversary('2000-02-29', year))).toEqual(['2027-02-28', '2028-02-29'])
  })

  test('the first and the last day there are', () => {
    expect(addDays('0001-01-01', 1)).toBe('0001-01-02')
    expect(daysBetween('0001-01-01', '9999-12-31')).toBe(3_652_058)
    for (const [date, days] of [
      ['9999-12-31', 1],
      ['0001-01-01', -1],
    ] as const)
      expect(() => addDays(date, days)).toThrow(expect.objectContaining({ code: 'PARAMETER_INVALID' }))
  })

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '0000-01-01', '-0001-01-01', '+12026-01-01', '2016-12-31T23:59:60Z', 20260101, null])(
    '%j is no day',
    (value) => {
      expect(isLocalDate(value)).toBe(false)
    },
  )
})
