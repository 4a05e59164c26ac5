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
  element.style.height = '600px'
  await eventually(() => events.map((event) => event.type)).toContain('crm-load')
  await element.updateComplete
  const rows = () => all(element, 'tr[data-row]')
  const names = () => all(element, 'tr[data-row] .open').map((name) => name.getAttribute('title'))
  const finds = () => fake.seen.filter((seen) => seen.path === 'records/deal' && seen.method === 'GET')
  const press = (text: string) => userEvent.click(all(element, 'button').find((button) => button.textContent?.trim() === text) ?? element)
  return { ...mounted, fake, rows, names, finds, press }
}

describe('A list', () => {
  it('asks for the definition’s columns and the names of what they point to, and shows how many there are', async () => {
    const { element, finds } = await open()
    const query = finds()[0]?.query
    expect(query?.get('fields')).toBe('name,customerId,stageId,amount,closeDate,status,ownerId,updatedAt')
    expect(query?.get('expand')).toBe('customerId,stageId,ownerId')
    expect(query?.get('count')).toBe('true')
    expect(one(element, '.count').textContent).toContain('56')
    expect(all(element, 'thead [part=column-header]').map((head) => head.textContent?.trim())).toEqual([
      '商机名称',
      '客户',
      '阶段',
      '预计金额',
      '预计成交',
      '状态',
      '负责人',
      '更新时间',
    ])
  })

  it('has the columns the host names', async () => {
    const { element } = await open({ columns: 'amount, custom.discount' })
    expect(all(element, 'thead [part=column-header]').map((head) => head.textContent?.trim())).toEqual(['商机名称', '预计金额', '折扣率'])
    expect(textOf(one(element, 'tbody'))).toContain('0.95')
  })

  it('sorts on the server by a press on a column’s head, and the other way by another', async () => {
    const { element, press, finds, names } = await open()
    await press('预计金额')
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('-amount')
    await eventually(() => names()[0]).toBe('集团版 · 4 家子公司')
    expect(all(element, 'th[aria-sort=descending]').map((head) => head.textContent?.trim())).toEqual(['预计金额'])
    await press('预计金额')
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('amount')
    await eventually(() => all(element, 'th[aria-sort=ascending]').length).toBe(1)
  })

  it('searches on the server when typing rests, and offers the way back when nothing matches', async () => {
    const { element, finds, names } = await open()
    await userEvent.type(one(element, 'input[type=search]'), '云杉')
    await eventually(() => names()).toEqual(['二期：设备台账与售后工单'])
    expect(finds()).toHaveLength(2)
    await userEvent.type(one(element, 'input[type=search]'), '没有')
    await eventually(() => textOf(element)).toContain('没有符合条件的商机')
    await userEvent.click(one(element, '.empty button'))
    await eventually(() => one(element, '.count').textContent).toContain('56')
  })

  it('does not search while an input method composes', async () => {
    const { element, finds } = await open()
    const input = one<HTMLInputElement>(element, 'input[type=search]')
    input.value = 'yunshan'
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, isComposing: true }))
    input.value = '云杉'
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }))
    await eventually(() => finds().map((seen) => seen.query.get('search'))).toEqual([null, '云杉'])
  })

  it('filters by quick choices, several at once, and forgets them', async () => {
    const { element, press, finds } = await open()
    await press('优先级')
    await eventually(() => all(element, '[role=menuitemcheckbox]').length).toBe(3)
    await userEvent.click(all(element, '[role=menuitemcheckbox]')[2] ?? element)
    await userEvent.click(all(element, '[role=menuitemcheckbox]')[0] ?? element)
    await eventually(() => finds().at(-1)?.query.get('where')).toBe('{"priority":{"in":["high","low"]}}')
    await userEvent.keyboard('{Escape}')
    await eventually(() => textOf(one(element, '.chip'))).toBe('优先级 高、低')
    await userEvent.click(one(element, '.chip button[aria-label]'))
    await eventually(() => finds().at(-1)?.query.get('where')).toBe(null)
  })

  it('filters by owner, oneself first', async () => {
    const { element, press, finds } = await open()
    await press('负责人')
    await eventually(() => all(element, '[role=menuitemcheckbox]').length).toBe(8)
    expect(all(element, '[role=menuitemcheckbox]')[0]?.textContent).toContain('李蔚然')
    await userEvent.keyboard('{Enter}')
    await eventually(() => finds().at(-1)?.query.get('where')).toBe('{"ownerId":{"in":["u-li"]}}')
  })

  it('keeps the host’s own condition beside the filters', async () => {
    const { element, finds } = await open({ where: '{"stageId":"s2"}' })
    expect(finds()[0]?.query.get('where')).toBe('{"stageId":"s2"}')
    element.filters = [{ field: 'priority', is: 'in', value: ['high'] }]
    await eventually(() => finds().at(-1)?.query.get('where')).toBe('{"and":[{"stageId":"s2"},{"priority":{"in":["high"]}}]}')
  })

  it('draws a window of 8,800 rows and reads on by cursor as it is scrolled', async () => {
    const { element, rows, finds } = await open({}, new FakeServer({ deals: 8_784 }))
    expect(one(element, '.count').textContent).toContain('8,800')
    expect(rows().length).toBeLessThan(60)
    const scroller = one(element, '.scroller')
    for (let page = 1; page <= 4; page += 1) {
      scroller.scrollTo({ top: page * 95 * (scroller.scrollHeight / 8_801) })
      await eventually(() => finds().length).toBeGreaterThan(page)
      await eventually(() => all(element, '.foot-line').length).toBe(0)
    }
    expect(
      finds()
        .slice(0, 5)
        .map((seen) => seen.query.get('cursor')),
    ).toEqual([null, '100', '200', '300', '400'])
    expect(finds()[1]?.query.get('count')).toBe(null)
    expect(rows().length).toBeLessThan(60)
    await eventually(() => Number(rows()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(300)
    expect(one(element, 'table').getAttribute('aria-rowcount')).toBe('8801')
  })

  it('says what it is sorted by, also where that is no column, and sorts by any field from a menu', async () => {
    const { element, finds } = await open({ columns: 'name,amount' })
    const sort = () => all(element, '.toolbar .btn').find((button) => textOf(button).startsWith('排序')) ?? element
    expect(textOf(sort())).toBe('排序：更新时间')
    await userEvent.click(sort())
    const items = () => all(element, '.menu-item')
    await eventually(() =>
      items()
        .map((item) => [textOf(item), item.ariaChecked])
        .slice(0, 4),
    ).toEqual([
      ['升序', 'false'],
      ['降序', 'true'],
      ['商机名称', 'false'],
      ['预计金额', 'false'],
    ])
    await userEvent.click(items()[3] ?? element)
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('-amount')
    await userEvent.click(sort())
    await eventually(() => items().length).toBeGreaterThan(4)
    await userEvent.click(items()[0] ?? element)
    await eventually(() => finds().at(-1)?.query.get('sort')).toBe('amount')
    expect(textOf(sort())).toBe('排序：预计金额')
  })

  it('tells when a page could not be read, and goes on from there', async () => {
    const { element, finds, fake, press } = await open({}, new FakeServer({ deals: 300 }))
    fake.refuseNext((seen) => seen.query.has('cursor'), 'offline')
    one(element, '.scroller').scrollTo({ top: 1e6 })
    await eventually(() => textOf(element)).toContain('后面的没能载入')
    await press('重试')
    await eventually(() => finds().map((seen) => seen.query.get('cursor'))).toEqual([null, '100', '100', '200', '300'])
    await eventually(() => textOf(element)).not.toContain('后面的没能载入')
  })

  it('tells the host which record was activated, by pointer and by keyboard', async () => {
    const { element, events, rows } = await open({ 'open-in': 'none' })
    await userEvent.click(rows()[1]?.querySelectorAll('td')[2] ?? element)
    expect(events.at(-1)?.type).toBe('crm-open')
    const first = events.at(-1)?.detail.id
    one(element, 'tr[data-row="0"] .open').focus()
    await userEvent.keyboard('{ArrowDown}')
    await eventually(() => element.shadowRoot?.activeElement?.closest('tr')?.dataset.row).toBe('1')
    await userEvent.keyboard('{Enter}')
    expect(events.filter((event) => event.type === 'crm-open').map((event) => event.detail.id)).toEqual([first, first])
    expect(all(element, 'dialog')).toEqual([])
  })

  it('says where it asked when what answers there is no CRM', async () => {
    const nobody = new FakeServer()
    Object.assign(nobody, { fetch: async () => new Response('<h1>Not Found</h1>', { status: 404 }) })
    const { element } = mount<CrmList>('crm-list', nobody, { attributes: { object: 'deal' } })
    await eventually(() => textOf(element)).toContain('没能载入 HTTP 404')
    expect(textOf(element)).not.toContain('看不到')
  })

  it('leaves a record to the host that cancels its opening', async () => {
    const { element, events } = await open()
    element.addEventListener('crm-open', (event) => event.preventDefault(), { once: true })
    await userEvent.click(all(element, 'tr[data-row] .open')[0] ?? element)
    expect(events.at(-1)?.type).toBe('crm-open')
    await userEvent.click(all(element, 'tr[data-row] .open')[1] ?? element)
    await eventually(() => all(element, 'dialog[open] crm-form >>> .title').length).toBe(1)
    expect(events.filter((event) => event.type === 'crm-open').length).toBe(2)
    expect(one(element, 'dialog crm-form').shadowRoot?.textContent).toContain(events.at(-2)?.detail.record?.name ?? '')
  })

  it('opens a record over itself, and follows what is saved there', async () => {
    const { element, names, press } = await open()
    await userEvent.click(all(element, 'tr[data-row] .open')[0] ?? element)
    await eventually(() => all(element, 'dialog[open] crm-form >>> .title').length).toBe(1)
    await press('编辑')
    await eventually(() => all(element, 'crm-field[name=name] >>> input').length).toBe(1)
    await userEvent.fill(one(element, 'crm-field[name=name] >>> input'), '列表里改的')
    await press('保存商机')
    await eventually(() => names()[0]).toBe('列表里改的')
    expect(all(element, 'dialog')).toEqual([])
    expect(textOf(one(element, '.toast'))).toContain('已保存「列表里改的」')
  })

  it('puts a new record on top and takes a deletion back', async () => {
    const { element, names, press, fake } = await open()
    await press('新建商机')
    // Nothing needs to be pressed before one can type.
    await eventually(() => one(element, 'crm-field[name=name]').matches(':focus')).toBe(true)
    expect(one(element, 'dialog').getAttribute('aria-label')).toBe('新建商机')
    await userEvent.keyboard('刚来的')
    await press('保存商机')
    await eventually(() => names()[0]).toBe('刚来的')
    expect(one(element, '.count').textContent).toContain('57')
    await userEvent.click(all(element, 'tr[data-row] .open')[0] ?? element)
    await eventually(() => all(element, 'dialog[open] crm-form >>> .title').length).toBe(1)
    await press('删除')
    await eventually(() => one(element, '.count').textContent).toContain('56')
    await userEvent.click(one(element, '.toast .act'))
    await eventually(() => names()[0]).toBe('刚来的')
    expect(fake.record('deal', 'new-1').deletedAt).toBe(null)
  })

  it('names what the server has filled in for a new record', async () => {
    const fake = new FakeServer()
    fake.preset = { stageId: 's1' }
    const { element, names, press } = await open({}, fake)
    await press('新建商机')
    await eventually(() => one(element, 'crm-field[name=name]').matches(':focus')).toBe(true)
    await userEvent.keyboard('有人管的')
    await press('保存商机')
    await eventually(() => names()[0]).toBe('有人管的')
    expect(textOf(one(element, 'tr[data-row="0"]'))).toMatch(/初步接触.*李蔚然/)
  })

  it('asks before Escape throws entries away', async () => {
    const { element, press } = await open()
    await press('新建商机')
    await eventually(() => all(element, 'crm-field[name=name] >>> input').length).toBe(1)
    await userEvent.fill(one(element, 'crm-field[name=name] >>> input'), '未保存')
    await userEvent.keyboard('{Escape}')
    await eventually(() => textOf(element)).toContain('有未保存的修改')
    await press('放弃修改')
    await eventually(() => all(element, 'dialog')).toEqual([])
  })

  it('shows two-line cards in a narrow place', async () => {
    const { element } = await open()
    element.style.width = '390px'
    await eventually(() => all(element, '.lcard').length).toBeGreaterThan(5)
    expect(all(element, 'table')).toEqual([])
    expect(textOf(all(element, '.lcard')[0] ?? element)).toContain('¥')
  })

  it('says that it is empty, that it may not be seen, that it failed', async () => {
    const empty = await open({}, new FakeServer({ records: { deal: [] } }))
    expect(textOf(empty.element)).toContain('还没有商机')
    const fake = new FakeServer()
    fake.refuseNext((seen) => seen.path === 'objects/deal', { status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' })
    const denied = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal' } })
    await eventually(() => textOf(denied.element)).toContain('看不到这里的内容')
    fake.refuseNext((seen) => seen.path === 'records/deal', { status: 503, code: 'STORE_UNAVAILABLE', message: '数据库暂时不可用。' })
    const failed = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal' } })
    await eventually(() => textOf(failed.element)).toContain('STORE_UNAVAILABLE')
    await userEvent.click(one(failed.element, '.empty button'))
    await eventually(() => all(failed.element, 'tr[data-row]').length).toBeGreaterThan(5)
  })
})

/** A hundred thousand records that are only made when they are asked for. */
class LongServer extends FakeServer {
  static readonly total = 100_000

  override readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input instanceof Request ? input.url : input), 'http://fake')
    if (!url.pathname.endsWith('/records/deal')) return this.answer(input, init)
    if (this.isAway) throw new TypeError('offline')
    const { searchParams } = url
    const start = Number(searchParams.get('cursor') ?? searchParams.get('skip') ?? 0)
    const end = Math.min(LongServer.total, start + Number(searchParams.get('limit')))
    const records = Array.from({ length: end - start }, (_, index) => ({
      id: `r${start + index}`,
      version: 1,
      name: `第 ${start + index} 条`,
    }))
    const total = searchParams.get('count') === 'true' ? { total: LongServer.total } : {}
    this.pages += 1
    return Response.json({ records, cursor: end < LongServer.total ? String(end) : null, ...total })
  }

  pages = 0
  isAway = false
  readonly answer = new FakeServer().fetch
}

describe('A list of 100,000 records', () => {
  it('has a line for each, draws a screen of them, and jumps to where the scroll bar is let go', async () => {
    const fake = new LongServer()
    const { element, rows, names } = await open({ columns: 'name' }, fake)
    const scroller = one(element, '.scroller')
    expect(one(element, '.count').textContent).toContain('100,000')
    expect(one(element, 'table').getAttribute('aria-rowcount')).toBe('100001')
    expect(scroller.scrollHeight).toBeGreaterThan(100_000 * 30)
    const step = scroller.scrollHeight / 100_000
    scroller.scrollTo({ top: 80_000 * step })
    await eventually(() => names().some((name) => /^第 80\d\d\d 条$/.test(name ?? ''))).toBe(true)
    await eventually(() => all(element, 'tr.blank')).toEqual([])
    expect(rows().length).toBeLessThan(60)
    // One page at first, and one or two for the jump.
    expect(fake.pages).toBeLessThanOrEqual(3)
    const read = fake.pages
    scroller.scrollTo({ top: 0 })
    await eventually(() => names()[0]).toBe('第 0 条')
    expect(fake.pages).toBe(read)
  })

  it('reads nothing of what the scroll bar only passes by', async () => {
    const fake = new LongServer()
    const { element, names } = await open({ columns: 'name' }, fake)
    const scroller = one(element, '.scroller')
    const step = scroller.scrollHeight / 100_000
    const read = fake.pages
    for (let index = 5_000; index <= 80_000; index += 5_000) {
      scroller.scrollTop = index * step
      scroller.dispatchEvent(new Event('scroll'))
    }
    await eventually(() => names()).toContain('第 80000 条')
    await eventually(() => all(element, 'tr.blank')).toEqual([])
    expect(fake.pages).toBe(read + 1)
  })

  it('reads on from a jump in both directions, and chooses what stands there', async () => {
    const fake = new LongServer()
    const { element, names, events } = await open({ columns: 'name' }, fake)
    const scroller = one(element, '.scroller')
    const step = scroller.scrollHeight / 100_000
    const shows = async (index: number) => {
      scroller.scrollTo({ top: index * step })
      await eventually(() => names().includes(`第 ${index} 条`)).toBe(true)
      await eventually(() => all(element, 'tr.blank')).toEqual([])
    }
    await shows(60_000)
    const read = fake.pages
    await shows(59_700)
    await shows(60_300)
    // A page before, a page after; nothing in between twice.
    expect(fake.pages - read).toBeLessThanOrEqual(5)
    one(element, '[data-id="r60300"] .check').click()
    await eventually(() => events.at(-1)?.type).toBe('crm-select')
    expect(events.at(-1)?.detail).toMatchObject({ ids: ['r60300'], count: 1 })
    await shows(700)
    await shows(60_300)
    expect(one<HTMLInputElement>(element, '[data-id="r60300"] .check').checked).toBe(true)
    expect(one(element, '.count').textContent).toContain('100,000')
  })

  it('goes on from a jump that failed', async () => {
    const fake = new LongServer()
    const { element, names, press } = await open({ columns: 'name' }, fake)
    const scroller = one(element, '.scroller')
    fake.isAway = true
    scroller.scrollTo({ top: 0.9 * scroller.scrollHeight })
    await eventually(() => textOf(element)).toContain('后面的没能载入')
    fake.isAway = false
    await press('重试')
    await eventually(() => names().some((name) => /^第 9\d\d\d\d 条$/.test(name ?? ''))).toBe(true)
  })
})
