import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { bellWords } from '../src/inbox/bell-words.ts'
import type { CrmInbox } from '../src/inbox/inbox.ts'
import { en } from '../src/inbox/messages/en.ts'
import { zhCN } from '../src/inbox/messages/zh-CN.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const now = () => new FakeServer({ now: Date.now() })

async function open(attributes: Readonly<Record<string, string>> = {}, fake = now(), lang = 'zh-CN') {
  const mounted = mount<CrmInbox>('crm-inbox', fake, { attributes, lang })
  const { element, events } = mounted
  if (attributes.mode !== 'bell') await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
  const titles = () => all(element, '.note-title').map(textOf)
  return { ...mounted, fake, titles }
}

const details = (events: readonly CustomEvent[], type: string) => events.filter((event) => event.type === type).map(({ detail }) => detail)

describe('The inbox', () => {
  it('shows messages by day, the unread ones marked, in both languages', async () => {
    const { element } = await open()
    expect(textOf(one(element, '.day-title'))).toMatch(/^(今天|昨天)$/)
    expect(all(element, '.note').length).toBe(5)
    expect(all(element, '.note.is-unread').length).toBe(3)
    expect(textOf(one(element, '.note'))).toContain('未读： 陈思远 把商机「蓝海科技年度采购」交给了你')
    clear()
    const english = await open({}, now(), 'en')
    expect(textOf(one(english.element, '.inbox-head'))).toContain('Notifications')
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
    expect(Object.keys(bellWords.en)).toEqual(Object.keys(bellWords['zh-CN']))
  })

  it('opens the record of a message, marks it as read, and lets the host do it instead', async () => {
    const { element, events, fake } = await open()
    element.addEventListener('crm-open', (event) => event.preventDefault())
    await userEvent.click(one(element, 'button.note-main'))
    await eventually(() => details(events, 'crm-open')).toEqual([{ object: 'deal', id: 'd-1', record: null }])
    await eventually(() => fake.inbox.unread).toBe(2)
    await eventually(() => all(element, '.note.is-unread').length).toBe(2)
    expect(details(events, 'crm-unread').at(-1)).toEqual({ unread: 2 })
    expect(element.shadowRoot?.querySelector('dialog')).toBeNull()
  })

  it('opens the record itself where nobody else does', async () => {
    const { element } = await open()
    await userEvent.click(one(element, 'button.note-main'))
    await eventually(() => element.shadowRoot?.querySelector('dialog[open] crm-form')?.getAttribute('object')).toBe('deal')
  })

  it('marks one as unread again, and all as read at once', async () => {
    const { element, fake } = await open()
    await userEvent.click(one(element, '.note:not(.is-unread) .btn'))
    await eventually(() => fake.inbox.unread).toBe(4)
    await userEvent.click(one(element, '.inbox-head .btn'))
    await eventually(() => fake.inbox.unread).toBe(0)
    await eventually(() => all(element, '.note.is-unread').length).toBe(0)
    expect((one(element, '.inbox-head .btn') as HTMLButtonElement).disabled).toBe(true)
  })

  it('takes a mark back that the server did not take, and says so', async () => {
    const { element, fake } = await open()
    fake.refuseNext(({ path }) => path === 'inbox/mark', 'offline')
    await userEvent.click(one(element, '.note .btn'))
    await eventually(() => textOf(one(element, '.toast'))).not.toBe('')
    expect(all(element, '.note.is-unread').length).toBe(3)
  })

  it('shows only what is unread, or only one kind', async () => {
    const { element, titles, fake } = await open()
    await userEvent.click(all(element, '.switch-two button')[1] as HTMLElement)
    await eventually(() => titles().length).toBe(3)
    await userEvent.selectOptions(one(element, '.inbox-bar select'), 'owner-notices.lead')
    await eventually(() => titles().length).toBe(1)
    expect(fake.seen.at(-1)?.query.get('kinds')).toBe('owner-notices.lead')
  })

  it('reads on where there are more than a page', async () => {
    const fake = now()
    for (let number = 0; number < 70; number += 1) fake.inbox.arrive(`线索 ${number}`)
    const { element, titles } = await open({}, fake)
    expect(titles().length).toBe(50)
    await userEvent.click(one(element, '.inbox-more .btn'))
    await eventually(() => titles().length).toBe(75)
  })

  it('shows what comes in meanwhile, without losing its place', async () => {
    const { element, titles, fake } = await open()
    fake.inbox.arrive('新的线索')
    document.dispatchEvent(new Event('visibilitychange'))
    await eventually(() => titles().length).toBe(6)
    expect(titles()[0]).toContain('新的线索')
    expect(textOf(one(element, '[data-announcer]'))).toBe('1 条新通知')
  })

  it('attack:U03 markup in a message is text', async () => {
    const fake = now()
    fake.inbox.arrive('<img src=x onerror="window.hacked = 1"><b>x</b>')
    const { element } = await open({}, fake)
    expect(textOf(one(element, '.note-title'))).toContain('<img src=x')
    expect(element.shadowRoot?.querySelector('.note img, .note-title b')).toBeNull()
  })

  it('says why there is nothing', async () => {
    const empty = now()
    empty.inbox.entries = []
    expect(textOf(one((await open({}, empty)).element, '.empty'))).toContain('还没有通知')
    clear()
    const fake = now()
    fake.refuseNext(({ path }) => path === 'inbox', 'offline')
    const { element, events } = mount<CrmInbox>('crm-inbox', fake)
    await eventually(() => events.map(({ type }) => type)).toContain('crm-error')
    await userEvent.click(one(element, '.empty .btn'))
    await eventually(() => all(element, '.note').length).toBe(5)
  })
})

describe('The bell', () => {
  it('says how many are unread, asks for a number only, and opens the messages by key', async () => {
    const { element, fake, events } = await open({ mode: 'bell' })
    await eventually(() => one(element, '.bell').getAttribute('aria-label')).toBe('通知，3 条未读')
    expect(fake.seen.map(({ path }) => path)).toEqual(['inbox/unread'])
    one(element, '.bell').focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.panel .note').length).toBe(5)
    await userEvent.keyboard('{Escape}')
    await eventually(() => element.shadowRoot?.querySelector('.panel')).toBeNull()
    expect(element.shadowRoot?.activeElement?.className).toBe('bell')
    expect(details(events, 'crm-unread')).toEqual([{ unread: 3 }])
  })

  it('and a list on the same page say the same', async () => {
    const bell = await open({ mode: 'bell' })
    const list = mount<CrmInbox>('crm-inbox', bell.fake, { src: bell.src })
    await eventually(() => all(list.element, '.note').length).toBe(5)
    await userEvent.click(one(list.element, '.inbox-head .btn'))
    await eventually(() => one(bell.element, '.bell').getAttribute('aria-label')).toBe('通知')
  })

  it('fits a phone', async () => {
    await page.viewport(390, 844)
    const { element } = await open({ mode: 'bell' })
    await userEvent.click(one(element, '.bell'))
    await eventually(() => all(element, '.panel .note').length).toBe(5)
    const box = one(element, '.panel').getBoundingClientRect()
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect(box.right).toBeLessThanOrEqual(390)
    await wide()
  })
})
