import { type OfficialYear, officialYears, publishedUntil, readOfficialYears, shippedYears, WorkingTime } from '@guanxi/core/time'
import { describe, expect, test } from 'vitest'
import { calCn } from './cal-cn.ts'

const yearOf = (year: number): OfficialYear => {
  const found = shippedYears.find((one) => one.region === 'CN' && one.year === year)
  if (!found) throw new Error(`No year ${year}`)
  return found
}

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
const lunarOf = (date: string): string => lunar.format(Date.parse(date))

describe('semantics:0.1 the official calendar of China', () => {
  test('2026 is as published: 33 days off, six weekends worked, with its source', () => {
    const { holidays, extraWorkdays, state, source } = yearOf(2026)
    expect(state).toBe('published')
    expect(source).toContain('国办发明电〔2025〕7号')
    expect(holidays).toHaveLength(33)
    const weekend = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay())
    expect(extraWorkdays.filter(({ date }) => weekend(date))).toHaveLength(6)
    expect(extraWorkdays.some(({ date }) => holidays.includes(date))).toBe(false)
  })

  test('2026 holds the Spring Festival and Qingming of the reference calendar', () => {
    const { holidays, extraWorkdays } = yearOf(2026)
    expect(holidays).toEqual(expect.arrayContaining([...calCn.holidays]))
    expect(extraWorkdays).toEqual(expect.arrayContaining([...calCn.extraWorkdays]))
  })

  test('2027 says that it is not published, and holds what the law fixes', () => {
    const { holidays, extraWorkdays, state } = yearOf(2027)
    expect({ state, extraWorkdays }).toEqual({ state: 'statutory', extraWorkdays: [] })
    expect(publishedUntil('CN')).toBe('2026-12-31')
    expect(holidays).toHaveLength(13)
    // The new moon of 2027-02-06 is at 23:56 in Beijing, where the platform's own lunar calendar is a day late; it is right two days on.
    expect(lunarOf('2027-03-08')).toBe('2/1')
    expect(holidays.slice(1, 5)).toEqual(['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'])
    expect(['2027-06-09', '2027-09-15'].map(lunarOf)).toEqual(['5/5', '8/15'])
  })

  test("a tenant's own year takes the place of the shipped one, without code", () => {
    const own = readOfficialYears([
      { region: 'CN', year: 2027, state: 'published', source: '测试', holidays: ['2027-01-01'], extraWorkdays: [{ date: '2027-01-02' }] },
    ])
    const years = officialYears('CN', own)
    expect(years.map(({ year, state }) => [year, state])).toEqual([
      [2026, 'published'],
      [2027, 'published'],
    ])
    expect(publishedUntil('CN', own)).toBe('2027-12-31')
    const time = new WorkingTime({
      ...calCn,
      holidays: years.flatMap(({ holidays }) => holidays),
      extraWorkdays: years.flatMap(({ extraWorkdays }) => extraWorkdays),
    })
    expect(['2027-01-01', '2027-01-02', '2027-02-08'].map((date) => time.isWorkday(date))).toEqual([false, true, true])
  })

  test.each([
    ['no list', {}],
    ['a day of another year', [{ ...yearOf(2026), year: 2025 }]],
    ['no source', [{ ...yearOf(2026), source: ' ' }]],
    ['a year twice', [yearOf(2026), yearOf(2026)]],
    ['an unknown state', [{ ...yearOf(2026), state: 'guessed' }]],
    ['a day that does not exist', [{ ...yearOf(2026), holidays: ['2026-02-29'] }]],
    ['an unknown key', [{ ...yearOf(2026), extra: 1 }]],
  ])('refuses %s', (_, years) => {
    expect(() => readOfficialYears(years)).toThrow(expect.objectContaining({ code: 'CALENDAR_INVALID' }))
  })

  test('regions nobody has data for have no days', () => {
    expect(officialYears('FR')).toEqual([])
    expect(publishedUntil('FR')).toBeNull()
  })
})
