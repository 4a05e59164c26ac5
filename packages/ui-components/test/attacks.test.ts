import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmRecord, ObjectView } from '../src/client/types.ts'
import { configure, forget, sessionFor } from '../src/index.ts'
import { definitions } from './support/definitions.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

/** The same value with markup in every text in it. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return ['zh-CN', 'en', 'name', 'message', 'competitor', 'description', 'lostReason'].includes(key) ? value + MARKUP : value
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]))
}

function poisonedServer(): FakeServer {
  const words = (object: ObjectView): ObjectView => ({
    ...object,
    ...(poisoned({
      label: object.label,
      pluralLabel: object.pluralLabel,
      help: object.help,
      sections: object.sections,
    }) as Partial<ObjectView>),
    fields: object.fields.map((field) => ({
      ...field,
      ...(poisoned({ label: field.label, help: field.help, options: field.options }) as object),
    })),
  })
  const fake = new FakeServer({ objects: definitions.map(words) })
  for (const [object, records] of fake.records) fake.records.set(object, poisoned(records, 'record') as CrmRecord[])
  return fake
}

const scripts = (root: Element) => all(root, 'img, script, iframe, object, embed')
const wasHacked = () => 'hacked' in window

describe('attack:U03 markup in every text', () => {
  it.each([
    ['crm-list', { object: 'deal', 'group-by': 'stageId' }],
    ['crm-list', { object: 'customer' }],
    ['crm-board', { object: 'deal', lanes: 'priority' }],
    ['crm-form', { object: 'deal', 'record-id': 'd4' }],
    ['crm-form', { object: 'deal', 'record-id': 'd4', mode: 'read' }],
    ['crm-form', { object: 'customer' }],
    ['crm-filter', { object: 'deal', preview: '', value: '{"priority":"high","customerId.industry":["retail"]}' }],
  ] as const)('is text in %s %j', async (tag, attributes) => {
    const { element, events } = mount(tag, poisonedServer(), { attributes })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    await eventually(() => textOf(element)).toContain('<img src=x')
    expect(scripts(element)).toEqual([])
    expect(wasHacked()).toBe(false)
  })

  it('is text in menus, panels, the bulk bar, toasts and refusals', async () => {
    const fake = poisonedServer()
    const { element, events } = mount('crm-list', fake, { attributes: { object: 'deal' } })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    await userEvent.click(one(element, '[part=filter]'))
    await eventually(() => all(element, '.menu-item').length).toBeGreaterThan(0)
    await userEvent.keyboard('{Escape}')
    await userEvent.click(one(element, '.check'))
    await userEvent.click(all(element, 'tbody .check')[1] ?? element)
    await eventually(() => all(element, '.bulk').length).toBe(1)
    fake.refuseNext((seen) => seen.path.endsWith('bulk'), { status: 422, code: 'RULE', message: MARKUP })
    await userEvent.click(one(element, '.bulk-main .btn-danger'))
    await eventually(() => all(element, '.bulk-plan .btn-danger').length).toBe(1)
    await userEvent.click(one(element, '.bulk-plan .btn-danger'))
    await eventually(() => textOf(one(element, '.bulk'))).toContain('<img src=x')
    expect(scripts(element)).toEqual([])
    expect(wasHacked()).toBe(false)
  })
})

describe('attack:U02 addresses that are none', () => {
  it.each([
    'javascript:alert(1)',
    'jAvA\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '\u0001javascript:alert(1)',
  ])('%j is no link', async (website) => {
    const fake = new FakeServer()
    fake.change('customer', 'c4', { website, email: website, phone: website })
    const { element, events } = mount('crm-form', fake, { attributes: { object: 'customer', 'record-id': 'c4', mode: 'read' } })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    await eventually(() => all(element, 'crm-field >>> dd').length).toBeGreaterThan(3)
    for (const link of all<HTMLAnchorElement>(element, 'a[href]')) {
      expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(link.protocol)
      expect(link.rel).toBe('noopener noreferrer')
    }
  })
})

describe('attack:U08 a hostile page', () => {
  it('changes nothing about rendering and saving, and no style leaks out', async () => {
    const style = document.createElement('style')
    style.textContent = '* { all: unset; color: red !important } button { display: none !important }'
    document.head.append(style)
    const randomUUID = crypto.randomUUID.bind(crypto)
    Object.defineProperty(Object.prototype, 'foo', { value: 'bar', enumerable: true, configurable: true, writable: true })
    Object.defineProperty(Array.prototype, 'extra', { value: () => 1, enumerable: true, configurable: true, writable: true })
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
    try {
      const fake = new FakeServer()
      const { element, events } = mount<HTMLElement & { save(): Promise<boolean> }>('crm-form', fake, { attributes: { object: 'deal' } })
      await eventually(() => events.map((event) => event.type)).toContain('crm-load')
      await eventually(() => all(element, 'crm-field[name=name] >>> input').length).toBe(1)
      const input = one<HTMLInputElement>(element, 'crm-field[name=name] >>> input')
      input.value = '照样能存'
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
      expect(await element.save()).toBe(true)
      expect(fake.record('deal', 'new-1')).toMatchObject({ name: '照样能存' })
      expect(getComputedStyle(one(element, 'button')).display).not.toBe('none')
      const own = document.createElement('p')
      document.body.append(own)
      style.remove()
      expect(getComputedStyle(own).fontSize).toBe('16px')
    } finally {
      style.remove()
      Reflect.deleteProperty(Object.prototype, 'foo')
      Reflect.deleteProperty(Array.prototype, 'extra')
      Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true, writable: true })
    }
  })
})

describe('attack:U10 two mounts on one page', () => {
  it('share nothing with another server, and everything with the same one', async () => {
    const [here, there] = [new FakeServer(), new FakeServer()]
    there.change('deal', 'd4', { name: '另一家的' })
    const one_ = mount('crm-list', here, { attributes: { object: 'deal' } })
    const two = mount('crm-list', there, { attributes: { object: 'deal' } })
    const three = mount('crm-board', here, { attributes: { object: 'deal' }, src: one_.src })
    for (const { events } of [one_, two, three]) await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    expect(textOf(one_.element)).not.toContain('另一家的')
    await eventually(() => textOf(two.element)).toContain('另一家的')
    one_.session.store.merge('deal', [here.change('deal', 'd4', { name: '两处都变' })])
    await eventually(() => textOf(one_.element)).toContain('两处都变')
    await eventually(() => textOf(three.element)).toContain('两处都变')
    expect(textOf(two.element)).not.toContain('两处都变')
  })

  it('leave no listener behind after a hundred comings and goings', async () => {
    const open = new Set<unknown>()
    const [add, remove] = [window.addEventListener.bind(window), window.removeEventListener.bind(window)]
    window.addEventListener = ((...args: Parameters<typeof add>) => {
      open.add(args[1])
      add(...args)
    }) as typeof add
    window.removeEventListener = ((...args: Parameters<typeof remove>) => {
      open.delete(args[1])
      remove(...args)
    }) as typeof remove
    try {
      const fake = new FakeServer({ deals: 0 })
      for (let time = 0; time < 25; time += 1) {
        for (const tag of ['crm-form', 'crm-list', 'crm-board', 'crm-form']) {
          const { element } = mount(tag, fake, { attributes: { object: 'deal' }, src: '/crm-again' })
          element.remove()
        }
      }
      expect([...open]).toEqual([])
    } finally {
      window.addEventListener = add
      window.removeEventListener = remove
    }
  })
})

describe('attack:U12 another person in the same tab', () => {
  it('is shown nothing of the former one', async () => {
    const src = '/crm-shared-tab'
    const first = new FakeServer()
    configure({ src, fetch: first.fetch })
    const before = sessionFor(src)
    await before.me()
    before.store.merge('deal', [first.record('deal', 'd4')])
    sessionStorage.setItem(JSON.stringify(['guanxi-draft', src, 't1', 'u-li', 'deal', 'd4']), '{}')
    sessionStorage.setItem(JSON.stringify(['guanxi-draft', '/other', 't1', 'u-li', 'deal', 'd4']), '{}')
    forget(src)
    const after = sessionFor(src)
    expect(after).not.toBe(before)
    expect(after.store.get('deal', 'd4')).toBe(null)
    expect(Object.keys(sessionStorage).filter((key) => key.includes(src))).toEqual([])
    expect(Object.keys(sessionStorage).filter((key) => key.includes('/other'))).toHaveLength(1)
    sessionStorage.clear()
  })
})
