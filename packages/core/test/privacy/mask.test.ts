import { mask } from '@guanxi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('semantics:0.10 masked values', () => {
  test.each([
    ['phone', '+8613800138000', '138****8000'],
    ['phone', '138 0013 8000', '138****8000'],
    ['phone', '+442071838750', '+442****8750'],
    ['phone', '4008001', '****01'],
    ['phone', '110', '****'],
    ['email', 'zhang.wei@example.com', 'z****@example.com'],
    ['email', 'z@example.com', '****@example.com'],
    ['email', 'nothing', '****'],
    ['name', '王小明', '王****'],
    ['name', '王', '****'],
    ['text', 'anything', '****'],
    ['text', '', ''],
  ] as const)('%s %s is shown as %s', (kind, value, shown) => {
    expect(mask(kind, value)).toBe(shown)
  })

  test('a mobile number never shows its middle, and no mask tells a length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (rest) => {
        const number = `138${String(rest).padStart(8, '0')}`
        expect(mask('phone', number)).toBe(`138****${number.slice(-4)}`)
      }),
    )
    expect(mask('name', '王小')).toHaveLength(mask('name', '王小明明明').length)
  })
})
