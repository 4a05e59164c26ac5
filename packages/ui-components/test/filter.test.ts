import axe from 'axe-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { ObjectView } from '../src/client/types.ts'
import type { CrmFilter, CrmList } from '../src/index.ts'
import { fromText, toText } from '../src/list/view-settings.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, type Mounted, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

interface Opened extends Mounted<CrmFilter> {
  readonly fake: FakeServer
}

async function open(options: Parameters<typeof mount>[2] = {}, fake = new FakeServer({ deals: 30 })): Promise<Opened> {
  const attributes = { object: 'deal', ...options.attributes }
  const mounted = mount<CrmFilter>('crm-filter', fake, { lang: 'en', ...options, attributes })
  await eventually(() => mounted.events.map(({ type }) => type)).toContain('crm-load')
  await eventually(() => all(mounted.element, '.builder').length).toBe(1)
  return { ...mounted, fake }
}

const press = (root: Element, selector: string, index = 0) => userEvent.click(all(root, selector)[index] as HTMLElement)

async function addField(element: CrmFilter, name: string, index = 0): Promise<void> {
  await press(element, '[data-add]', index)
  await eventually(() => all(element, '.panel .picker').length).toBe(1)
  await userEvent.fill(one(element, '.panel input'), name)
  await press(element, '.panel .picker button')
}

const choose = (element: Element, selector: string, value: string, index = 0) =>
  userEvent.selectOptions(all(element, selector)[index] as HTMLElement, value)

const changes = ({ events }: Opened) => events.filter(({ type }) => type === 'crm-change').map(({ detail }) => detail.value)

describe.each(['zh-CN', 'en'] as const)('The builder in %s', (lang) => {
  it('makes a condition by clicks, counts it while it is made, and says it in a sentence', async () => {
    const opened = await open({ lang, attributes: { preview: '' } })
    const { element, fake } = opened
    const deals = fake.records.get('deal') ?? []
    await eventually(() => all(element, '[data-count]').map(textOf)).toEqual([String(deals.length)])
    await addField(element, lang === 'en' ? 'Priority' : '优先级')
    await choose(element, '[data-comparison]', 'is')
    await choose(element, '[data-value]', 'high')
    const expected = { and: [{ '===': [{ var: 'priority' }, 'high'] }] }
    expect(element.value).toEqual(expected)
    expect(changes(opened).at(-1)).toEqual(expected)
    await eventually(() => all(element, '[data-count]').map(textOf)).toEqual([
      String(deals.filter(({ priority }) => priority === 'high').length),
    ])
    expect(element.sentence).toBe(lang === 'en' ? 'Priority is High.' : '优先级 是 高。')
    expect(textOf(one(element, '.say'))).toContain(element.sentence)
  })
})

describe('The builder', () => {
  it('asks about child records: is there none, how many, what is their sum', async () => {
    const { element } = await open({ attributes: { object: 'customer' } })
    await addField(element, 'Deals')
    await choose(element, '[data-how]', 'none')
    expect(element.value).toEqual({ and: [{ '!': [{ var: 'deals' }] }] })
    await choose(element, '[data-how]', 'sum')
    await choose(element, '[data-comparison]', 'more')
    await userEvent.fill(one(element, 'crm-field[data-value] >>> input'), '100000')
    const sum = { sum: [{ var: 'deals' }, { inCurrency: [{ var: 'amount' }, 'CNY'] }] }
    expect(element.value).toEqual({ and: [{ '>': [sum, { money: [10_000_000, 'CNY'] }] }] })
    expect(element.sentence).toBe('The sum of Amount of Deals is more than ¥100,000.')
    await press(element, '.sub-add [data-add]')
    await userEvent.fill(one(element, '.panel input'), 'Status')
    await press(element, '.panel .picker button')
    await choose(element, '.sub [data-comparison]', 'is')
    await choose(element, '.sub [data-value]', 'open')
    expect(JSON.stringify(element.value)).toContain('{"and":[{"===":[{"var":"status"},"open"]}]}')
  })

  it('follows references, and compares a field with another', async () => {
    const { element } = await open()
    await press(element, '[data-add]')
    await press(element, '.panel [aria-label="Fields of Customer"]')
    await userEvent.fill(one(element, '.panel input'), 'Employees')
    await press(element, '.panel .picker button')
    await choose(element, '[data-comparison]', 'atLeast')
    await press(element, '[data-more]')
    await press(element, '.menu-item')
    await choose(element, '[data-value]', 'probability')
    expect(element.value).toEqual({ and: [{ '>=': [{ var: 'customerId.employees' }, { var: 'probability' }] }] })
  })

  it.each([
    ['en', 'Owner', 'Leader', 'Work state', 'Owner › Leader › Work state is Away.'],
    ['zh-CN', '负责人', '主管', '状态', '负责人 › 主管 › 状态 是 休假。'],
  ] as const)('follows people to their leaders, teams and states in %s', async (lang, owner, leader, state, sentence) => {
    const { element } = await open({ lang })
    const into = (name: string) => press(element, `.panel [aria-label="${lang === 'en' ? `Fields of ${name}` : `${name}的字段`}"]`)
    await press(element, '[data-add]')
    await into(owner)
    await into(leader)
    await userEvent.fill(one(element, '.panel input'), state)
    await press(element, '.panel .picker button')
    await choose(element, '[data-comparison]', 'is')
    await choose(element, '[data-value]', 'away')
    expect(element.value).toEqual({ and: [{ '===': [{ var: 'ownerId.leaderId.state' }, 'away'] }] })
    expect(element.sentence).toBe(sentence)
    expect(element.checkValidity()).toBe(true)
  })

  it('knows dates in words, and says that empty values are left out', async () => {
    const { element } = await open()
    await addField(element, 'Last progress')
    await choose(element, '[data-comparison]', 'olderThan')
    await userEvent.fill(one(element, '[data-value]'), '7')
    const old = { '<': [{ var: 'lastProgressAt' }, { ago: 'P7D' }] }
    expect(element.value).toEqual({ and: [old] })
    await press(element, '.note .btn')
    expect(element.value).toEqual({ and: [{ or: [old, { '===': [{ var: 'lastProgressAt' }, null] }] }] })
    expect(all(element, '.note')).toHaveLength(0)
    expect(element.sentence).toBe('Last progress is longer ago than 7 days or Last progress is empty.')
  })

  it('moves, copies, groups and removes parts, keeps the focus near, and says what it did', async () => {
    const value = { and: [{ '===': [{ var: 'priority' }, 'high'] }, { '===': [{ var: 'status' }, 'open'] }] }
    const { element } = await open({ properties: { value } })
    const act = async (name: string, index = 0) => {
      await press(element, '[data-more]', index)
      const item = all(element, '.menu-item').find((one) => textOf(one) === name)
      await userEvent.click(item as HTMLElement)
    }
    await act('Move down')
    expect(element.value).toEqual({ and: value.and.toReversed() })
    expect(element.shadowRoot?.activeElement).toBe(all(element, '[data-more]')[1])
    expect(textOf(one(element, '[data-announcer]'))).toBe('Moved to place 2 of 2.')
    await act('Duplicate', 1)
    expect(element.value).toEqual({ and: [value.and[1], value.and[0], value.and[0]] })
    await act('Put into a group', 2)
    expect(element.value).toEqual({ and: [value.and[1], value.and[0], { or: [value.and[0]] }] })
    await act('Remove', 0)
    await act('Remove', 1)
    expect(element.value).toEqual({ and: [value.and[0]] })
    await act('Remove', 0)
    expect(element.value).toEqual({ and: [] })
    expect(element.shadowRoot?.activeElement).toBe(one(element, '[data-add]'))
    expect(textOf(element)).toContain('all deals are in')
  })

  it('keeps what it cannot show, shows it as a sentence, and lets it be removed', async () => {
    const strange = { '>': [{ length: [{ var: 'name' }] }, 3] }
    const { element } = await open({ properties: { value: { and: [strange, { '===': [{ var: 'status' }, 'open'] }] } } })
    await eventually(() => textOf(one(element, '[part=kept]'))).toContain('the length of “Name” is more than 3')
    await choose(element, '[data-value]', 'won')
    expect(element.value).toEqual({ and: [strange, { '===': [{ var: 'status' }, 'won'] }] })
    await press(element, '[data-more]')
    await userEvent.click(all(element, '.menu-item').find((one) => textOf(one) === 'Remove') as HTMLElement)
    expect(element.value).toEqual({ and: [{ '===': [{ var: 'status' }, 'won'] }] })
  })

  it('takes the short form and what other builders export', async () => {
    const { element } = await open({ properties: { value: { status: ['open', 'won'], amount: { gte: { minor: 500, currency: 'CNY' } } } } })
    expect(element.value).toEqual({
      and: [{ in: [{ var: 'status' }, ['open', 'won']] }, { '>=': [{ var: 'amount' }, { money: [500, 'CNY'] }] }],
    })
    element.value = { and: [{ '==': [{ var: 'probability' }, '50'] }] }
    await element.updateComplete
    expect(element.value).toEqual({ and: [{ '===': [{ var: 'probability' }, 50] }] })
    element.value = { nothing: 1 }
    await element.updateComplete
    await eventually(() => textOf(one(element, '[part=kept]'))).toContain('cannot be read')
    expect(element.checkValidity()).toBe(false)
  })

  it('shows the checker’s objection at its part, and does not count', async () => {
    const value = { and: [{ '===': [{ var: 'priority' }, 'high'] }, { '===': [{ var: 'status' }, 'gone'] }] }
    const { element, fake } = await open({ attributes: { preview: '' }, properties: { value } })
    const wrong = all(element, 'li[data-part]').map((part) => all(part, '[part=error]').length)
    expect(wrong).toEqual([0, 1])
    expect(textOf(one(element, '[part=preview]'))).toContain('Counted when')
    expect(fake.count('GET', 'records/deal')).toBe(0)
    expect(element.validationMessage).toContain('gone')
  })

  it('leaves an unfinished condition out, says so, and is not valid until it is finished', async () => {
    const { element, events } = await open()
    await addField(element, 'Amount')
    expect(element.value).toEqual({ and: [] })
    expect(events.filter(({ type }) => type === 'crm-change')).toHaveLength(0)
    expect(textOf(one(element, '.note'))).toContain('Not finished')
    expect(element.checkValidity()).toBe(false)
    await userEvent.fill(one(element, 'crm-field[data-value] >>> input'), '5')
    expect(element.checkValidity()).toBe(true)
  })

  it('stays as it was where the host vetoes a change', async () => {
    const value = { and: [{ '===': [{ var: 'priority' }, 'high'] }] }
    const { element } = await open({ properties: { value } })
    element.addEventListener('crm-change', (event) => event.preventDefault())
    await choose(element, '[data-value]', 'low')
    expect(element.value).toEqual(value)
    await element.updateComplete
    expect(one<HTMLSelectElement>(element, '[data-value]').value).toBe('high')
  })

  it('is a control of a form: value, reset, disabled', async () => {
    const { element } = await open({ attributes: { name: 'rule' }, properties: { value: { status: 'open' } } })
    const form = document.createElement('form')
    const fieldset = document.createElement('fieldset')
    document.body.append(form)
    form.append(fieldset)
    fieldset.append(element)
    await eventually(() => new FormData(form).get('rule')).toBe('{"and":[{"===":[{"var":"status"},"open"]}]}')
    await choose(element, '[data-value]', 'won')
    expect(new FormData(form).get('rule')).toContain('won')
    form.reset()
    await eventually(() => new FormData(form).get('rule')).toContain('open')
    fieldset.disabled = true
    await eventually(() => all(element, '[data-add]').length).toBe(0)
    expect([...new FormData(form)]).toEqual([])
  })

  it('shows who and what is meant by name, and finds others while somebody types', async () => {
    const value = { and: [{ in: [{ var: 'ownerId' }, ['u-sun']] }, { in: [{ var: 'customerId' }, ['c0']] }] }
    const { element } = await open({ properties: { value } })
    await eventually(() => textOf(element)).toContain('孙悦')
    await eventually(() => element.sentence).toMatch(/^Owner is one of 孙悦 and Customer is one of (?!c0)/)
    await userEvent.type(one(element, 'crm-field.val-user >>> input'), '王')
    await eventually(() => all(element, '[role=option]').length).toBe(1)
    await userEvent.keyboard('{Enter}')
    expect(JSON.stringify(element.value)).toContain('["u-sun","u-wang"]')
  })

  it('asks once for what was typed last, and drops late answers', async () => {
    const { element, fake } = await open({ attributes: { preview: '' }, properties: { value: { status: 'open' } } })
    await eventually(() => all(element, '[data-count]').length).toBe(1)
    const before = fake.count('GET', 'records/deal')
    for (const status of ['won', 'lost', 'open', 'won']) await choose(element, '[data-value]', status)
    const won = (fake.records.get('deal') ?? []).filter(({ status }) => status === 'won').length
    await eventually(() => all(element, '[data-count]').map(textOf)).toEqual([String(won)])
    expect(fake.count('GET', 'records/deal') - before).toBeLessThan(4)
  })

  it('says why a record is in or out', async () => {
    const { element } = await open({ attributes: { preview: '' }, properties: { value: { status: 'open' } } })
    await eventually(() => all(element, '.sample li').length).toBe(5)
    await press(element, '.sample li .btn')
    await eventually(() => all(element, '.answer').map(textOf)).toEqual([expect.stringMatching(/^In ?: .*“Open”/)])
    await choose(element, '[data-value]', 'lost')
    await eventually(() => all(element, '.answer').map(textOf)).toEqual([expect.stringMatching(/^Out ?: .*is not “Lost”/)])
  })

  it('saves, changes, deletes and restores a segment, and compares two', async () => {
    const fake = new FakeServer({ deals: 30 })
    const other = {
      id: 'g2',
      version: 1,
      name: 'Open',
      object: 'deal',
      shared: true,
      ownerId: 'u-wang',
      condition: '{"and":[{"===":[{"var":"status"},"open"]}]}',
    }
    fake.records.set('segment', [other])
    const { element, events } = await open({ attributes: { segments: '' }, properties: { value: { priority: 'high' } } }, fake)
    await eventually(() => all(element, '.segments .btn-primary').length).toBe(1)
    await press(element, '.segments .btn-primary')
    await userEvent.fill(one(element, '.panel input'), 'Urgent')
    await userEvent.keyboard('{Enter}')
    await eventually(() => events.map(({ type }) => type)).toContain('crm-saved')
    const [saved] = (fake.records.get('segment') ?? []).filter(({ name }) => name === 'Urgent')
    expect(saved).toMatchObject({ object: 'deal', shared: false, condition: '{"and":[{"===":[{"var":"priority"},"high"]}]}' })
    expect(element.segment).toBe(saved?.id)
    await choose(element, '[part=overlap] select', 'g2')
    const high = (fake.records.get('deal') ?? []).filter(({ priority }) => priority === 'high')
    const both = high.filter(({ status }) => status === 'open').length
    await eventually(() => all(element, '[data-both]').map(textOf)).toEqual([String(both)])
    await choose(element, '[data-value]', 'low')
    await userEvent.click(all(element, '.segments .btn').find((one) => textOf(one) === 'Save changes') as HTMLElement)
    await eventually(() => fake.record('segment', saved?.id ?? '').condition).toContain('low')
    await press(element, '.segments [aria-label="Delete the segment"]')
    await eventually(() => fake.record('segment', saved?.id ?? '').deletedAt).toBeTruthy()
    await choose(element, '.segments select', 'g2')
    expect(element.value).toEqual({ and: [{ '===': [{ var: 'status' }, 'open'] }] })
  })
})

describe('A list', () => {
  it('takes conditions of the builder beside its own, keeps them in a view, changes and removes them', async () => {
    const fake = new FakeServer({ deals: 30 })
    const { element, events } = mount<CrmList>('crm-list', fake, { lang: 'en', attributes: { object: 'deal' } })
    await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
    const openBuilder = async () => {
      await userEvent.click(all(element, '.filters .btn').find((one) => textOf(one) === 'Filter') as HTMLElement)
      await eventually(() => all(element, '.panel .btn').map(textOf)).toContain('Advanced…')
      await userEvent.click(all(element, '.panel .btn').find((one) => textOf(one) === 'Advanced…') as HTMLElement)
      await eventually(() => all(element, '[data-add]').length).toBeGreaterThan(0)
    }
    await openBuilder()
    const builder = one<CrmFilter>(element, 'dialog crm-filter')
    await addField(builder, 'Priority')
    await press(element, 'dialog .advanced-foot .btn-primary')
    await eventually(() => all(element, '.advanced-foot [role=alert]').length).toBe(1)
    await choose(builder, '[data-comparison]', 'is')
    await choose(builder, '[data-value]', 'high')
    await press(element, 'dialog .advanced-foot .btn-primary')
    const high = (fake.records.get('deal') ?? []).filter(({ priority }) => priority === 'high').length
    await eventually(() => element.total).toBe(high)
    expect(all(element, '.chip').map(textOf)).toEqual(['Advanced conditions'])
    const where = { and: [{ '===': [{ var: 'priority' }, 'high'] }] }
    expect(element.settings.conditions).toEqual([{ field: '', is: 'where', value: where }])
    expect(fromText(toText(element.settings), fake.objects[0] as ObjectView, element.settings)).toEqual(element.settings)
    await press(element, '.chip button')
    await eventually(() => all(element, '[data-value]').length).toBe(1)
    await choose(one<CrmFilter>(element, 'dialog crm-filter'), '[data-value]', 'low')
    await userEvent.keyboard('{Escape}')
    await eventually(() => all(element, 'dialog').length).toBe(0)
    expect(element.total).toBe(high)
    await press(element, '.chip [aria-label^="Remove filter"]')
    await eventually(() => element.total).toBe(fake.records.get('deal')?.length)
  })
})

describe('What cannot be done', () => {
  it('is said: no right, no network, a broken server; and tried again', async () => {
    const fake = new FakeServer({ deals: 5 })
    const refused = fake.refuseWhile((seen) => seen.path.startsWith('objects'), { status: 403, code: 'FORBIDDEN', message: 'You may not.' })
    const { element, events } = mount<CrmFilter>('crm-filter', fake, { lang: 'en', attributes: { object: 'deal', preview: '' } })
    await eventually(() => textOf(element)).toContain('You may not.')
    expect(events.map(({ type }) => type)).toContain('crm-error')
    refused()
    const offline = fake.refuseWhile((seen) => seen.path.startsWith('records/deal'), 'offline')
    await element.load()
    await eventually(() => textOf(element)).toContain('Could not count')
    offline()
    await press(element, '.banner .btn')
    await eventually(() => all(element, '[data-count]').map(textOf)).toEqual([String(fake.records.get('deal')?.length)])
  })

  it('a condition that is only read has nothing to press', async () => {
    const { element } = await open({ attributes: { readonly: '' }, properties: { value: { status: 'open' } } })
    expect(all(element, '[data-add], [data-more]')).toHaveLength(0)
    expect(all<HTMLSelectElement>(element, 'select').every((select) => select.disabled)).toBe(true)
    expect(textOf(element)).toContain('Status is Open.')
  })
})

describe.each(['zh-CN', 'en'])('Accessibility of the builder in %s', (lang) => {
  it.each(['light', 'dark'])('has no violations on a %s page', async (scheme) => {
    document.documentElement.style.colorScheme = scheme
    document.title = 'Guanxi'
    const value = {
      and: [
        { 'customerId.industry': ['retail'] },
        { or: [{ lastProgressAt: { lt: { ago: 'P7D' } } }, { activities: { none: { kind: 'visit' } } }] },
        { '>': [{ count: [{ var: 'activities' }] }, 2] },
        { '>': [{ length: [{ var: 'name' }] }, 3] },
        { '!': [{ or: [{ '===': [{ var: 'status' }, 'gone'] }] }] },
      ],
    }
    const { element } = await open({ lang, attributes: { preview: '', segments: '' }, properties: { value } })
    await press(element, '[data-more]')
    const { violations } = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } },
    })
    expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))).toEqual(
      [],
    )
    document.documentElement.style.colorScheme = ''
  })
})
