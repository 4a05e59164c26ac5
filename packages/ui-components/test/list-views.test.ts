import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmList } from '../src/list/list.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(attributes: Record<string, string> = {}, fake = new FakeServer()) {
  const mounted = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal', ...attributes } })
  const { element, events } = mounted
  element.style.height = '640px'
  await eventually(() => events.map((event) => event.type)).toContain('crm-load')
  await element.updateComplete
  const rows = () => all(element, 'tr[data-id]')
  const ids = () => rows().map((row) => row.dataset.id ?? '')
  const row = (id: string) => one(element, `tr[data-id="${id}"]`)
  const cell = (id: string, field: string) => one(row(id), `[data-col="${field}"]`)
  const finds = () => fake.seen.filter((seen) => seen.path === 'records/deal' && seen.method === 'GET')
  const where = () => finds().at(-1)?.query.get('where')
  const named = (text: string) =>
    all(element, 'button').find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim() === text)
  const button = (text: string) => named(text) ?? element
  const press = async (text: string) => {
    await eventually(() => named(text)?.textContent).toBeDefined()
    await userEvent.click(button(text))
  }
  const toast = () => textOf(one(element, '.toast'))
  const found = (text: string) => all(element, '.menu-item').find((each) => textOf(each) === text)
  const item = async (text: string) => {
    await eventually(() => found(text)?.textContent).toBeDefined()
    return found(text) ?? element
  }
  return { ...mounted, fake, rows, ids, row, cell, finds, where, button, press, toast, item }
}

const settled = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

describe('Views of a list', () => {
  it('are saved on the server, changed, renamed, deleted and brought back', async () => {
    const { element, press, fake, toast, item, where } = await open()
    element.filters = [{ field: 'priority', is: 'in', value: ['high'] }]
    await eventually(where).toBe('{"priority":{"in":["high"]}}')
    await press('保存视图')
    await eventually(() => all(element, '.panel input').length).toBe(2)
    expect(getComputedStyle(one(element, '.panel')).paddingTop).toBe('10px')
    await userEvent.type(one(element, '.panel input'), '重点')
    await userEvent.keyboard('{Enter}')
    await eventually(toast).toContain('已保存视图「重点」')
    const [view] = fake.records.get('saved_view') ?? []
    expect(view).toMatchObject({ object: 'deal', name: '重点', shared: false })
    expect(JSON.parse(String(view?.settings)).conditions).toEqual([{ field: 'priority', is: 'in', value: ['high'] }])
    const tabs = () => all(element, '.tab').map((tab) => textOf(tab))
    expect(tabs()).toEqual(['全部', '重点'])
    await userEvent.click(all(element, '.tab button')[0] ?? element)
    await eventually(where).toBe(null)
    await userEvent.click(all(element, '[part=view]')[1] ?? element)
    await eventually(where).toBe('{"priority":{"in":["high"]}}')
    element.groupBy = 'stageId'
    await eventually(() => all(element, '.dot').length).toBe(1)
    await press('视图「重点」的操作')
    await userEvent.click(await item('保存修改'))
    await eventually(() => JSON.parse(String(fake.record('saved_view', view?.id ?? '').settings)).groupBy).toBe('stageId')
    await eventually(() => all(element, '.dot')).toEqual([])
    await press('视图「重点」的操作')
    await userEvent.click(await item('删除视图'))
    await eventually(tabs).toEqual(['全部'])
    await userEvent.click(one(element, '.toast .act'))
    await eventually(tabs).toEqual(['全部', '重点'])
  })

  it('of others are seen when they share them, and are theirs to change', async () => {
    const settings = JSON.stringify({ columns: ['name', 'amount'], sort: '-amount', conditions: [] })
    const view = (id: string, ownerId: string, shared: boolean) => ({
      id,
      version: 1,
      createdAt: 1,
      ownerId,
      object: 'deal',
      name: id,
      shared,
      settings,
    })
    const fake = new FakeServer()
    fake.records.set('saved_view', [view('mine', 'u-li', false), view('theirs', 'u-sun', true), view('hidden', 'u-sun', false)])
    const { element, finds } = await open({ view: 'theirs' }, fake)
    await eventually(() => all(element, '[part=view]').map((tab) => textOf(tab))).toEqual(['全部', 'mine', 'theirs'])
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('-amount')
    expect(all(element, '[part=view]')[2]?.title).toBe('孙悦 共享')
    expect(all(element, '.tab-more')).toEqual([])
  })

  it('show a condition that cannot be asked any more, and nothing until it is removed', async () => {
    const settings = JSON.stringify({ conditions: [{ field: 'gone', is: 'in', value: ['x'] }] })
    const fake = new FakeServer()
    fake.records.set('saved_view', [
      { id: 'old', version: 1, createdAt: 1, ownerId: 'u-li', object: 'deal', name: '旧视图', shared: false, settings },
    ])
    const { element, press, where } = await open({ view: 'old' }, fake)
    await eventually(where).toBe('{"or":[]}')
    await eventually(() => textOf(one(element, '.chip'))).toContain('不能再这样筛选')
    await press('移除筛选 gone')
    await eventually(() => one(element, '.count').textContent).toContain('56')
  })

  it('are read once when they are chosen', async () => {
    const settings = JSON.stringify({ sort: '-amount', conditions: [] })
    const fake = new FakeServer()
    fake.records.set('saved_view', [
      { id: 'v', version: 1, createdAt: 1, ownerId: 'u-li', object: 'deal', name: '金额', shared: false, settings },
    ])
    const { element, finds, events } = await open({}, fake)
    await eventually(() => all(element, '[part=view]').length).toBe(2)
    const before = finds().length
    await userEvent.click(all(element, '[part=view]')[1] ?? element)
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('-amount')
    await settled()
    expect(finds().length).toBe(before + 1)
    expect(events.filter((event) => event.type === 'crm-view-change')).toHaveLength(1)
  })

  it('are no subject where the server knows none', async () => {
    const fake = new FakeServer()
    fake.refuseNext((seen) => seen.path === 'objects/saved_view', { status: 404, code: 'OBJECT_UNKNOWN', message: '没有。' })
    const { element } = await open({}, fake)
    expect(all(element, '.tabs')).toEqual([])
  })
})

describe('A file of a list', () => {
  it('has the records that match, in the shown columns and order', async () => {
    const { element, press, item, fake, toast } = await open()
    element.filters = [{ field: 'priority', is: 'in', value: ['high'] }]
    await press('导出')
    await userEvent.click(await item('CSV 文件'))
    await eventually(toast).toContain('已导出 商机.csv')
    const query = fake.seen.find((seen) => seen.path === 'export/deal')?.query
    expect(Object.fromEntries(query ?? [])).toEqual({
      format: 'csv',
      where: '{"priority":{"in":["high"]}}',
      sort: '-updatedAt',
      fields: 'name,customerId,stageId,amount,closeDate,status,ownerId,updatedAt',
    })
  })
})
