import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { FieldKind, FieldView, ObjectView } from '../src/client/types.ts'
import type { CrmField } from '../src/field/field.ts'
import type { CrmForm } from '../src/form/form.ts'
import { definitions } from './support/definitions.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const words = (text: string) => ({ 'zh-CN': text, en: text })
const field = (name: string, kind: FieldKind, more: Partial<FieldView> = {}): FieldView => ({
  name,
  kind,
  label: words(name),
  layer: 'object',
  ...more,
})
const lost = { '===': [{ var: 'stage' }, 'lost'] }

const bid: ObjectView = {
  name: 'bid',
  label: words('投标'),
  pluralLabel: words('投标'),
  nameField: 'name',
  permissions: ['read', 'create', 'update', 'delete'],
  sections: [
    { label: words('Bid'), fields: ['name', 'stage', 'pieces', 'price', 'total', 'weighted', 'amount', 'chance', 'free'], columns: 3 },
    { label: words('Loss'), fields: ['reason', 'rival'] },
  ],
  fields: [
    field('name', 'text', { required: true }),
    field('stage', 'choice', { default: 'open', options: ['open', 'won', 'lost'].map((value) => ({ value, label: words(value) })) }),
    field('pieces', 'integer', { minimum: 0, maximum: 1000 }),
    field('price', 'decimal', { scale: 2, minimum: 0, maximum: 10_000, when: { readOnly: { '===': [{ var: 'stage' }, 'won'] } } }),
    field('total', 'decimal', {
      scale: 2,
      readOnly: true,
      help: words('Pieces by price.'),
      formula: { logic: { '*': [{ var: 'pieces' }, { var: 'price' }] }, mode: 'stored', currency: null },
    }),
    field('amount', 'money'),
    field('chance', 'integer', { minimum: 0, maximum: 100 }),
    field('weighted', 'money', {
      readOnly: true,
      formula: { logic: { '/': [{ '*': [{ minor: [{ var: 'amount' }] }, { var: 'chance' }] }, 100] }, mode: 'stored', currency: 'amount' },
    }),
    field('free', 'integer', { defaultLogic: { if: [{ '>=': [{ var: 'pieces' }, 10] }, 1, 0] } }),
    field('reason', 'text', { when: { required: lost, hidden: { '!': [lost] }, clear: true } }),
    field('rival', 'text', { when: { hidden: { '!': [lost] } } }),
    field('custom.why', 'text', { layer: 'tenant', when: { required: { '>': [{ var: 'custom.risk' }, 5] } } }),
    field('custom.risk', 'integer', { layer: 'tenant' }),
  ],
}

const record = {
  id: 'b1',
  version: 1,
  name: 'One',
  stage: 'open',
  pieces: 2,
  price: '5.00',
  total: '10.00',
  rival: 'Acme',
  custom: { why: null, risk: 1 },
}

async function open(attributes: Record<string, string> = {}) {
  const fake = new FakeServer({ objects: [...definitions, bid], records: { bid: [record] } })
  const mounted = mount<CrmForm>('crm-form', fake, { attributes: { object: 'bid', ...attributes } })
  await eventually(() => mounted.events.map((event) => event.type)).toContain('crm-load')
  await mounted.element.updateComplete
  const { element, events } = mounted
  const named = (name: string) => all<CrmField>(element, 'crm-field').find((one) => one.name === name)
  const at = (name: string): CrmField => {
    const found = named(name)
    if (!found) throw new Error(`${name} is not shown.`)
    return found
  }
  const enter = async (name: string, text: string) => {
    await userEvent.fill(one<HTMLInputElement>(at(name), '#control'), text)
    await element.updateComplete
  }
  const change = async (name: string, value: unknown) => {
    at(name).change(value)
    await eventually(() => element.isUpdatePending).toBe(false)
  }
  const save = () => element.save()
  const written = () => fake.seen.filter(({ method }) => method !== 'GET').map(({ body }) => body as Record<string, unknown>)
  const names = () => all<CrmField>(element, 'crm-field').map((one) => one.name)
  return { ...mounted, fake, at, named, enter, change, save, written, names, saved: () => events.some(({ type }) => type === 'crm-saved') }
}

describe('A form whose fields follow one another', () => {
  it('computes formulas as they will be saved, while somebody types', async () => {
    const { at, enter, change } = await open()
    expect(at('total').readonly).toBe(true)
    await enter('pieces', '3')
    await enter('price', '10.50')
    await eventually(() => at('total').value).toBe('31.50')
    await change('amount', { minor: 301, currency: 'USD' })
    await change('chance', 50)
    await eventually(() => at('weighted').value).toEqual({ minor: 151, currency: 'USD' })
    await enter('price', '')
    await eventually(() => at('total').value).toBe(null)
    expect(at('total').shadowRoot?.textContent).toContain('Pieces by price.')
  })

  it('fills in defaults that follow other fields until somebody touches them, and never sends what is computed', async () => {
    const { at, enter, change, save, saved, written } = await open()
    expect(at('free').value).toBe(0)
    await enter('name', 'New')
    await change('pieces', 12)
    await eventually(() => at('free').value).toBe(1)
    await change('free', 7)
    await change('pieces', 2)
    expect(at('free').value).toBe(7)
    await change('price', '2.00')
    await save()
    await eventually(saved).toBe(true)
    expect(written()).toEqual([{ name: 'New', stage: 'open', pieces: 2, price: '2.00', free: 7 }])
  })

  it('a form nobody has touched is not dirty for its computed defaults; one that is taken out is said', async () => {
    const { element, change, enter, save, saved, written } = await open()
    expect(element.isDirty).toBe(false)
    await enter('name', 'New')
    await change('stage', null)
    await save()
    await eventually(saved).toBe(true)
    expect(written()).toEqual([{ name: 'New', stage: null, free: 0 }])
  })

  it('shows, asks for and hides fields by their conditions; what is hidden is not sent', async () => {
    const { at, named, names, enter, change, save, saved, written } = await open({ 'record-id': 'b1' })
    expect(names()).not.toContain('reason')
    await change('stage', 'lost')
    await eventually(() => names()).toContain('reason')
    expect(at('reason').field.required).toBe(true)
    expect(at('rival').value).toBe('Acme')
    expect(await save()).toBe(false)
    await eventually(() => at('reason').validationMessage).toBe('必填。')
    await enter('reason', 'price')
    await change('stage', 'open')
    await eventually(() => named('reason')).toBeUndefined()
    await change('pieces', 4)
    await save()
    await eventually(saved).toBe(true)
    expect(written()).toEqual([{ pieces: 4 }])
  })

  it('locks fields by a condition: they show what is kept, and are not sent', async () => {
    const { at, enter, change, save, saved, written } = await open({ 'record-id': 'b1' })
    await enter('price', '9.00')
    await change('stage', 'won')
    await eventually(() => at('price').readonly).toBe(true)
    await eventually(() => at('price').value).toBe('5.00')
    await save()
    await eventually(saved).toBe(true)
    expect(written()).toEqual([{ stage: 'won' }])
  })

  it('draws only the fields that follow', async () => {
    const { at, change } = await open({ 'record-id': 'b1' })
    const drawn: string[] = []
    for (const name of ['name', 'pieces', 'total', 'weighted', 'custom.risk']) {
      const one = at(name)
      const updated = one.updated.bind(one)
      one.updated = (changed) => {
        drawn.push(name)
        updated(changed)
      }
    }
    await change('pieces', 7)
    await eventually(() => at('total').value).toBe('35.00')
    await at('total').updateComplete
    expect(new Set(drawn)).toEqual(new Set(['pieces', 'total']))
  })

  it('the tenant’s own fields have conditions, too, and a section its columns', async () => {
    const { element, at, change } = await open({ 'record-id': 'b1' })
    await change('custom.risk', 6)
    await eventually(() => at('custom.why').field.required).toBe(true)
    expect(one(element, '.fields').className).toContain('cols-3')
  })
})
