import { deadline, elapsedWorking, isMissed, nextWorkdayAt, parseDuration, type WorkingTime, waitUntil } from '@guanxi/core/time'
import { describe, expect, test } from 'vitest'
import { at, cn, local } from './cal-cn.ts'

const due = (start: string, duration: string): string => local(deadline(cn, at(start), duration))

describe('semantics:0.1 deadlines', () => {
  test.each([
    ['an hour that fits before closing time', '2026-03-02 17:00', '1wh', '2026-03-02 18:00'],
    ['a minute more goes to the next morning', '2026-03-02 17:00', '61wm', '2026-03-03 09:01'],
    ['half of a first follow-up clock before Qingming', '2026-04-03 17:00', '60wm', '2026-04-03 18:00'],
    ['80 % of it after Qingming', '2026-04-03 17:00', '96wm', '2026-04-07 09:36'],
    ['a first follow-up clock over Qingming', '2026-04-03 17:00', '2wh', '2026-04-07 10:00'],
    ['a first response over Qingming', '2026-04-03 17:00', '4wh', '2026-04-07 12:00'],
    ['a resolution over Qingming', '2026-04-03 17:00', '12wh', '2026-04-08 14:00'],
    ['150 % of a resolution', '2026-04-03 17:00', '18wh', '2026-04-09 11:00'],
    ['over the lunch break', '2026-03-02 11:30', '1wh', '2026-03-02 14:00'],
    ['from a Saturday that is worked before the Spring Festival', '2026-02-14 17:00', '2wh', '2026-02-16 10:00'],
    ['elapsed hours know no calendar', '2026-04-03 17:00', '4h', '2026-04-03 21:00'],
    ['elapsed minutes', '2026-04-03 23:50', '20m', '2026-04-04 00:10'],
    ['calendar days end at midnight, the start being day 0', '2026-03-02 00:00', '1d', '2026-03-04 00:00'],
    ['no day at all ends today', '2026-03-02 23:59', '0d', '2026-03-03 00:00'],
    ['working days skip Qingming', '2026-04-03 17:00', '1wd', '2026-04-08 00:00'],
    ['two working days', '2026-04-03 17:00', '2wd', '2026-04-09 00:00'],
    ['a worked Saturday counts', '2026-02-13 09:00', '1wd', '2026-02-15 00:00'],
    ['started on a free day', '2026-04-05 12:00', '1wd', '2026-04-08 00:00'],
  ])('%s', (_, start, duration, expected) => {
    expect(due(start, duration)).toBe(expected)
  })

  test('a handover waits two working days for the manager', () => {
    expect(due('2026-04-03 10:00', '2wd')).toBe('2026-04-09 00:00')
  })

  test('the 14 days of an idle deal end on the 16th at 24:00', () => {
    expect(due('2026-03-02 15:00', '14d')).toBe('2026-03-17 00:00')
  })

  test('a protection that ends on a free day lasts to the end of the next working day', () => {
    const until = deadline(cn, at('2026-03-31 10:00'), '4d', { offDays: 'next-workday' })
    expect(local(until)).toBe('2026-04-08 00:00')
    expect(local(deadline(cn, at('2026-03-31 10:00'), '3d', { offDays: 'next-workday' }))).toBe('2026-04-04 00:00')
  })

  test('missed from the very millisecond on', () => {
    const dueAt = at('2026-04-07 10:00')
    expect([dueAt - 1, dueAt, dueAt + 1].map((now) => isMissed(now, dueAt))).toEqual([false, true, true])
  })
})

describe('semantics:0.1 waiting periods', () => {
  test('a cool-down in days is N × 24 hours, not midnight', () => {
    expect(local(waitUntil(cn, at('2026-04-07 10:00'), '7d'))).toBe('2026-04-14 10:00')
  })

  test('working days keep the time of day', () => {
    expect(local(waitUntil(cn, at('2026-04-03 17:20'), '2wd'))).toBe('2026-04-08 17:20')
  })

  test('hours and working hours are exact', () => {
    expect(local(waitUntil(cn, at('2026-04-03 17:00'), '48h'))).toBe('2026-04-05 17:00')
    expect(local(waitUntil(cn, at('2026-04-03 17:00'), '2wh'))).toBe('2026-04-07 10:00')
  })
})

describe('semantics:0.1 working time', () => {
  test('a lead of a holiday goes out at the next shift', () => {
    expect(local(cn.nextWorking(at('2026-04-04 10:00')))).toBe('2026-04-07 09:00')
  })

  test('a notice of the evening rings at nine on the next working day', () => {
    expect(local(cn.nextWorking(at('2026-03-06 20:00')))).toBe('2026-03-09 09:00')
  })

  test('intervals are half-open', () => {
    expect(['09:00', '11:59', '12:00', '13:29', '13:30', '18:00'].map((time) => cn.isWorking(at(`2026-03-02 ${time}`)))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ])
    expect(local(cn.nextWorking(at('2026-03-02 12:00')))).toBe('2026-03-02 13:30')
  })

  test('extra workdays beat holidays, holidays beat weekly hours', () => {
    expect(['2026-02-14', '2026-02-28', '2026-04-06', '2026-04-07', '2026-02-15'].map((date) => cn.isWorkday(date))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ])
  })

  test('a pause in the waiting state moves the due time by its working time only', () => {
    const start = at('2026-04-03 17:00')
    const pause = { from: at('2026-04-07 10:00'), to: at('2026-04-07 15:00') }
    expect(cn.between(pause.from, pause.to)).toBe(3.5 * 3_600_000)
    const elapsed = elapsedWorking(cn, start, pause.to, [pause])
    expect(elapsed).toBe(2 * 3_600_000)
    expect(local(cn.add(pause.to, 12 * 3_600_000 - elapsed))).toBe('2026-04-08 17:30')
  })

  test('pauses that overlap, lie outside or still run count once', () => {
    const start = at('2026-03-02 09:00')
    const now = at('2026-03-02 18:00')
    const pauses = [
      { from: at('2026-03-02 10:00'), to: at('2026-03-02 11:30') },
      { from: at('2026-03-02 11:00'), to: at('2026-03-02 12:00') },
      { from: at('2026-03-01 00:00'), to: at('2026-03-02 08:00') },
      { from: at('2026-03-02 17:00'), to: null },
    ]
    expect(elapsedWorking(cn, start, now, pauses)).toBe(4.5 * 3_600_000)
  })

  test('a flash opening is at ten on the next working day', () => {
    expect(local(nextWorkdayAt(cn, at('2026-04-03 09:00'), '10:00'))).toBe('2026-04-07 10:00')
  })
})

test.each(['7', 7, '', 'd', '-1d', '1.5h', '1 d', '1w', '1D', '01d', '1d ', '1000001m', null])(
  'semantics:0.1 %j is no duration: the unit is part of it',
  (value) => {
    expect(() => parseDuration(value as string)).toThrow(expect.objectContaining({ code: 'DURATION_INVALID' }))
  },
)

test('attack:D06 instants that no clock shows are refused', () => {
  const refused = expect.objectContaining({ code: 'PARAMETER_INVALID' })
  for (const wrong of [Number.NaN, 1.5, 8.7e15, -1e15, Number.POSITIVE_INFINITY]) {
    for (const ask of [
      (time: WorkingTime) => time.add(wrong, 1),
      (time: WorkingTime) => deadline(time, wrong, '1h'),
      (time: WorkingTime) => waitUntil(time, wrong, '1d'),
    ])
      expect(() => ask(cn)).toThrow(refused)
  }
})
