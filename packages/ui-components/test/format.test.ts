import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysUntil, formatDate, formatInstant } from '../src/format/date.ts'
import { instantToLocal, localToInstant } from '../src/format/local-time.ts'
import { formatMoney, moneyParts } from '../src/format/money.ts'
import { groupDigits, minorToText, textToMinor } from '../src/format/money-text.ts'
import { formatDecimal } from '../src/format/number.ts'
import { avatarSlot, initialsOf } from '../src/format/person.ts'
import { formatPhone } from '../src/format/phone.ts'

const now = new Date(2026, 2, 12, 10).getTime()

describe('Money', () => {
  it('shows decimals only where there are any', () => {
    expect(formatMoney({ minor: 48_000_000, currency: 'CNY' }, 'zh-CN')).toBe('¥480,000')
    expect(formatMoney({ minor: 48_000_050, currency: 'CNY' }, 'zh-CN')).toBe('¥480,000.50')
    expect(formatMoney({ minor: 1200, currency: 'JPY' }, 'zh-CN')).toBe('JP¥1,200')
    expect(formatMoney({ minor: 1200, currency: 'JPY' }, 'en')).toBe('JP¥1,200')
    expect(formatMoney({ minor: -120_000, currency: 'CNY' }, 'en')).toBe('-¥1,200')
  })

  it('rounds to 万 where it is short, with sign and unit apart', () => {
    expect(moneyParts({ minor: 652_100_000, currency: 'CNY' }, 'zh-CN', 'short')).toEqual([
      { kind: 'sign', text: '¥' },
      { kind: 'digits', text: '652.1' },
      { kind: 'unit', text: '万' },
    ])
  })

  it.each([
    ['12,800.50', 1_280_050],
    ['１2', null],
    ['0.1', 10],
    ['0.005', null],
    ['1.230', 123],
    ['-3', -300],
    ['abc', null],
    ['99999999999999999', null],
  ])('reads %s as %s minor units', (text, minor) => {
    expect(textToMinor(text, 'CNY')).toBe(minor)
  })

  it('reads back whatever it wrote, grouped or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), fc.constantFrom('CNY', 'JPY', 'KWD'), (minor, currency) => {
        const text = minorToText(minor, currency)
        expect(textToMinor(text, currency)).toBe(minor)
        expect(textToMinor(groupDigits(text), currency)).toBe(minor)
      }),
    )
  })
})

describe('Dates', () => {
  it('leave out the present year and name another', () => {
    expect(formatDate('2026-03-28', 'zh-CN', now)).toBe('3月28日')
    expect(formatDate('2025-03-28', 'zh-CN', now)).toBe('2025年3月28日')
    expect(formatDate('2026-03-28', 'en', now)).toBe('Mar 28')
  })

  it('call today by its name', () => {
    expect(formatInstant(new Date(2026, 2, 12, 9, 5).getTime(), 'zh-CN', now)).toBe('今天 09:05')
    expect(formatInstant(new Date(2026, 2, 11, 9, 5).getTime(), 'en', now)).toBe('Mar 11 09:05')
  })

  it('count calendar days, not hours', () => {
    expect(daysUntil('2026-03-12', now)).toBe(0)
    expect(daysUntil('2026-03-11', now)).toBe(-1)
    expect(daysUntil('2026-03-13', now)).toBe(1)
  })

  it('come back from a datetime-local to the minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        const minute = Math.floor(at / 60_000) * 60_000
        expect(localToInstant(instantToLocal(minute))).toBe(minute)
      }),
    )
  })
})

describe('Other values', () => {
  it('group decimal text without touching its digits', () => {
    expect(formatDecimal('12345678901234567.10', 'en')).toBe('12,345,678,901,234,567.10')
    expect(formatDecimal('-0.5', 'en')).toBe('-0.5')
  })

  it('show Chinese phone numbers without country code, in groups', () => {
    expect(formatPhone('+8613800138000')).toBe('138 0013 8000')
    expect(formatPhone('+442071234567')).toBe('+442071234567')
  })

  it('take the family name or the initials for an avatar, always in the same colour', () => {
    expect(initialsOf('李蔚然')).toBe('李')
    expect(initialsOf('Ana Duarte')).toBe('AD')
    expect(avatarSlot('u-li')).toBe(avatarSlot('u-li'))
    fc.assert(fc.property(fc.string(), (id) => avatarSlot(id) >= 1 && avatarSlot(id) <= 8))
  })
})
