import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CrmError } from '../../src/error/crm-error.ts'
import { compileDefinition } from '../../src/object/compile-definition.ts'
import { definitionView } from '../../src/object/definition-view.ts'
import { emptyOverlay, newOverlayField, type Overlay, parseOverlay, serialiseOverlay } from '../../src/object/overlay.ts'
import { deal, dealDefinition } from './deal.ts'

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof CrmError) return `${error.code} ${String(error.params.reason)}`
    throw error
  }
  return 'accepted'
}

const add = (property: unknown, name = 'color', overlay: Overlay = emptyOverlay) => newOverlayField('deal', overlay, name, property)
const label = { 'zh-CN': '颜色', en: 'Color' }

describe('fields of admins', () => {
  test('get an id that never changes, and live beside fields of code', () => {
    const field = add({ type: 'string', label, maxLength: 20 })
    expect(field.id).toMatch(/^f_[a-z0-9]{12}$/)
    const definition = compileDefinition({ handle: deal, author: 'sales', overlay: [field] })
    expect(definition.field.get('custom.color')).toMatchObject({ layer: 'tenant', storage: { at: 'ext', id: field.id }, label })
    expect(definition.table).toEqual(dealDefinition.table)
  })

  test('survive being stored, parsed by the driver or not', () => {
    const overlay: Overlay = { fields: [add({ enum: ['红', '蓝'], label }), add({ kind: 'money' }, 'budget')] }
    expect(parseOverlay('deal', serialiseOverlay(overlay))).toEqual(overlay)
    expect(parseOverlay('deal', JSON.parse(serialiseOverlay(overlay)))).toEqual(overlay)
    expect(parseOverlay('deal', null)).toEqual(emptyOverlay)
  })

  test('a damaged overlay is refused', () => {
    expect(refusal(() => parseOverlay('deal', '{"fields":[{"id":"__proto__","name":"x"}]}'))).toContain('damaged')
    expect(refusal(() => parseOverlay('deal', '{}'))).toContain('damaged')
  })

  test.each([
    [{ kind: 'links', to: 'x' }, 'enum'],
    [{ kind: 'children', to: 'x', by: 'y' }, 'cannot set "by"'],
    [{ kind: 'children', to: 'x' }, 'enum'],
    [{ kind: 'anyReference' }, 'enum'],
    [{ kind: 'file' }, 'enum'],
    [{ kind: 'constructor' }, 'enum'],
    [{ type: 'string', unique: true }, 'cannot set "unique"'],
    [{ type: 'string', index: true }, 'cannot set "index"'],
    [{ type: 'string', readOnly: true }, 'cannot set "readOnly"'],
    [{ type: 'string', pattern: '(a+)+$' }, 'cannot set "pattern"'],
    [{ type: 'string', label: { 'zh-CN': 'x'.repeat(201), en: 'x' } }, 'maxLength 200'],
    [{ type: 'string', label: { en: 'x' } }, 'zh-CN'],
    [{ type: 'string', label: { 'zh-CN': 'a\u0000', en: 'x' } }, 'cannot be stored'],
    [{ type: 'string', default: 'a\ud800' }, 'cannot be stored'],
    [{ enum: Array.from({ length: 501 }, (_, index) => `o${index}`) }, 'maxItems 500'],
    [{ kind: 'choice' }, 'needs "enum"'],
    [{ enum: ['a'], default: 'b' }, 'default of "custom.color"'],
    ['text', 'type object'],
    [null, 'type object'],
    [[], 'type object'],
    [JSON.parse('{"type":"string","__proto__":{"a":1}}'), 'cannot set "__proto__"'],
  ])('%j is refused', (property, reason) => {
    expect(refusal(() => add(property))).toContain('DEFINITION_INVALID')
    expect(refusal(() => add(property))).toContain(reason)
  })

  test.each(['', 'A', 'constructor', '__proto__', 'x'.repeat(41), 'a.b', 'and', 'id'])('attack:O02 name %j is refused', (name) =>
    expect(refusal(() => add({ type: 'string' }, name))).toContain('name'),
  )

  test('attack:O10 a schema with references, nonsense without end, or endless depth is refused at the door', () => {
    const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, index]))
    expect(refusal(() => add({ type: 'string', $ref: 'http://169.254.169.254/' }))).toContain('cannot set "$ref"')
    expect(refusal(() => add({ type: 'string', maxLength: { $data: '1/x' } }))).toContain('type integer')
    expect(refusal(() => add({ type: 'string', default: deep(5_000) }))).toContain('type string')
    expect(refusal(() => add(wide))).toContain('cannot set "x0"')
    expect(refusal(() => add({ enum: ['x'.repeat(1_000_000)] }))).toContain('maxLength 100')
    expect(refusal(() => add({}, 'x'.repeat(1_000_000))).length).toBeLessThan(300)
  })

  test('a name is used once, and 500 fields are the most', () => {
    expect(refusal(() => add({}, 'a', { fields: [add({}, 'a')] }))).toContain('already')
    const field = add({}, 'a')
    const full = { fields: Array.from({ length: 500 }, (_, index) => ({ ...field, name: `b${index}` })) }
    expect(refusal(() => add({}, 'c', full))).toContain('500')
    expect(refusal(() => add({}, 'c', { fields: full.fields.slice(1) }))).toBe('accepted')
  })

  test('whatever an admin sends, it is taken or refused with DEFINITION_INVALID, never anything else', () => {
    fc.assert(
      fc.property(
        fc.object({
          maxDepth: 3,
          key: fc.constantFrom('kind', 'type', 'enum', 'options', 'label', 'default', 'items', 'to', 'scale', 'minLength', '__proto__'),
        }),
        (property) => {
          expect(refusal(() => add(property))).toMatch(/^(accepted|DEFINITION_INVALID )/)
        },
      ),
    )
  })
})

describe('the view of a definition', () => {
  const view = definitionView(dealDefinition, ['read', 'update'])

  test('is plain JSON, without storage', () => {
    expect(JSON.parse(JSON.stringify(view))).toEqual(view)
    expect(JSON.stringify(view)).not.toMatch(/storage|crm_deal|f_color/)
  })

  test('has every field but the id, with what can be asked of it', () => {
    expect(view.fields.map((field) => field.name)).toEqual(dealDefinition.fields.map((field) => field.name).filter((name) => name !== 'id'))
    expect(view.fields.find((field) => field.name === 'amount')).toMatchObject({
      kind: 'money',
      sortable: true,
      summable: true,
      operators: expect.arrayContaining(['gte']),
    })
    expect(view.fields.find((field) => field.name === 'status')?.options).toContainEqual({
      value: 'dead',
      label: { 'zh-CN': 'dead', en: 'dead' },
      retired: true,
    })
    expect(view).toMatchObject({ nameField: 'name', permissions: ['read', 'update'], boards: [], sections: [] })
    expect(view.columns[0]).toBe('name')
  })
})
