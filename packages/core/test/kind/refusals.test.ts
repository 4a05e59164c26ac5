import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { describe, expect, test } from 'vitest'
import { inferKind } from '../../src/kind/infer-kind.ts'
import { KindRefusal } from '../../src/kind/kind.ts'
import { toE164 } from '../../src/kind/phone.ts'
import { kindNames, kindOf } from '../../src/kind/registry.ts'
import type { PropertySchema } from '../../src/object/schema.ts'
import { context, fieldOf } from './field-of.ts'

function outcome(property: PropertySchema, value: unknown): unknown {
  const field = fieldOf(property)
  try {
    return kindOf(field.kind).normalise?.(value, field, context)
  } catch (error) {
    if (error instanceof KindRefusal) return error.code
    throw error
  }
}

function filtered(property: PropertySchema, value: unknown, operator: 'eq' | 'contains' | 'startsWith' = 'eq'): unknown {
  const field = fieldOf(property)
  try {
    return kindOf(field.kind).operand(value, field, context, operator)
  } catch (error) {
    if (error instanceof KindRefusal) return error.code
    throw error
  }
}

describe('text', () => {
  test.each([
    ['  蓝海  ', '蓝海'],
    ['e\u0301', 'é'],
    ['   ', null],
    ['a\u0000b', 'VALUE_TEXT'],
    ['a\ud800', 'VALUE_TEXT'],
    ['\udc00蓝', 'VALUE_TEXT'],
    ['😀', '😀'],
    [5, 'VALUE_TYPE'],
  ])('%j becomes %j', (sent, expected) => expect(outcome({ type: 'string' }, sent)).toBe(expected))

  test('whatever text is stored is NFC, well formed and without U+0000', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const stored = outcome({ kind: 'longText' }, text)
        if (typeof stored !== 'string' || stored === 'VALUE_TEXT') return
        expect([stored.isWellFormed(), stored.includes('\u0000'), stored.normalize('NFC') === stored]).toEqual([true, false, true])
      }),
    )
  })

  test('composing that makes a text longer than allowed is refused', () => {
    expect(outcome({ type: 'string', maxLength: 1 }, '\u0958')).toBe('VALUE_TOO_LONG')
  })
})

describe('numbers', () => {
  test.each([
    [{ type: 'number' }, 1e15, 1e15],
    [{ type: 'number' }, 1.1e15, 'VALUE_TOO_LARGE'],
    [{ type: 'number' }, 1e-15, 1e-15],
    [{ type: 'number' }, 9e-16, 'VALUE_TOO_SMALL'],
    [{ type: 'number' }, Number.NaN, 'VALUE_TYPE'],
    [{ type: 'number' }, Number.POSITIVE_INFINITY, 'VALUE_TYPE'],
    [{ type: 'integer' }, 2 ** 53, 'VALUE_TYPE'],
    [{ type: 'integer' }, 1.5, 'VALUE_TYPE'],
    [{ kind: 'instant' }, 8.64e15 + 1, 'VALUE_INSTANT'],
  ] satisfies [PropertySchema, unknown, unknown][])('%j takes %d as %s', (property, sent, expected) =>
    expect(outcome(property, sent)).toBe(expected),
  )
})

describe('decimal', () => {
  const price: PropertySchema = { kind: 'decimal', scale: 2 }
  test.each([
    ['12.3', '12.30'],
    [12.3, '12.30'],
    ['12.300', '12.30'],
    ['-0', '0.00'],
    ['+007.5', '7.50'],
    [1e3, '1000.00'],
    [1e-2, '0.01'],
    [0.1 + 0.2, 'VALUE_SCALE'],
    ['12.345', 'VALUE_SCALE'],
    [1e-7, 'VALUE_SCALE'],
    ['9999999999999.99', '9999999999999.99'],
    ['10000000000000.00', 'VALUE_TOO_LARGE'],
    ['-10000000000000.00', 'VALUE_TOO_SMALL'],
    [1e21, 'VALUE_TOO_LARGE'],
    ['1e999', 'VALUE_TOO_LARGE'],
    ['0e999', '0.00'],
    ['12,30', 'VALUE_TYPE'],
    ['', 'VALUE_TYPE'],
    [Number.NaN, 'VALUE_TYPE'],
  ])('%j becomes %j', (sent, expected) => expect(outcome(price, sent)).toBe(expected))

  test('is never rounded: what it took is what was meant, to the last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 8 }), (units, scale) => {
        const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
        const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
        const field = fieldOf({ kind: 'decimal', scale })
        expect(kindOf('decimal').encode(`${units < 0n ? '-' : ''}${text}`, field)).toEqual([Number(units)])
      }),
    )
  })

  test('bounds hold for decimals too', () => {
    expect(outcome({ ...price, minimum: 0 }, '-0.01')).toBe('VALUE_TOO_SMALL')
    expect(outcome({ ...price, maximum: 10 }, '10.01')).toBe('VALUE_TOO_LARGE')
    expect(outcome({ ...price, maximum: 10 }, '10')).toBe('10.00')
  })
})

describe('money', () => {
  test.each([
    [
      { minor: 100, currency: 'CNY' },
      { minor: 100, currency: 'CNY' },
    ],
    [
      { minor: -0, currency: 'CNY' },
      { minor: 0, currency: 'CNY' },
    ],
    [{ minor: 1.5, currency: 'CNY' }, 'VALUE_TYPE'],
    [{ minor: 2 ** 53, currency: 'CNY' }, 'VALUE_TYPE'],
    [{ minor: 1, currency: 'cny' }, 'VALUE_CURRENCY'],
    [{ minor: 1, currency: 'XQQ' }, 'VALUE_CURRENCY'],
    [100, 'VALUE_TYPE'],
  ])('%j becomes %j', (sent, expected) => expect(outcome({ kind: 'money' }, sent)).toEqual(expected))

  test('a filter by a bare number is refused: it names no currency', () => expect(filtered({ kind: 'money' }, 100)).toBe('VALUE_TYPE'))
})

describe('date', () => {
  test.each([
    ['2024-02-29', '2024-02-29'],
    ['1900-02-29', 'VALUE_DATE'],
    ['2000-02-29', '2000-02-29'],
    ['2026-02-30', 'VALUE_DATE'],
    ['2026-04-31', 'VALUE_DATE'],
    ['2026-13-01', 'VALUE_DATE'],
    ['2026-00-10', 'VALUE_DATE'],
    ['2026-01-00', 'VALUE_DATE'],
    ['0000-01-01', 'VALUE_DATE'],
    ['2026-1-1', 'VALUE_DATE'],
    ['2026-01-01T00:00:00Z', 'VALUE_DATE'],
    ['٢٠٢٦-٠١-٠١', 'VALUE_DATE'],
  ])('%j becomes %j', (sent, expected) => expect(outcome({ kind: 'date' }, sent)).toBe(expected))
})

describe('phone', () => {
  test.each([
    ['138 0013 8000', '+8613800138000'],
    ['+86-138-0013-8000', '+8613800138000'],
    ['010-12345678', '+861012345678'],
    ['400-820-8820', '+864008208820'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['13800138000 转 5', 'VALUE_PHONE'],
    ['+8613800138000 ext. 5', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['12345', 'VALUE_PHONE'],
    ['hello', 'VALUE_PHONE'],
  ])('%j becomes %j', (sent, expected) => expect(outcome({ kind: 'phone' }, sent)).toBe(expected))

  test('the short way for mainland mobiles agrees with the library', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }), fc.constantFrom('', '+86', '+86 '), (number, prefix) => {
        const text = `${prefix}${number}`
        expect(toE164(text, 'CN')).toBe(parsePhoneNumberFromString(text, 'CN')?.number)
        expect(parsePhoneNumberFromString(text, 'CN')?.isValid()).toBe(true)
      }),
    )
  })

  test('a country that does not exist leaves only numbers with a country code', () => {
    expect(toE164('02012345678', 'XX')).toBe(null)
    expect(toE164('+442079460958', 'XX')).toBe('+442079460958')
  })

  test('a filter finds parts of a number however they are spaced', () =>
    expect(filtered({ kind: 'phone' }, '138 0013', 'contains')).toBe('1380013'))
})

describe('email', () => {
  test.each([
    ['Li.Lei@Example.COM', 'li.lei@example.com'],
    ['ａ＠ｂ．ｃｏｍ', 'a@b.com'],
    ['a+tag@b.co', 'a+tag@b.co'],
    ['a@b', 'VALUE_EMAIL'],
    ['a@@b.com', 'VALUE_EMAIL'],
    ['.a@b.com', 'VALUE_EMAIL'],
    ['a..b@c.com', 'VALUE_EMAIL'],
    ['a@-b.com', 'VALUE_EMAIL'],
    ['a@b.1', 'VALUE_EMAIL'],
    ['a b@c.com', 'VALUE_EMAIL'],
    ['a@c.com\nbcc:x@y.zz', 'VALUE_EMAIL'],
    [`${'a'.repeat(65)}@b.com`, 'VALUE_EMAIL'],
  ])('%j becomes %j', (sent, expected) => expect(outcome({ kind: 'email' }, sent)).toBe(expected))

  test('a hostile address is refused in linear time', () =>
    expect(outcome({ kind: 'email' }, `${'a.'.repeat(20_000)}@${'b-'.repeat(20_000)}`)).toBe('VALUE_EMAIL'))
})

describe('url', () => {
  test.each([
    ['https://Example.com/a b', 'VALUE_URL'],
    ['HTTPS://Example.com', 'https://example.com/'],
    ['http://例子.中国', 'http://xn--fsqu00a.xn--fiqs8s/'],
    ['javascript:alert(1)', 'VALUE_URL'],
    ['java\nscript:alert(1)', 'VALUE_URL'],
    ['https:\t//x.com', 'VALUE_URL'],
    ['//x.com', 'VALUE_URL'],
    ['jAvA\tscript:alert(1)', 'VALUE_URL'],
    ['vbscript:x', 'VALUE_URL'],
    ['\u0001javascript:x', 'VALUE_URL'],
    ['x.com', 'VALUE_URL'],
    ['data:text/html,x', 'VALUE_URL'],
    ['https:javascript', 'VALUE_URL'],
    ['https://user:secret@x.com', 'VALUE_URL'],
    ['http://', 'VALUE_URL'],
  ])('attack:U02 %j becomes %j', (sent, expected) => expect(outcome({ kind: 'url' }, sent)).toBe(expected))
})

describe('choices', () => {
  const stage: PropertySchema = { enum: ['new', 'won'], options: [{ value: 'won', retired: true }] }
  test('a filter may ask for a retired option, but not for one that never was', () => {
    expect(filtered(stage, 'won')).toBe('won')
    expect(filtered(stage, 'lost')).toBe('VALUE_OPTION')
  })

  test('a multiple choice is kept in the order of its options, each once', () => {
    expect(outcome({ type: 'array', items: { enum: ['a', 'b', 'c'] } }, ['c', 'a', 'c'])).toEqual(['a', 'c'])
  })
})

describe('references', () => {
  test.each([
    [{ kind: 'reference', to: 'x' }, 'nonsense', 'VALUE_REFERENCE'],
    [{ kind: 'reference', to: 'x' }, 5, 'VALUE_REFERENCE'],
    [{ kind: 'anyReference' }, { object: '__proto__', id: '0190a5f0-0000-7000-8000-000000000000' }, 'VALUE_REFERENCE'],
    [{ kind: 'anyReference' }, 'x', 'VALUE_TYPE'],
    [{ kind: 'links', to: 'x' }, ['0190a5f0-0000-7000-8000-00000000000a', '0190A5F0-0000-7000-8000-00000000000A'], 'VALUE_REPEATED'],
  ] satisfies [PropertySchema, unknown, unknown][])('%j refuses %j', (property, sent, expected) =>
    expect(outcome(property, sent)).toBe(expected),
  )
})

describe('filters', () => {
  test.each(kindNames.filter((name) => kindOf(name).operators.includes('contains')))(
    'an empty part is refused by %s: it would match everything',
    (name) => {
      expect(filtered({ kind: name }, '', 'contains')).toBe('VALUE_REQUIRED')
      expect(filtered({ kind: name }, 5, 'startsWith')).toBe('VALUE_TYPE')
    },
  )

  test.each([
    [{ type: 'integer' }, '5'],
    [{ type: 'boolean' }, 1],
    [{ type: 'number' }, '1.5'],
    [{ type: 'string' }, 5],
  ] satisfies [PropertySchema, unknown][])('%j does not coerce %j', (property, value) =>
    expect(filtered(property, value)).toBe('VALUE_TYPE'),
  )

  test('a decimal with more places than stored is refused rather than rounded', () =>
    expect(filtered({ kind: 'decimal' }, '1.005')).toBe('VALUE_SCALE'))
})

describe('inferred kinds', () => {
  test.each([
    [{ type: 'string' }, 'text'],
    [{}, 'text'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'string', format: 'email' }, 'email'],
    [{ type: 'string', format: 'uri' }, 'url'],
    [{ enum: ['a'] }, 'choice'],
    [{ type: 'string', enum: ['a'] }, 'choice'],
    [{ type: 'array', items: { enum: ['a'] } }, 'multiChoice'],
    [{ type: 'integer' }, 'integer'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'integer', kind: 'instant' }, 'instant'],
  ] satisfies [PropertySchema, string][])('%j is %s', (property, kind) => expect(inferKind(property)).toBe(kind))
})
