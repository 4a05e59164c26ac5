import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOf } from '../../src/kind/registry.ts'
import type { KindName } from '../../src/object/schema.ts'
import { ajvValidator } from '../../src/schema/ajv-validator.ts'
import { context, fieldOf } from './field-of.ts'
import { samples } from './samples.ts'

/** What drivers make of a stored value: as it is, through JSON, as text, 64-bit integers as bigints, booleans as 0/1 or t/f, JSON parsed. */
const drivers: Readonly<Record<string, (stored: unknown, column: string) => unknown>> = {
  'as it is': (stored) => stored,
  'through JSON': (stored) => JSON.parse(JSON.stringify(stored)),
  'as text': (stored) => (typeof stored === 'boolean' ? (stored ? 't' : 'f') : stored === null ? null : String(stored)),
  'as bigint and 0/1': (stored, column) =>
    typeof stored === 'boolean' ? Number(stored) : column === 'integer' && typeof stored === 'number' ? BigInt(stored) : stored,
  'JSON parsed': (stored, column) => (column === 'json' ? JSON.parse(String(stored)) : stored),
}

describe.each(Object.entries(samples))('kind %s', (name, { property, values }) => {
  const kind = kindOf(name as KindName)
  const field = fieldOf(property)
  const normalise = (value: unknown) => (kind.normalise ? kind.normalise(value, field, context) : value)
  const isValid = (value: unknown): boolean => {
    try {
      return normalise(value) !== null
    } catch {
      return false
    }
  }
  const valid = values.filter(isValid)

  test.each(Object.entries(drivers))('a stored value comes back the same from a driver that gives it %s', (_, driver) => {
    fc.assert(
      fc.property(valid, (value) => {
        const normal = normalise(value)
        const raw = kind.encode(normal, field).map((stored, index) => driver(stored, kind.columns[index]?.type ?? ''))
        expect(kind.decode(raw, field)).toEqual(normal)
      }),
    )
  })

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(valid, (value) => {
        const normal = normalise(value)
        expect(normalise(normal)).toEqual(normal)
      }),
    )
  })

  test('a normalised value fits the schema', () => {
    const validator = ajvValidator(kind.schema(field))
    fc.assert(fc.property(valid, (value) => void expect(validator.check(normalise(value))).toEqual([])))
  })

  test('writes one value per column, all of them storable', () => {
    fc.assert(
      fc.property(valid, (value) => {
        const stored = kind.encode(normalise(value), field)
        expect(stored).toHaveLength(kind.columns.length)
        for (const part of stored) expect(['string', 'number', 'boolean']).toContain(typeof part)
      }),
    )
  })

  test('the value it stored is the value a filter looks for', () => {
    if (!kind.operators.includes('eq')) return expect(kind.operators).not.toContain('ne')
    fc.assert(
      fc.property(
        valid,
        (value) => void expect(kind.operand(value, field, context, 'eq')).toEqual(kind.encode(normalise(value), field)[0]),
      ),
    )
  })

  test('most of the samples are valid', () => {
    expect(fc.sample(values, 200).filter(isValid).length).toBeGreaterThan(100)
  })
})
