import fc from 'fast-check'
import type { KindName, PropertySchema } from '../../src/object/schema.ts'

/** A property of a kind and values that fit it, as users might send them. */
export interface Sample {
  readonly property: PropertySchema
  readonly values: fc.Arbitrary<unknown>
}

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '' && !text.includes('\u0000'))
const uuid = fc.uuid().map((id) => id.toUpperCase())
const options = ['new', '进行中', 'done']

/** For every kind that holds a value. */
export const samples: Readonly<Record<Exclude<KindName, 'children' | 'links'>, Sample>> = {
  text: { property: { type: 'string' }, values: words },
  longText: { property: { kind: 'longText' }, values: words },
  integer: { property: { type: 'integer' }, values: fc.maxSafeInteger() },
  number: {
    property: { type: 'number' },
    values: fc.oneof(
      fc.constant(0),
      fc.constant(-0),
      fc.double({ min: 1e-15, max: 1e15, noNaN: true }),
      fc.double({ min: -1e15, max: -1e-15, noNaN: true }),
    ),
  },
  decimal: {
    property: { kind: 'decimal', scale: 4 },
    values: fc
      .tuple(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`),
  },
  money: {
    property: { kind: 'money' },
    values: fc.record({ minor: fc.maxSafeInteger(), currency: fc.constantFrom('CNY', 'USD', 'JPY', 'EUR') }),
  },
  boolean: { property: { type: 'boolean' }, values: fc.boolean() },
  date: { property: { kind: 'date' }, values: day },
  instant: { property: { kind: 'instant' }, values: fc.integer({ min: -8.64e15, max: 8.64e15 }) },
  choice: { property: { enum: options }, values: fc.constantFrom(...options) },
  multiChoice: { property: { type: 'array', items: { enum: options } }, values: fc.uniqueArray(fc.constantFrom(...options)) },
  phone: {
    property: { kind: 'phone' },
    values: fc.oneof(
      fc
        .integer({ min: 13_000_000_000, max: 19_999_999_999 })
        .map((number) => `${String(number).slice(0, 3)} ${String(number).slice(3, 7)}-${String(number).slice(7)}`),
      fc.constantFrom('010-12345678', '+1 415 555 2671', '0571 8888 8888 ext 12', '+44 20 7946 0958'),
    ),
  },
  email: {
    property: { kind: 'email' },
    values: fc.oneof(fc.emailAddress({ size: 'small' }), fc.constantFrom('Li.Lei@Example.CN', 'ａｂ＠例子．中国', 'ΑΣ@ΟΔΟΣ.gr')),
  },
  url: {
    property: { kind: 'url' },
    values: fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'small' }),
      fc.constantFrom('HTTPS://Example.COM', 'http://例子.中国/路径?问=答'),
    ),
  },
  reference: { property: { kind: 'reference', to: 'other' }, values: uuid },
  anyReference: { property: { kind: 'anyReference' }, values: fc.record({ object: fc.constantFrom('deal', 'lead_2'), id: uuid }) },
  user: { property: { kind: 'user' }, values: words },
  file: {
    property: { kind: 'file' },
    values: fc.record({ id: words, name: words, size: fc.nat(), type: fc.constantFrom('image/png', 'text/plain') }),
  },
}
