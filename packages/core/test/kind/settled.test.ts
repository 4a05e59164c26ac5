import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOf } from '../../src/kind/registry.ts'
import type { KindName, PropertySchema } from '../../src/object/schema.ts'
import { ajvValidator } from '../../src/schema/ajv-validator.ts'
import { context, fieldOf } from './field-of.ts'
import { samples } from './samples.ts'

/** Properties with bounds, each near the values that {@link anything} makes. */
const properties: readonly (readonly [string, PropertySchema])[] = [
  ...Object.entries(samples).map(([name, { property }]) => [name, property] as const),
  ['text of 2 to 4', { type: 'string', minLength: 2, maxLength: 4 }],
  ['integer of -5 to 5', { type: 'integer', minimum: -5, maximum: 5 }],
  ['number of -0.5 to 0.5', { type: 'number', minimum: -0.5, maximum: 0.5 }],
  ['decimal of 0 to 10', { kind: 'decimal', scale: 2, minimum: 0, maximum: 10 }],
  ['decimal without places', { kind: 'decimal', scale: 0 }],
  ['choice with one that is retired', { kind: 'choice', options: [{ value: 'new' }, { value: 'old', retired: true }] }],
]

const anything = fc.oneof(
  fc.anything(),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.trim()),
  fc.string({ unit: fc.constantFrom('a', 'é', 'e\u0301', '蓝', '😀', '\ud800', '\u0000', '\u00a0', ' ') }).map((text) => text.trim()),
  fc.constantFrom<unknown>('', 'new', 'old', 'done', '进行中', -0, 0, 5, 6, -5, -6, 0.5, 1e15, 2 ** 53, 8.64e15, Number.NaN, 1e-16, true),
  fc.constantFrom('1.00', '10.00', '10.01', '-1.00', '01.00', '1', '1.0', '.50', '999999999999.99', '9999999999999.99', '2024-02-29'),
  fc.constantFrom('2023-02-29', '0000-01-01', '2024-13-01', '2024-1-1', 'x'.repeat(200), 'x'.repeat(256), '蓝'.repeat(255)),
)

describe.each(properties)('a settled value of %s', (_, property) => {
  const field = fieldOf(property)
  const kind = kindOf(field.kind)
  const isSettled = kind.settled?.(field) ?? (() => false)

  test('passes the schema and is spelled already', () => {
    const validator = ajvValidator(kind.schema(field))
    const own = Object.values(samples).map(({ values }) => values.map((value) => (typeof value === 'string' ? value.trim() : value)))
    fc.assert(
      fc.property(fc.oneof(anything, ...own), (value) => {
        if (!isSettled(value)) return
        expect(validator.check(value)).toEqual([])
        expect(kind.normalise?.(value, field, context) ?? value).toBe(value)
      }),
      { numRuns: 400 },
    )
  })
})

const plain: Readonly<Partial<Record<KindName, unknown>>> = {
  text: 'Blue Sea 蓝海',
  longText: 'Blue Sea, 蓝海。',
  integer: 7,
  number: 0.5,
  decimal: '12.3400',
  boolean: false,
  date: '2026-11-22',
  instant: 1_700_000_000_000,
  choice: '进行中',
  user: 'ada',
}

test.each(Object.entries(plain))('what %s mostly holds is settled', (name, value) => {
  const field = fieldOf(samples[name as keyof typeof samples].property)
  expect(kindOf(field.kind).settled?.(field)(value)).toBe(true)
})
