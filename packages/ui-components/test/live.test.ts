import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CrmBoard } from '../src/board/board.ts'
import type { CrmForm } from '../src/form/form.ts'
import type { CrmList } from '../src/list/list.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function follow(attributes: Record<string, string> = {}) {
  const fake = new FakeServer()
  fake.allowLive()
  const { element, events } = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal', columns: 'amount', ...attributes } })
  element.style.height = '600px'
  await eventually(() => events.map((event) => event.type)).toContain('crm-load')
  await eventually(() => fake.followers).toBe(1)
  const names = () => all(element, 'tr[data-row] .open').map((name) => name.getAttribute('title'))
  const [first = ''] = element.data.feed.ids
  return { element, fake, names, first }
}

describe('What others change', () => {
  it('shows in the list where it stands, with the focus where it was', async () => {
    const { element, fake, names, first } = await follow()
    const button = one(element, 'tr[data-row] .open')
    button.focus()
    const before = names().length
    fake.change('deal', first, { name: '别人改的名字' })
    fake.tell({ object: 'deal', changed: [first] })
    await eventually(() => names()[0]).toBe('别人改的名字')
    expect(names()).toHaveLength(before)
    expect(element.shadowRoot?.activeElement).toBe(one(element, 'tr[data-row] .open'))
  })

  it('leaves the list when it is gone for the reader', async () => {
    const { element, fake, names, first } = await follow()
    const gone = names()[0]
    fake.tell({ object: 'deal', gone: [first] })
    await eventually(() => names()).not.toContain(gone)
    await eventually(() => one(element, '.count').textContent).toContain('55')
  })

  it('comes into a list it belongs to, with the right count, and not into another', async () => {
    const { element, fake, names } = await follow()
    const added = fake.add('deal', { name: '新来的商机', status: 'open' })
    fake.tell({ object: 'deal', changed: [added.id] })
    await eventually(() => names()[0]).toBe('新来的商机')
    await eventually(() => one(element, '.count').textContent).toContain('57')
    element.where = { name: { contains: '没有这样的' } }
    await eventually(() => names()).toEqual([])
    const other = fake.add('deal', { name: '另一个商机', status: 'open' })
    fake.tell({ object: 'deal', changed: [other.id] })
    await eventually(() => fake.seen.filter((seen) => seen.query.get('where')?.includes(other.id)).length).toBe(1)
    expect(names()).toEqual([])
  })

  it('shows in a form that is only read, and never over what somebody is typing', async () => {
    const { fake, first } = await follow()
    const { element, events } = mount<CrmForm>('crm-form', fake, { attributes: { object: 'deal', 'record-id': first } })
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    fake.change('deal', first, { name: '第一次' })
    fake.tell({ object: 'deal', changed: [first] })
    await eventually(() => element.record?.name).toBe('第一次')
    element.editing.change('name', '正在输入')
    fake.change('deal', first, { name: '第二次' })
    fake.tell({ object: 'deal', changed: [first] })
    await eventually(() => element.session.store.get('deal', first)?.name).toBe('第二次')
    expect(element.fieldValue('name')).toBe('正在输入')
  })

  it('moves a card on the board, with the focus where it was, and no other card is made anew', async () => {
    const fake = new FakeServer({ deals: 0 })
    fake.allowLive()
    const { element, events } = mount<CrmBoard>('crm-board', fake, { attributes: { object: 'deal' } })
    element.style.height = '700px'
    await eventually(() => events.map((event) => event.type)).toContain('crm-load')
    await eventually(() => fake.followers).toBe(1)
    const cards = (key: string) => all(one(element, `[data-column="${key}"]`), '[data-card]')
    const [moved, stays] = cards('s2')
    const id = String(moved?.dataset.card)
    const button = stays?.querySelector<HTMLElement>('button, a, [tabindex="0"]') ?? stays
    button?.focus()
    const focused = element.shadowRoot?.activeElement
    fake.change('deal', id, { stageId: 's3' })
    fake.tell({ object: 'deal', changed: [id] })
    await eventually(() => cards('s3').map((card) => card.dataset.card)).toContain(id)
    expect(cards('s2').map((card) => card.dataset.card)).not.toContain(id)
    expect(cards('s2')[0]).toBe(stays)
    expect(focused).not.toBeNull()
    expect(element.shadowRoot?.activeElement).toBe(focused)
  })

  describe('where streams do not come through', () => {
    afterEach(() => vi.useRealTimers())

    it('is asked for from time to time', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
      const fake = new FakeServer()
      fake.allowLive()
      fake.holdsBack = true
      const { element } = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal', columns: 'amount' } })
      element.style.height = '600px'
      await eventually(() => fake.followers).toBe(1)
      await vi.advanceTimersByTimeAsync(12_000)
      await eventually(() => fake.liveRequests).toBe(2)
      const [first = ''] = element.data.feed.ids
      fake.change('deal', first, { name: '问来的名字' })
      fake.asked.push([{ object: 'deal', changed: [first] }])
      await vi.advanceTimersByTimeAsync(15_000)
      await eventually(() => one(element, 'tr[data-row] .open').getAttribute('title')).toBe('问来的名字')
      expect(fake.followers).toBe(0)
    })

    it('is followed anew when a stream has died without a word', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
      const { fake } = await follow()
      expect(fake.liveRequests).toBe(1)
      await vi.advanceTimersByTimeAsync(47_000)
      await eventually(() => [fake.liveRequests, fake.followers]).toEqual([2, 1])
    })
  })

  it('needs one connection for all components of a page, and none when they are gone', async () => {
    const { fake, element } = await follow()
    const other = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal' } })
    await eventually(() => other.events.map((event) => event.type)).toContain('crm-load')
    expect(fake.followers).toBe(1)
    element.remove()
    other.element.remove()
    await eventually(() => fake.followers).toBe(0)
  })
})
