import { sqlite } from '@guanxi/adapters/sqlite'
import {
  createCrm,
  defineObject,
  definePlugin,
  extendObject,
  type ObjectHandle,
  type ObjectOptions,
  type PropertySchema,
} from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { describe, expect, test } from 'vitest'
import { shop } from './shop.ts'

type Properties = Readonly<Record<string, PropertySchema>>

const plugin = (handles: readonly ObjectHandle<never>[]) =>
  definePlugin({
    id: 'made',
    version: '1.0.0',
    core: '*',
    setup: (p) => {
      for (const handle of handles) p.object(handle as never)
    },
  })()

const define = (name: string, properties: Properties, options: ObjectOptions = {}, required: readonly string[] = []) =>
  defineObject(name, { type: 'object', required, properties }, options) as unknown as ObjectHandle<never>

const open = (...handles: ObjectHandle<never>[]) => createCrm({ store: sqlite(':memory:'), standard: false, plugins: [plugin(handles)] })

const read = (logic: unknown, kind: PropertySchema['kind'] = 'integer'): PropertySchema => ({ kind, formula: { logic: logic as never } })
const stored = (logic: unknown, kind: PropertySchema['kind'] = 'integer'): PropertySchema => ({
  kind,
  formula: { logic: logic as never, mode: 'stored' },
})

describe('a definition whose formulas cannot work', () => {
  const refusal = (make: () => unknown): string => {
    try {
      make()
    } catch (error) {
      expect(error).toMatchObject({ code: 'DEFINITION_INVALID' })
      return String((error as Error).message)
    }
    throw new Error('It was taken.')
  }

  test('formulas that need each other are refused, with the chain', () => {
    const circle = define('box', {
      a: stored({ '+': [{ var: 'b' }, 1] }),
      b: stored({ '+': [{ var: 'c' }, 1] }),
      c: stored({ '+': [{ var: 'a' }, 1] }),
    })
    expect(refusal(() => open(circle))).toContain('box.a → box.b → box.c → box.a')
    expect(refusal(() => open(define('box', { a: read({ var: 'a' }) })))).toContain('box.a → box.a')
  })

  test('attack:O13 also through references and over children, and between stored and read', () => {
    const through = define('box', { upId: { kind: 'reference', to: 'box' }, depth: read({ '+': [{ var: 'up.depth' }, 1] }) })
    expect(refusal(() => open(through))).toContain('box.depth → box.depth')
    const parent = define('box', {
      parts: { kind: 'children', to: 'part', by: 'boxId' },
      heaviest: read({ maxOf: [{ var: 'parts' }, { var: 'share' }] }),
    })
    const part = define('part', { boxId: { kind: 'reference', to: 'box' }, share: read({ var: 'box.heaviest' }) })
    expect(refusal(() => open(parent, part))).toContain('box.heaviest → part.share → box.heaviest')
    const mixed = define('box', { a: stored({ '+': [{ var: 'b' }, 1] }), b: read({ '+': [{ var: 'a' }, 1] }) })
    expect(refusal(() => open(mixed))).toContain('box.a → box.b → box.a')
  })

  test('what a stored formula could not keep up with belongs on read', () => {
    const plain: Properties = { upId: { kind: 'reference', to: 'box' }, at: { kind: 'instant' }, size: { type: 'integer' } }
    const one = (property: PropertySchema) => () => open(define('box', { ...plain, odd: property }))
    expect(refusal(one(stored({ var: 'up.size' })))).toContain('mode "read"')
    expect(refusal(one(stored({ daysBetween: [{ var: 'at' }, { now: [] }] })))).toContain('uses the time')
    expect(refusal(one(stored({ '===': [{ var: '$.today' }, '2026-01-01'] }, 'boolean')))).toContain('uses the time')
    const hidden = { ...plain, days: read({ daysBetween: [{ var: 'at' }, { now: [] }] }), odd: stored({ '+': [{ var: 'days' }, 1] }) }
    expect(refusal(() => open(define('box', hidden)))).toContain('uses the time')
  })

  test('what it gives must be of the kind that was said', () => {
    const one =
      (property: PropertySchema, more: Properties = {}) =>
      () =>
        open(define('box', { size: { type: 'integer' }, ...more, odd: property }))
    expect(refusal(one(read({ var: 'size' }, 'text')))).toContain('text is needed here, not int')
    expect(refusal(one(read({ '===': [{ var: 'size' }, 1] })))).toContain('number is needed here, not bool')
    expect(refusal(one({ kind: 'money', formula: { logic: { var: 'size' } } }))).toContain('say its currency')
    expect(refusal(one({ kind: 'money', formula: { logic: { var: 'size' }, currency: 'size' } }))).toContain('a money field of the object')
    const amounts: Properties = { a: { kind: 'money' }, b: { kind: 'money' } }
    const sum: PropertySchema = { kind: 'money', formula: { logic: { '+': [{ var: 'a' }, { var: 'b' }] }, currency: 'a' } }
    expect(refusal(one(sum, amounts))).toContain('RULE_TYPE')
    expect(refusal(one({ formula: { logic: { var: 'size' } } }))).toContain('say what the formula gives')
  })

  test('what means nothing for it', () => {
    const one = (more: object) => () =>
      define('box', { size: { type: 'integer' }, odd: { ...read({ var: 'size' }), ...more } as PropertySchema })
    expect(refusal(one({ default: 1 }))).toContain('"default" means nothing for a formula')
    expect(refusal(one({ readOnly: true }))).toContain('"readOnly"')
    expect(refusal(one({ index: true }))).toContain('only a stored formula can have an index')
    expect(refusal(one({ when: { required: { var: 'size' } } }))).toContain('only be hidden')
    expect(refusal(() => define('box', { odd: read({ var: 'id' }) }, {}, ['odd']))).toContain('cannot be required')
    const links = { kind: 'links', to: 'box', formula: { logic: { var: 'size' } } } as PropertySchema
    expect(refusal(() => define('box', { odd: links }))).toContain('cannot give links')
    const named = define('box', { name: { kind: 'text', formula: { logic: { lower: [{ var: 'code' }] } } }, code: { type: 'string' } })
    expect(refusal(() => open(named))).toContain('is computed')
  })

  test('formulas that grow beyond all bounds by using each other', () => {
    const fields: Record<string, PropertySchema> = { f0: { type: 'number', minimum: 0, maximum: 1 } }
    for (let level = 1; level < 40; level++)
      fields[`f${level}`] = read({ '+': [{ var: `f${level - 1}` }, { var: `f${level - 1}` }] }, 'number')
    expect(refusal(() => open(define('box', fields)))).toContain('RULE_LIMIT')
  })

  test('an extension of another plugin adds them, too', () => {
    const base = define('box', { size: { type: 'integer', minimum: 0, maximum: 9 } })
    const more = extendObject(base, { twice: { kind: 'integer', formula: { logic: { '*': [{ var: 'size' }, 2] } } } })
    const extending = definePlugin({ id: 'more', version: '1.0.0', core: '*', requires: { made: '*' }, setup: (p) => void p.extend(more) })
    expect(() => createCrm({ store: sqlite(':memory:'), standard: false, plugins: [plugin([base]), extending()] })).not.toThrow()
  })
})

test('the plan says where formulas are computed, and which of them make an update read the record', async () => {
  const crm = await createTestCrm({ store: sqlite(':memory:'), plugins: [shop()], standard: false })
  const plan = await crm.plan()
  const object = plan.objects.find(({ name }) => name === 'sale')
  const storage = (name: string) => object?.fields.find((field) => field.name === name)?.storage
  expect(storage('weighted')).toBe('weighted, weighted_currency, computed by the write')
  expect(storage('age')).toBe('computed on read')
  expect(object?.paths.find(({ operation }) => operation === 'update')).toMatchObject({
    path: 'read and write',
    because: expect.arrayContaining(['the formula of total needs all of pieces, price']),
  })
  await crm.close()
})
