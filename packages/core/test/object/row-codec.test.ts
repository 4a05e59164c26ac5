import { describe, expect, test } from 'vitest'
import { rowCodec } from '../../src/object/row-codec.ts'
import { decodeChange, keysOf } from '../../src/object/storage-keys.ts'
import { dealDefinition, dealRecord } from './deal.ts'

const codec = rowCodec(dealDefinition)
const typeOf = new Map(dealDefinition.table.columns.map((column) => [column.name, column.type]))

/** A row as a driver gives it. */
function row(values: readonly unknown[], columns: readonly string[], driver: (value: unknown, type: string) => unknown = (value) => value) {
  return Object.fromEntries(columns.map((column, index) => [column, driver(values[index], typeOf.get(column) ?? '')]))
}

const drivers: Record<string, (value: unknown, type: string) => unknown> = {
  'PostgreSQL: integers as text, JSON parsed': (value, type) =>
    value === null ? null : type === 'integer' ? String(value) : type === 'json' ? JSON.parse(String(value)) : value,
  'SQLite: booleans as 0/1, JSON as text': (value) => (typeof value === 'boolean' ? Number(value) : value),
  'a host’s knex: integers as bigint, booleans as t/f': (value, type) =>
    typeof value === 'boolean' ? (value ? 't' : 'f') : type === 'integer' && value !== null ? BigInt(String(value)) : value,
}

describe('rows and records', () => {
  test.each(Object.entries(drivers))('a record comes back the same through %s', (_, driver) => {
    expect(codec.decode(row(codec.encode(dealRecord), codec.columns, driver))).toEqual(dealRecord)
  })

  test('what is not there is null, and lists are empty', () => {
    const empty = codec.decode({})
    expect(empty).toMatchObject({
      name: null,
      amount: null,
      tags: [],
      productIds: [],
      custom: { color: null, budget: null, labels: [], weight: null, note: null },
    })
    expect(Object.keys(empty)).toEqual(Object.keys(dealRecord))
  })

  test('lists of different records are not the same list', () => {
    expect(codec.decode({}).productIds).not.toBe(codec.decode({}).productIds)
    expect(codec.decode({}).tags).not.toBe(codec.decode({}).tags)
  })

  test('admin fields are kept under their ids, by declared type', () => {
    const ext = codec.encode(dealRecord)[codec.columns.indexOf('ext')]
    expect(JSON.parse(String(ext))).toEqual({ f_color: 'red', f_budget: 5, f_budget_currency: 'USD', f_weight: 150 })
    const labels = codec.encode({ ...dealRecord, custom: { labels: ['x'] } }).at(-1)
    expect(JSON.parse(String(labels))).toEqual({ f_labels: ['x'] })
  })

  test('nothing in custom is no document at all', () => {
    expect(codec.encode({ ...dealRecord, custom: { color: null, labels: [] } }).at(-1)).toBe(null)
  })

  test('some fields need some columns only, system fields always', () => {
    const some = rowCodec(dealDefinition, ['amount', 'productIds'])
    expect(some.columns).toEqual([
      'id',
      'version',
      'created_at',
      'created_by',
      'updated_at',
      'updated_by',
      'deleted_at',
      'owner_id',
      'team_id',
      'amount',
      'amount_currency',
      'product_ids',
    ])
    const record = some.decode(row(codec.encode(dealRecord), codec.columns))
    expect(record).toMatchObject({ amount: dealRecord.amount, custom: {} })
    expect(record).not.toHaveProperty('name')
    const custom = rowCodec(dealDefinition, ['custom.color'])
    expect(custom.decode(row(codec.encode(dealRecord), codec.columns)).custom).toEqual({ color: 'red' })
  })

  test('a codec is made once', () => {
    expect(rowCodec(dealDefinition)).toBe(codec)
    expect(rowCodec(dealDefinition, ['a', 'b'])).toBe(rowCodec(dealDefinition, ['b', 'a']))
  })
})

describe('change rows', () => {
  test('are told by field, as the API spells values', () => {
    const values = {
      amount: [100, '200'],
      amount_currency: ['CNY', 'CNY'],
      is_big: [0, 1],
      tags: [null, '["a"]'],
      f_weight: [150, null],
      product_ids: ['[]', '["x"]'],
      gone: [1, 2],
    }
    expect(decodeChange(dealDefinition, values)).toEqual({
      amount: [
        { minor: 100, currency: 'CNY' },
        { minor: 200, currency: 'CNY' },
      ],
      isBig: [false, true],
      tags: [[], ['a']],
      'custom.weight': ['1.50', null],
      productIds: [[], ['x']],
    })
  })

  test('an amount whose currency stayed takes it from the record', () => {
    const current = { amount: { minor: 9, currency: 'USD' }, custom: { budget: { minor: 1, currency: 'JPY' } } }
    expect(decodeChange(dealDefinition, { amount: [1, 9], f_budget: [null, 1] }, current)).toEqual({
      amount: [
        { minor: 1, currency: 'USD' },
        { minor: 9, currency: 'USD' },
      ],
      'custom.budget': [null, { minor: 1, currency: 'JPY' }],
    })
  })

  test('no two fields share a key', () => {
    const keys = dealDefinition.fields.flatMap(keysOf)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
