import axe from 'axe-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmBoard, CrmFilter } from '../src/index.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(lang: 'zh-CN' | 'en') {
  const fake = new FakeServer({ deals: 0 })
  const mounted = mount<CrmBoard>('crm-board', fake, { lang, attributes: { object: 'deal' } })
  await eventually(() => mounted.events.map(({ type }) => type)).toContain('crm-load')
  mounted.element.style.height = '700px'
  await mounted.element.updateComplete
  return { ...mounted, fake }
}

const count = (element: CrmBoard): number => all(element, '[data-card]').length
const press = (element: Element, selector: string) => userEvent.click(one(element, selector))

describe('Conditions on a board', () => {
  it('are the same chips as on a list: made by keyboard alone, changed, vetoed and taken away', async () => {
    const { element, fake } = await open('en')
    const told: unknown[] = []
    element.addEventListener('crm-filter-change', ({ detail }) => told.push(detail.filters))
    const before = count(element)
    one<HTMLElement>(element, '.filters .btn').focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.panel .picker button').length).toBeGreaterThan(3)
    await userEvent.fill(one(element, '.panel input'), 'Priority')
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.panel-form').length).toBe(1)
    const field = one(element, '.panel-form crm-field')
    await eventually(() => all(field, 'input[type=checkbox]').length).toBeGreaterThan(1)
    await userEvent.click(all(field, 'label').find((label) => textOf(label).includes('High')) as HTMLElement)
    await press(element, '.panel-form .btn-primary')
    await eventually(() => all(element, '.chip').map(textOf)).toEqual(['Priority High'])
    await eventually(() => count(element)).toBeLessThan(before)
    const asked = fake.seen.filter(({ path }) => path === 'aggregate/deal').at(-1)
    expect(asked?.query.get('where')).toContain('"priority":{"in":["high"]}')
    expect(told).toEqual([[{ field: 'priority', is: 'in', value: ['high'] }]])
    const { violations } = await axe.run(element)
    expect(violations.map(({ id }) => id)).toEqual([])
    const veto = (event: Event) => event.preventDefault()
    element.addEventListener('crm-filter-change', veto)
    await press(element, '.chip [aria-label^="Remove filter"]')
    expect(element.filters).toHaveLength(1)
    element.removeEventListener('crm-filter-change', veto)
    await press(element, '.chip [aria-label^="Remove filter"]')
    await eventually(() => count(element)).toBe(before)
  })

  it('may be an expression from the builder, in either language', async () => {
    const { element } = await open('zh-CN')
    const before = count(element)
    await press(element, '.filters .btn')
    await eventually(() => all(element, '.panel .btn').length).toBeGreaterThan(0)
    await press(element, '.panel .btn')
    await eventually(() => all(element, 'dialog.advanced').length).toBe(1)
    const builder = one<CrmFilter>(element, 'dialog crm-filter')
    builder.value = { and: [{ '===': [{ var: 'priority' }, 'high'] }] }
    await eventually(() => builder.sentence).toContain('高')
    await press(element, 'dialog .advanced-foot .btn-primary')
    await eventually(() => all(element, '.chip').map(textOf)).toEqual(['高级条件'])
    await eventually(() => count(element)).toBeLessThan(before)
  })

  it('given by the host are asked from the first read on', async () => {
    const fake = new FakeServer({ deals: 0 })
    const filters = [{ field: 'priority', is: 'in', value: ['high'] }] as const
    const { element, events } = mount<CrmBoard>('crm-board', fake, { lang: 'en', attributes: { object: 'deal' }, properties: { filters } })
    await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
    await eventually(() => all(element, '.chip').map(textOf)).toEqual(['Priority High'])
    const asked = fake.seen.filter(({ path }) => path === 'records/deal')
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ query }) => query.get('where')?.includes('"high"'))).toBe(true)
  })
})
