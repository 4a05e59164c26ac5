import { describe, expect, test } from 'vitest'
import { CrmError } from '../../src/error/crm-error.ts'
import { checkDefinitions } from '../../src/object/check-definitions.ts'
import { compileDefinition } from '../../src/object/compile-definition.ts'
import { defineObject } from '../../src/object/define-object.ts'
import { extendObject } from '../../src/object/extend-object.ts'
import type { ObjectOptions, PropertySchema } from '../../src/object/schema.ts'
import { dealDefinition } from './deal.ts'

function compiled(properties: Record<string, PropertySchema>, options: ObjectOptions = {}, name = 'thing') {
  return compileDefinition({ handle: defineObject(name, { type: 'object', properties }, options), author: 'test' })
}

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof CrmError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a compiled definition', () => {
  test('has system fields first, then its own, then those of plugins, then those of admins', () => {
    const handle = defineObject('thing', { type: 'object', properties: { name: { type: 'string' } } })
    const extension = extendObject(handle, { score: { type: 'integer' } }, { columns: ['score'] })
    const overlay = [{ id: 'f_1234', name: 'color', property: { type: 'string' } as const }]
    const definition = compileDefinition({ handle, author: 'base', extensions: [{ handle: extension, author: 'scoring' }], overlay })
    expect(definition.fields.map((field) => [field.name, field.layer, field.author]).slice(-4)).toEqual([
      ['teamId', 'system', 'core'],
      ['name', 'object', 'base'],
      ['score', 'plugin', 'scoring'],
      ['custom.color', 'tenant', 'tenant'],
    ])
    expect(definition.field.get('custom.color')?.storage).toEqual({ at: 'ext', id: 'f_1234' })
    expect(definition.options.columns).toEqual(['score'])
  })

  test('has a table with all columns of fields nullable, so that they can always be added later', () => {
    const own = dealDefinition.table.columns.filter(
      (column) => !['tenant_id', 'id', 'version'].includes(column.name) && !/^(created|updated)_/.test(column.name),
    )
    expect(own.filter((column) => !column.nullable)).toEqual([])
    expect(dealDefinition.table.columns.map((column) => `${column.name} ${column.type}`)).toEqual([
      ...[
        'tenant_id text',
        'id uuid',
        'version integer',
        'created_at integer',
        'created_by text',
        'updated_at integer',
        'updated_by text',
        'deleted_at integer',
      ],
      ...[
        'owner_id text',
        'team_id text',
        'deleted_by text',
        'name_key text',
        'name_core text',
        'name_sort text',
        'name text',
        'customer_id uuid',
      ],
      ...[
        'amount integer',
        'amount_currency text',
        'price integer',
        'probability integer',
        'score real',
        'is_big boolean',
        'close_date text',
      ],
      ...[
        'stage_since integer',
        'status text',
        'tags json',
        'phone text',
        'email text',
        'website text',
        'subject uuid',
        'subject_object text',
      ],
      ...['product_ids json', 'reviewer_id text', 'contract json', 'description text', 'ext json'],
    ])
    expect(dealDefinition.table.primaryKey).toEqual(['tenant_id', 'id'])
  })

  test('has an index for every way in', () => {
    expect(dealDefinition.table.indexes).toEqual([
      { name: 'crm_deal_created_at_id_idx', columns: ['created_at', 'id'] },
      { name: 'crm_deal_owner_id_idx', columns: ['owner_id'], only: 'set' },
      { name: 'crm_deal_name_sort_id_idx', columns: ['name_sort', 'id'] },
      { name: 'crm_deal_customer_id_idx', columns: ['customer_id'], only: 'set' },
      { name: 'crm_deal_amount_currency_amount_id_idx', columns: ['amount_currency', 'amount', 'id'] },
      { name: 'crm_deal_email_key', columns: ['email'], unique: true, only: 'live' },
    ])
  })

  test('keeps links on the row and in a table of pairs', () => {
    expect(dealDefinition.field.get('productIds')?.storage).toMatchObject({
      at: 'links',
      columns: [{ name: 'product_ids', type: 'json', nullable: true }],
      table: {
        name: 'crm_deal_product_ids',
        primaryKey: ['tenant_id', 'from_id', 'to_id'],
        indexes: [{ name: 'crm_deal_product_ids_to_id_idx', columns: ['to_id'] }],
      },
    })
  })

  test('fills in what the author left out', () => {
    const definition = compiled({ title: { type: 'string' }, closeDate: { kind: 'date' }, note: { kind: 'longText' } })
    expect(definition.nameField).toBe('title')
    expect(definition.searchable).toBe(true)
    expect(definition.field.get('title')).toMatchObject({ maxLength: 255, search: true, label: { en: 'Title' } })
    expect(definition.field.get('closeDate')).toMatchObject({ label: { en: 'Close date' }, search: false, default: null })
    expect(definition.field.get('note')?.maxLength).toBe(100_000)
  })

  test('without a name or a searched field it has no columns for them', () => {
    const definition = compiled({ amount: { kind: 'money' } })
    expect([definition.nameField, definition.searchable]).toEqual([null, false])
    expect(definition.table.columns.map((column) => column.name)).not.toContain('name_sort')
  })

  test('normalises defaults once and for all', () => {
    expect(compiled({ price: { kind: 'decimal', default: 1 } }).field.get('price')?.default).toBe('1.00')
  })

  test('shortens names that a database would cut off, and keeps them apart', () => {
    const long = `a${'Bc'.repeat(19)}`
    const definition = compiled(
      { [long]: { kind: 'money', index: true }, [`${long}X`]: { kind: 'reference', to: 'thing' } },
      {},
      'o'.repeat(40),
    )
    const names = [...definition.table.columns, ...definition.table.indexes].map((part) => part.name)
    expect(names.filter((name) => name.length > 63)).toEqual([])
    expect(new Set(names).size).toBe(names.length)
    expect(definition.table.indexes.every((index) => index.name.endsWith('_idx'))).toBe(true)
  })
})

describe('definitions that are refused say what to do', () => {
  test.each([
    [
      'a column two fields need',
      () => compiled({ amount: { kind: 'money' }, amountCurrency: { type: 'string' } }),
      'column "amount_currency" is needed twice (amount, amountCurrency); rename',
    ],
    ['a table of the core', () => compiled({}, {}, 'change'), '"crm_change" is one of the core'],
    ['a link table of the core', () => compiled({ tree: { kind: 'links', to: 'x' } }, {}, 'team'), 'one of the core'],
    ['a default that is no option', () => compiled({ stage: { enum: ['a'], default: 'b' } }), 'the default of "stage" does not fit'],
    ['a default that is no date', () => compiled({ day: { kind: 'date', default: '2026-02-30' } }), 'the default of "day"'],
    ['an unknown name field', () => compiled({ a: {} }, { nameField: 'b' }), 'nameField "b" must be a field'],
    ['a name field of a wrong kind', () => compiled({ a: { type: 'integer' } }, { nameField: 'a' }), 'must be a field of kind text'],
    ['an unknown column', () => compiled({ a: {} }, { columns: ['b'] }), '"columns" names "b"'],
    [
      'an unknown section field',
      () => compiled({ a: {} }, { sections: [{ label: { 'zh-CN': '一', en: 'One' }, fields: ['b'] }] }),
      '"sections" names "b"',
    ],
    ['a board by text', () => compiled({ a: {} }, { boards: ['a'] }), 'a board cannot have columns by "a"'],
    ['an index on nothing', () => compiled({ a: {} }, { indexes: [['a', 'b']] }), '"indexes" names "b"'],
    ['an index on a list', () => compiled({ a: { type: 'array' } }, { indexes: [['a']] }), '"indexes" names "a"'],
    ['an index on links', () => compiled({ a: { kind: 'links', to: 'x' } }, { indexes: [['a']] }), '"indexes" names "a"'],
    ['too many fields', () => compiled(Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`f${index}`, {}]))), 'at most 500'],
  ])('%s', (_, work, reason) => expect(refusal(work)).toContain(reason))

  test('exactly 500 fields are allowed', () => {
    expect(compiled(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, {}]))).fields).toHaveLength(509)
  })

  test('two plugins that add the same field are both named', () => {
    const handle = defineObject('thing', { type: 'object', properties: {} })
    const extensions = ['first', 'second'].map((author) => ({ handle: extendObject(handle, { score: { type: 'integer' } }), author }))
    expect(refusal(() => compileDefinition({ handle, author: 'base', extensions }))).toContain(
      '“first” and “second” both define field "score"',
    )
  })
})

describe('objects together', () => {
  const check = (...definitions: ReturnType<typeof compiled>[]) =>
    refusal(() => checkDefinitions(new Map(definitions.map((entry) => [entry.name, entry]))))
  const child = compiled({ parentId: { kind: 'reference', to: 'parent' }, otherId: { kind: 'reference', to: 'child' } }, {}, 'child')

  test('references that meet are fine', () => {
    expect(check(child, compiled({ children: { kind: 'children', to: 'child', by: 'parentId' } }, {}, 'parent'))).toBe('accepted')
  })

  test.each([
    ['points to nothing', [compiled({ a: { kind: 'reference', to: 'nowhere' } })], 'points to object "nowhere", which does not exist'],
    [
      'children by an unknown field',
      [child, compiled({ kids: { kind: 'children', to: 'child', by: 'nope' } }, {}, 'parent')],
      'needs a reference "nope" in object "child"',
    ],
    [
      'children by a reference elsewhere',
      [child, compiled({ kids: { kind: 'children', to: 'child', by: 'otherId' } }, {}, 'parent')],
      'points to "parent"',
    ],
    [
      'two objects with one table',
      [compiled({ b: { kind: 'links', to: 'a_b' } }, {}, 'a'), compiled({}, {}, 'a_b')],
      'table "crm_a_b" is already used by object "a"',
    ],
  ])('%s', (_, definitions, reason) => expect(check(...definitions)).toContain(reason))
})
