import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindNames, kindOf } from '../../src/kind/registry.ts'
import { compileDefinition } from '../../src/object/compile-definition.ts'
import { defineObject } from '../../src/object/define-object.ts'
import { rowCodec } from '../../src/object/row-codec.ts'
import { requiredIssues, validateCreate, validatePatch } from '../../src/validation/validate-record.ts'
import { fieldOf } from '../kind/field-of.ts'
import { samples } from '../kind/samples.ts'
import { dealDefinition, dealRecord } from '../object/deal.ts'

const user = { country: 'CN' }
const code = { country: 'CN', privileged: true }
const id = '0190a5f0-0000-7000-8000-00000000000a'

const issuesOf = ({ issues }: ReturnType<typeof validateCreate>) => issues.map((issue) => `${issue.path} ${issue.code}`)
const create = (values: unknown, context = user) => validateCreate(dealDefinition, values, context)
const patch = (values: unknown, context = user) => validatePatch(dealDefinition, values, context)

describe('a new record', () => {
  test('is complete: defaults, nulls and empty lists where nothing was sent', () => {
    const { values, issues } = create({ name: ' 蓝海 ' })
    expect(issues).toEqual([])
    expect(values).toMatchObject({ name: '蓝海', status: 'open', isBig: false, tags: [], productIds: [], amount: null, ownerId: null })
    expect(values.custom).toEqual({ color: null, budget: null, labels: [], weight: null, note: 'none' })
    const missing = dealDefinition.fields.filter((field) => field.layer === 'object' && !Object.hasOwn(values, field.name))
    expect(missing).toEqual([])
  })

  test('is spelled in one way', () => {
    const { values, issues } = create({
      name: 'x',
      phone: '138 0013 8000',
      email: 'A@B.com',
      price: 1,
      tags: ['c', 'a'],
      customerId: id.toUpperCase(),
      productIds: [id.toUpperCase()],
      custom: { weight: '2' },
    })
    expect(issues).toEqual([])
    expect(values).toMatchObject({
      phone: '+8613800138000',
      email: 'a@b.com',
      price: '1.000',
      tags: ['a', 'c'],
      customerId: id,
      productIds: [id],
      custom: { weight: '2.00' },
    })
  })

  test('may bring its id, if it is one', () => {
    expect(create({ id: id.toUpperCase(), name: 'x' }).values.id).toBe(id)
    expect(create({ name: 'x' }).values.id).toBe(undefined)
    expect(issuesOf(create({ id: '1', name: 'x' }))).toEqual(['/id VALUE_REFERENCE'])
  })

  test('a default is for what was not sent; null and empty text are what was sent', () => {
    expect(create({ name: 'x', status: null, custom: { note: '  ' } }).values).toMatchObject({ status: null, custom: { note: null } })
  })

  test.each([{}, { name: null }, { name: '' }, { name: ' \u3000\n' }])('%j lacks its name', (values) =>
    expect(issuesOf(create(values))).toEqual(['/name VALUE_REQUIRED']),
  )

  test('says everything that is wrong at once, each with its place', () => {
    const sent = {
      probability: 101,
      status: 'dead',
      tags: ['a', 'a', 'z'],
      amount: { minor: 1.5, currency: 'cny', extra: 1 },
      price: '1.2345',
      closeDate: '2026-02-30',
      phone: '12',
      email: 'x',
      website: 'javascript:alert(1)',
      subject: { object: 'lead' },
      customerId: 'x',
      productIds: ['x'],
      isBig: 'yes',
      stageSince: 5,
      version: 7,
      nope: 1,
      custom: { color: 'green', nope: 2 },
    }
    expect(issuesOf(create(sent)).sort()).toEqual([
      '/amount/extra FIELD_UNKNOWN',
      '/amount/minor VALUE_TYPE',
      '/closeDate VALUE_DATE',
      '/custom/color VALUE_OPTION',
      '/custom/nope FIELD_UNKNOWN',
      '/customerId VALUE_REFERENCE',
      '/email VALUE_EMAIL',
      '/isBig VALUE_TYPE',
      '/name VALUE_REQUIRED',
      '/nope FIELD_UNKNOWN',
      '/phone VALUE_PHONE',
      '/price VALUE_SCALE',
      '/probability VALUE_TOO_LARGE',
      '/productIds/0 VALUE_REFERENCE',
      '/stageSince FIELD_READ_ONLY',
      '/status VALUE_OPTION',
      '/subject/id VALUE_REQUIRED',
      '/tags VALUE_REPEATED',
      '/tags/2 VALUE_OPTION',
      '/version FIELD_READ_ONLY',
      '/website VALUE_URL',
    ])
  })

  test('a value of the wrong type is told once', () =>
    expect(issuesOf(create({ name: 'x', status: 5, tags: [5] }))).toEqual(['/status VALUE_TYPE', '/tags/0 VALUE_TYPE']))

  test('a required value that is wrong is not also missing', () => expect(issuesOf(create({ name: 5 }))).toEqual(['/name VALUE_TYPE']))
})

describe('bounds', () => {
  test.each([
    [{ name: 'x'.repeat(100) }, []],
    [{ name: `  ${'x'.repeat(100)}  ` }, []],
    [{ name: 'x'.repeat(101) }, ['/name VALUE_TOO_LONG']],
    [{ name: '😀'.repeat(100) }, []],
    [{ probability: 0 }, []],
    [{ probability: 100 }, []],
    [{ probability: -1 }, ['/probability VALUE_TOO_SMALL']],
    [{ score: 1e15 }, []],
    [{ score: 1.1e15 }, ['/score VALUE_TOO_LARGE']],
    [{ score: 1e-16 }, ['/score VALUE_TOO_SMALL']],
    [{ description: 'x'.repeat(100_000) }, []],
    [{ description: 'x'.repeat(100_001) }, ['/description VALUE_TOO_LONG']],
    [{ productIds: Array.from({ length: 1_000 }, (_, index) => id.slice(0, -4) + String(index).padStart(4, '0')) }, []],
    [
      { productIds: Array.from({ length: 1_001 }, (_, index) => id.slice(0, -4) + String(index).padStart(4, '0')) },
      ['/productIds VALUE_TOO_MANY'],
    ],
    [{ amount: { minor: Number.MAX_SAFE_INTEGER, currency: 'CNY' } }, []],
    [{ amount: { minor: 2 ** 53, currency: 'CNY' } }, ['/amount/minor VALUE_TOO_LARGE']],
  ])('%#', (values, expected) => expect(issuesOf(patch(values))).toEqual(expected))

  test('a body of nonsense gets a hundred issues at most', () => {
    const nonsense = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, 1]))
    expect(create(nonsense).issues).toHaveLength(100)
    expect(create({ custom: nonsense }).issues).toHaveLength(100)
  })
})

describe('a change', () => {
  test('holds what was sent and nothing else', () => {
    expect(patch({ status: 'won', tags: null, custom: { color: 'red' } })).toEqual({
      values: { status: 'won', tags: [], custom: { color: 'red' } },
      issues: [],
    })
    expect(patch({})).toEqual({ values: {}, issues: [] })
    expect(patch({ name: undefined })).toEqual({ values: {}, issues: [] })
  })

  test('empties fields, but not required ones', () => {
    expect(patch({ amount: null, phone: '' }).values).toEqual({ amount: null, phone: null })
    expect(issuesOf(patch({ name: ' ' }))).toEqual(['/name VALUE_REQUIRED'])
  })

  test('cannot change the id or what the system sets', () => {
    expect(issuesOf(patch({ id, updatedAt: 1, deletedAt: null }, code))).toEqual([
      '/id FIELD_READ_ONLY',
      '/updatedAt FIELD_READ_ONLY',
      '/deletedAt FIELD_READ_ONLY',
    ])
  })

  test('may set the owner and the team', () =>
    expect(patch({ ownerId: 'u1', teamId: 't1' }).values).toEqual({ ownerId: 'u1', teamId: 't1' }))

  test('by code may set read-only fields', () => {
    expect(patch({ stageSince: 5 }, code)).toEqual({ values: { stageSince: 5 }, issues: [] })
    expect(issuesOf(patch({ stageSince: 5 }))).toEqual(['/stageSince FIELD_READ_ONLY'])
  })
})

describe('what is no record', () => {
  test.each([null, undefined, 5, 'x', [], true])('%j is refused', (values) => expect(issuesOf(patch(values))).toEqual([' VALUE_TYPE']))

  test.each(['x', [], 5, null])('custom %j is refused', (custom) => expect(issuesOf(patch({ custom }))).toEqual(['/custom VALUE_TYPE']))

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'a key named %s is unknown, and touches nothing',
    (key) => {
      const sent = JSON.parse(`{"name":"x","${key}":{"polluted":1},"custom":{"${key}":{"polluted":1}}}`)
      const { values, issues } = create(sent)
      expect(issues.map((issue) => issue.code)).toEqual(['FIELD_UNKNOWN', 'FIELD_UNKNOWN'])
      expect([Object.hasOwn(values, key), Object.getPrototypeOf(values), Reflect.get({}, 'polluted')]).toEqual([
        false,
        Object.prototype,
        undefined,
      ])
    },
  )

  test('the place of an unknown field is a valid pointer', () =>
    expect(issuesOf(patch({ 'a/b~c': 1 }))).toEqual(['/a~1b~0c FIELD_UNKNOWN']))
})

describe('required fields that only code sets', () => {
  const definition = compileDefinition({
    handle: defineObject('thing', {
      type: 'object',
      required: ['status', 'tags'],
      properties: { status: { enum: ['a'], readOnly: true }, tags: { type: 'array' } },
    }),
    author: 'test',
  })

  test('are not asked of users, and are looked at after hooks', () => {
    const { values, issues } = validateCreate(definition, { tags: ['x'] }, user)
    expect(issues).toEqual([])
    expect(requiredIssues(definition, values).map((issue) => issue.path)).toEqual(['/status'])
    expect(requiredIssues(definition, { ...values, status: 'a' })).toEqual([])
  })

  test('a required list must have an entry', () => {
    expect(issuesOf(validateCreate(definition, { tags: [] }, user))).toEqual(['/tags VALUE_REQUIRED'])
    expect(issuesOf(validatePatch(definition, { tags: [] }, user))).toEqual(['/tags VALUE_REQUIRED'])
  })
})

test('issues are readable in both languages', () => {
  const { issues } = create({ probability: 101 })
  expect(issues.map((issue) => issue.toBody('zh-CN').message)).toEqual(['不能大于 100。', '必填。'])
  expect(issues.map((issue) => issue.toBody('en').message)).toEqual(['Must not be more than 100.', 'This is required.'])
})

test('any record that was accepted is stored and read as it was accepted, and is accepted again', () => {
  const stored = Object.entries(samples).filter(([name]) => name !== 'anyReference')
  const handle = defineObject('thing', {
    type: 'object',
    properties: Object.fromEntries(Object.entries(samples).map(([name, { property }]) => [`${name}Field`, property])),
  })
  const overlay = stored
    .filter(([name]) => name !== 'file')
    .map(([name, { property }], index) => ({ id: `f_000${index}`, name: `${name}Admin`, property }))
  const definition = compileDefinition({ handle, author: 'test', overlay })
  const codec = rowCodec(definition)
  const values = fc.record(Object.fromEntries(Object.entries(samples).map(([name, sample]) => [`${name}Field`, sample.values])), {
    requiredKeys: [],
  })
  const custom = fc.record(
    Object.fromEntries(overlay.map((entry) => [entry.name, samples[entry.name.replace('Admin', '') as keyof typeof samples].values])),
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(values, custom, (sent, admin) => {
      const accepted = validateCreate(definition, { ...sent, custom: admin }, user)
      if (accepted.issues.length > 0) return
      const row = Object.fromEntries(codec.encode(accepted.values).map((value, index) => [codec.columns[index], value]))
      const read = codec.decode(row)
      const checked = Object.entries(accepted.values).filter(([key, value]) => value !== undefined && key !== 'id')
      expect(Object.fromEntries(checked)).toEqual(Object.fromEntries(checked.map(([key]) => [key, read[key]])))
      const again = validatePatch(definition, { ...accepted.values, id: undefined }, user)
      expect(again.issues).toEqual([])
    }),
  )
})

test('every kind gives a schema that the validator compiles', () => {
  for (const name of kindNames) {
    const property = {
      kind: name,
      ...(name === 'choice' && { enum: ['a'] }),
      ...(['reference', 'links', 'children'].includes(name) && { to: 'x' }),
      ...(name === 'children' && { by: 'y' }),
    }
    const definition = compileDefinition({
      handle: defineObject('thing', { type: 'object', properties: { field: property } }),
      author: 'test',
    })
    expect(kindOf(fieldOf(property).kind).name).toBe(name)
    expect(validatePatch(definition, { field: Symbol.iterator }, user).issues).toHaveLength(1)
  }
})

test('records that come one after the other are judged like the first of them, whatever keys they have', () => {
  const value = fc.constantFrom<unknown>('x', '', null, undefined, 7, '2.50', ['a'], { note: 'y', unknown: 1 })
  const key = fc.constantFrom('name', 'status', 'price', 'tags', 'isBig', 'ownerId', 'custom', 'id', 'version', 'nobody')
  const record = fc.array(fc.tuple(key, value), { maxLength: 8 }).map((entries) => Object.fromEntries(entries))
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 6 }), (records) => {
      const inTurn = records.map((one) => create(one))
      for (const [index, one] of records.entries()) {
        const alone = validateCreate({ ...dealDefinition }, one, user)
        expect(inTurn[index]?.values).toEqual(alone.values)
        expect(inTurn[index]?.issues.map((issue) => issue.toBody())).toEqual(alone.issues.map((issue) => issue.toBody()))
      }
    }),
  )
})

test('a record that was read can be sent back field by field', () => {
  const {
    id: _id,
    version: _v,
    createdAt: _ca,
    createdBy: _cb,
    updatedAt: _ua,
    updatedBy: _ub,
    deletedAt: _d,
    stageSince: _s,
    ...rest
  } = dealRecord
  const { values, issues } = patch(rest)
  expect(issues).toEqual([])
  expect(values).toEqual(rest)
})
