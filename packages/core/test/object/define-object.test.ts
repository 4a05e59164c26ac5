import { describe, expect, expectTypeOf, test } from 'vitest'
import { CrmError } from '../../src/error/crm-error.ts'
import { defineObject } from '../../src/object/define-object.ts'
import { extendObject } from '../../src/object/extend-object.ts'
import type { NewRecord, ObjectHandle, RecordOf } from '../../src/object/handle.ts'
import type { AnyReference, FileReference, Money } from '../../src/object/infer.ts'
import type { PropertySchema } from '../../src/object/schema.ts'

const definition = defineObject('deal', {
  type: 'object',
  required: ['name', 'stage', 'amount'],
  properties: {
    name: { type: 'string', maxLength: 200 },
    stage: { enum: ['open', 'won', 'lost'] },
    urgency: { kind: 'choice', options: [{ value: 'low' }, { value: 'high' }] },
    amount: { kind: 'money' },
    price: { kind: 'decimal' },
    probability: { type: 'integer' },
    closeDate: { type: 'string', format: 'date' },
    stageSince: { kind: 'instant' },
    isBig: { type: 'boolean' },
    tags: { type: 'array', items: { enum: ['a', 'b'] } },
    productIds: { kind: 'links', to: 'product' },
    subject: { kind: 'anyReference' },
    contract: { kind: 'file' },
    customerId: { kind: 'reference', to: 'customer' },
    activities: { kind: 'children', to: 'activity', by: 'dealId' },
  },
})
interface Deal extends RecordOf<typeof definition> {}
const deal: ObjectHandle<Deal> = definition

describe('types of a defined object', () => {
  test('follow from the schema, without readonly', () => {
    expectTypeOf<Deal['name']>().toEqualTypeOf<string>()
    expectTypeOf<Deal['stage']>().toEqualTypeOf<'open' | 'won' | 'lost'>()
    expectTypeOf<Deal['urgency']>().toEqualTypeOf<'low' | 'high' | null>()
    expectTypeOf<Deal['amount']>().toEqualTypeOf<Money>()
    expectTypeOf<Deal['price']>().toEqualTypeOf<string | null>()
    expectTypeOf<Deal['probability']>().toEqualTypeOf<number | null>()
    expectTypeOf<Deal['closeDate']>().toEqualTypeOf<string | null>()
    expectTypeOf<Deal['stageSince']>().toEqualTypeOf<number | null>()
    expectTypeOf<Deal['isBig']>().toEqualTypeOf<boolean | null>()
    expectTypeOf<Deal['tags']>().toEqualTypeOf<('a' | 'b')[]>()
    expectTypeOf<Deal['productIds']>().toEqualTypeOf<string[]>()
    expectTypeOf<Deal['subject']>().toEqualTypeOf<AnyReference | null>()
    expectTypeOf<Deal['contract']>().toEqualTypeOf<FileReference | null>()
    expectTypeOf<Deal>().not.toHaveProperty('activities')
    expectTypeOf<Pick<RecordOf<typeof definition>, 'name'>>().toEqualTypeOf<{ name: string }>()
  })

  test('a new record needs the required fields only', () => {
    const created: NewRecord<Deal> = { name: 'x', stage: 'open', amount: { minor: 1, currency: 'CNY' } }
    // @ts-expect-error amount is required
    const incomplete: NewRecord<Deal> = { name: 'x', stage: 'open' }
    expect([created.stage, incomplete.stage]).toEqual(['open', 'open'])
  })

  test('an extension is a new handle, and the object’s own handle does not change', () => {
    const routed = extendObject(
      deal,
      { channel: { enum: ['mail', 'sms'] }, score: { type: 'integer', default: 0 } },
      { required: ['score'] },
    )
    const twice = extendObject(routed, { note: { type: 'string' } })
    expectTypeOf<RecordOf<typeof routed>['channel']>().toEqualTypeOf<'mail' | 'sms' | null>()
    expectTypeOf<RecordOf<typeof routed>['score']>().toEqualTypeOf<number>()
    expectTypeOf<RecordOf<typeof routed>['stage']>().toEqualTypeOf<'open' | 'won' | 'lost'>()
    expectTypeOf<RecordOf<typeof twice>['channel']>().toEqualTypeOf<'mail' | 'sms' | null>()
    expectTypeOf<Deal>().not.toHaveProperty('channel')
    expect(routed).toMatchObject({ name: 'deal', extends: true, schema: { required: ['score'] } })
    expect(Object.keys(routed.schema.properties)).toEqual(['channel', 'score'])
    expect(Object.keys(deal.schema.properties)).not.toContain('channel')
  })
})

const property = (name: string, schema: PropertySchema = { type: 'string' }) =>
  defineObject('thing', { type: 'object', properties: JSON.parse(JSON.stringify({ [name]: schema })) })

function reasonOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof CrmError && error.code === 'DEFINITION_INVALID') return String(error.params.reason)
    throw error
  }
  return 'accepted'
}

describe('names', () => {
  test.each(['deal', 'a', 'contact_point', 'x'.repeat(40)])('object name %s is fine', (name) =>
    expect(defineObject(name, { type: 'object', properties: {} }).name).toBe(name),
  )

  test.each(['', 'Deal', '1deal', '_deal', 'deal-x', 'x'.repeat(41), '__proto__', 'de al', '客户'])('object name %j is refused', (name) => {
    expect(reasonOf(() => defineObject(name, { type: 'object', properties: {} }))).toContain('is no object name')
  })

  test.each(['', 'Name', '1a', '_a', 'a-b', 'a.b', 'custom.a', 'x'.repeat(41), '__proto__', '名'])('field name %j is refused', (name) => {
    expect(reasonOf(() => property(name))).toContain('is no field name')
  })

  test.each([
    ...[
      'id',
      'version',
      'createdAt',
      'ownerId',
      'deletedBy',
      'tenantId',
      'ext',
      'nameSort',
      'related',
      'custom',
      'and',
      'or',
      'not',
      'xmin',
      'ctid',
    ],
    ...['constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'valueOf', 'isPrototypeOf'],
  ])('attack:O02 field name %s is reserved', (name) => expect(reasonOf(() => property(name))).toContain('is reserved'))
})

describe('properties', () => {
  test.each([
    [{ kind: 'nonsense' }, 'unknown kind'],
    [{ kind: 'toString' }, 'unknown kind'],
    [{ kind: 'choice' }, 'needs "enum" or "options"'],
    [{ enum: ['a', 'a'] }, 'same value'],
    [{ enum: [' a'] }, 'without spaces'],
    [{ enum: ['a'], options: [{ value: 'b' }] }, 'not in the enum'],
    [{ enum: Array.from({ length: 501 }, (_, index) => `o${index}`) }, 'at most 500'],
    [{ kind: 'reference' }, 'needs "to"'],
    [{ kind: 'links' }, 'need "to"'],
    [{ kind: 'children', to: 'x' }, '"by"'],
    [{ kind: 'decimal', scale: 9 }, 'from 0 to 8'],
    [{ kind: 'decimal', scale: 1.5 }, 'from 0 to 8'],
    [{ type: 'string', scale: 2 }, '"scale" means nothing'],
    [{ type: 'string', minLength: 5, maxLength: 4 }, 'more than maxLength'],
    [{ type: 'string', maxLength: 2001 }, 'use kind longText'],
    [{ type: 'integer', minimum: 5, maximum: 4 }, 'more than maximum'],
    [{ type: 'integer', minimum: 0.5 }, 'safe integers'],
    [{ kind: 'money', unique: true }, '"unique" is not possible'],
    [{ kind: 'longText', index: true }, '"index" is not possible'],
    [{ type: 'boolean', search: true }, '"search" is not possible'],
    [{ kind: 'phone', type: 'integer' }, 'does not fit'],
    [{ type: 'string', pattern: '(a+)+$' }, '"pattern" means nothing'],
  ] as unknown as [PropertySchema, string][])('%j is refused', (schema, reason) =>
    expect(reasonOf(() => property('field', schema))).toContain(reason),
  )

  test('a required field must be there, and children cannot be required', () => {
    expect(reasonOf(() => defineObject('thing', { type: 'object', required: ['nme'], properties: { name: {} } }))).toContain(
      '"nme" is required but no property',
    )
    const children = { kind: 'children', to: 'x', by: 'y' } as const
    expect(reasonOf(() => defineObject('thing', { type: 'object', required: ['kids'], properties: { kids: children } }))).toContain(
      'children cannot be required',
    )
  })
})
