import { afterEach, describe, expect, it } from 'vitest'
import { CrmBoard, define } from '../src/index.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf } from './support/mount.ts'

afterEach(clear)

describe('Registration', () => {
  it('is done once however often it is asked for', () => {
    define()
    define()
    expect(customElements.get('crm-board')).toBe(CrmBoard)
  })

  it('takes another prefix for the whole family', async () => {
    define('acme')
    const { element, events } = mount('acme-form', new FakeServer(), { attributes: { object: 'deal' } })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    expect(all(element, 'acme-field').length).toBeGreaterThan(5)
    expect(all(element, 'crm-field')).toEqual([])
  })

  it('leaves the host’s colour scheme alone and lets a host override any token on any ancestor', async () => {
    const { element, events } = mount('crm-list', new FakeServer(), { attributes: { object: 'deal' } })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    expect(getComputedStyle(document.documentElement).colorScheme).toBe('normal')
    document.body.style.setProperty('--crm-accent', 'rgb(1, 2, 3)')
    await eventually(() => getComputedStyle(one(element, '.btn-primary')).backgroundColor).toBe('rgb(1, 2, 3)')
    document.body.style.removeProperty('--crm-accent')
  })

  it('speaks the nearest language, an attribute’s first, with a host’s own words', async () => {
    const fake = new FakeServer()
    const { element, events } = mount('crm-list', fake, {
      attributes: { object: 'deal', locale: 'en-GB' },
      lang: 'zh-CN',
      messages: { en: { search: 'Find a deal' } },
    })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    expect(textOf(element)).toContain('New deal')
    expect(one<HTMLInputElement>(element, 'input').placeholder).toBe('Find a deal')
    expect(one(element, '.view').lang).toBe('en')
    expect(fake.seen.every((seen) => seen.headers.get('accept-language') === 'en')).toBe(true)
  })

  it('documents every part and slot it has', async () => {
    const sources = import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true })
    const text = Object.values(sources).join('\n')
    const documented = new Set([...text.matchAll(/@csspart (\S+)/g)].map(([, name]) => name))
    const used = new Set([...text.matchAll(/\spart="([a-z -]+)"/g)].flatMap(([, names]) => names?.split(' ') ?? []))
    expect([...used].filter((name) => !documented.has(name))).toEqual([])
    expect([...documented].filter((name) => name && !used.has(name))).toEqual([])
    const slots = new Set([...text.matchAll(/<slot name="(\w+)"/g)].map(([, name]) => name))
    expect(slots).toEqual(new Set([...text.matchAll(/@slot (\w+)/g)].map(([, name]) => name)))
  })

  it('puts no length from data into a style attribute, which a strict policy would block', () => {
    const sources = import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true })
    for (const [path, text] of Object.entries(sources))
      expect(text, path).not.toMatch(/[^.]style=["'$]|styleMap|unsafeHTML|new Function|eval\(/)
  })
})
