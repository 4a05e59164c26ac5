import axe from 'axe-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { FakeServer } from './support/fake-server.ts'
import { type ImportStep, importSteps } from './support/import-tour.ts'
import { all, atRest, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const violations = async (element: Element, runOnly: NonNullable<axe.RunOptions['runOnly']>) => {
  document.title = 'Guanxi'
  const { violations: found } = await axe.run(element, {
    runOnly,
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } },
  })
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`))
}

interface Case {
  readonly name: string
  readonly tag: string
  readonly attributes: Record<string, string>
  readonly prepare?: (element: HTMLElement) => Promise<unknown>
}

const press = (element: HTMLElement, selector: string) => userEvent.click(one(element, selector))

const cases: readonly Case[] = [
  { name: 'a board', tag: 'crm-board', attributes: { object: 'deal' } },
  {
    name: 'a board with a menu open',
    tag: 'crm-board',
    attributes: { object: 'deal' },
    prepare: (element) => press(element, '[aria-haspopup=menu]'),
  },
  { name: 'a list', tag: 'crm-list', attributes: { object: 'customer' } },
  {
    name: 'a list with a filter open',
    tag: 'crm-list',
    attributes: { object: 'customer' },
    prepare: (element) => press(element, '[part=filter]'),
  },
  {
    name: 'a list with a dialog',
    tag: 'crm-list',
    attributes: { object: 'deal', 'open-in': 'dialog' },
    prepare: async (element) => {
      await press(element, '.btn-primary')
      await eventually(() => all(element, 'dialog[open] crm-form >>> .title').length).toBe(1)
    },
  },
  { name: 'a form to create', tag: 'crm-form', attributes: { object: 'deal' } },
  { name: 'a form to edit', tag: 'crm-form', attributes: { object: 'customer', 'record-id': 'c4' } },
  { name: 'a form to read', tag: 'crm-form', attributes: { object: 'deal', 'record-id': 'd4', mode: 'read' } },
  { name: 'a form with problems', tag: 'crm-form', attributes: { object: 'deal' }, prepare: (element) => press(element, '[type=submit]') },
  {
    name: 'a form with a lookup open',
    tag: 'crm-form',
    attributes: { object: 'deal' },
    prepare: async (element) => {
      await userEvent.type(one(element, 'crm-field[name=customerId] >>> input'), '物流')
      await eventually(() => all(element, '[role=option]').length).toBeGreaterThan(0)
    },
  },
]

const settingsCases: readonly Case[] = [
  { name: 'settings', tag: 'crm-settings', attributes: {} },
  {
    name: 'settings with the reasons of a value',
    tag: 'crm-settings',
    attributes: { level: 'person', target: 'u-li' },
    prepare: (element) => press(element, '.source'),
  },
  {
    name: 'settings with a change and whom it reaches',
    tag: 'crm-settings',
    attributes: { level: 'team', target: 'east' },
    prepare: async (element) => {
      await press(element, '.value-button')
      await userEvent.fill(one(element, 'dialog input[type=number]'), '20')
      await press(element, '.edit-foot [type=submit]')
      await eventually(() => all(element, '.effects').length).toBe(1)
    },
  },
  {
    name: 'settings with working hours open',
    tag: 'crm-settings',
    attributes: {},
    prepare: async (element) => {
      const hours = all(element, '.value-button').find((button) => /工作时间|Working hours/.test(button.getAttribute('aria-label') ?? ''))
      await userEvent.click(hours ?? element)
      await eventually(() => all(element, '.weekday').length).toBe(7)
    },
  },
  {
    name: 'settings: who has what',
    tag: 'crm-settings',
    attributes: {},
    prepare: async (element) => {
      await press(element, '.setting [aria-haspopup=menu]')
      await userEvent.click(all(element, '.menu-item')[3] ?? element)
      await eventually(() => all(element, 'tr[data-row]').length).toBe(8)
    },
  },
]

const importCase = (step: ImportStep): Case => ({
  name: `an import: ${step.name}`,
  tag: 'crm-import',
  attributes: {},
  prepare: (element) => step.reach(element),
})

/** English is walked through in the gallery. */
describe('Accessibility', () => {
  it.each([...cases, ...settingsCases, ...importSteps.map(importCase)])('$name has no violations', async ({ tag, attributes, prepare }) => {
    const { style } = document.documentElement
    style.colorScheme = 'light'
    const { element, events } = mount(tag, new FakeServer({ deals: 20 }), { attributes })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    await prepare?.(element)
    await atRest(element)
    expect(textOf(element).length).toBeGreaterThan(50)
    expect(await violations(document.body, everything)).toEqual([])
    // Nothing but the colours is different on a dark page.
    style.colorScheme = 'dark'
    await atRest(element)
    expect(await violations(document.body, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] })).toEqual([])
  })
})
