import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmField } from '../src/field/field.ts'
import type { CrmList } from '../src/list/list.ts'
import { FakeServer } from './support/fake-server.ts'
import { drag, middle, mouse } from './support/input.ts'
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

describe('Conditions of a list', () => {
  it('are built from a field, a comparison and a value, and can be changed afterwards', async () => {
    const { element, press, where } = await open()
    await press('筛选')
    await eventually(() => all(element, '.picker .menu-item').length).toBeGreaterThan(10)
    // What the record is about comes first, and what the store keeps for itself not at all.
    const fields = all(element, '.picker .menu-item').map(textOf)
    expect(fields[0]).toBe('商机名称')
    expect(fields.indexOf('创建时间')).toBeGreaterThan(fields.indexOf('预计金额'))
    await userEvent.type(one(element, '.panel input'), '预计金额')
    await eventually(() => all(element, '.picker .menu-item').length).toBe(1)
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.panel crm-field').some((each) => each.matches(':focus'))).toBe(true)
    await userEvent.keyboard('400000')
    await userEvent.keyboard('{Enter}')
    await eventually(where).toBe('{"amount":{"gte":{"minor":40000000,"currency":"CNY"}}}')
    await eventually(() => textOf(one(element, '.chip'))).toBe('预计金额 不小于 ¥400,000')
    await userEvent.click(one(element, '.chip button'))
    await eventually(() => all(element, '.panel select').length).toBeGreaterThan(0)
    await userEvent.selectOptions(one(element, '.panel #filter-is'), 'empty')
    await press('应用')
    await eventually(where).toBe('{"amount":{"isNull":true}}')
    await eventually(() => textOf(one(element, '.chip'))).toBe('预计金额 为空')
  })

  it('know dates in words, which mean other days tomorrow', async () => {
    const { element, press, item, where } = await open()
    await press('筛选')
    await eventually(() => all(element, '.picker .menu-item').length).toBeGreaterThan(10)
    await userEvent.click(await item('预计成交'))
    await userEvent.selectOptions(one(element, '.panel select[data-first]'), 'thisMonth')
    await press('应用')
    await eventually(where).toBe('{"closeDate":{"gte":"2026-03-01","lte":"2026-03-31"}}')
    expect(textOf(one(element, '.chip'))).toBe('预计成交 本月')
  })

  it('find the records a reference may point to, several of them, and remember their names', async () => {
    const { element, press, item, where } = await open()
    await press('筛选')
    await eventually(() => all(element, '.picker .menu-item').length).toBeGreaterThan(10)
    await userEvent.click(await item('阶段'))
    await userEvent.selectOptions(one(element, '.panel #filter-is'), 'notIn')
    await userEvent.type(one(element, '.panel crm-field >>> input'), '方案')
    await eventually(() => all(element, '[role=option]').length).toBe(1)
    await userEvent.keyboard('{Enter}')
    await press('应用')
    await eventually(where).toBe('{"not":{"stageId":{"in":["s3"]}}}')
    expect(textOf(one(element, '.chip'))).toBe('阶段 不是 方案报价')
  })

  it('offer oneself first among people', async () => {
    const { element, press, item, where } = await open()
    await press('筛选')
    await eventually(() => all(element, '.picker .menu-item').length).toBeGreaterThan(10)
    await userEvent.click(await item('负责人'))
    await eventually(() => all(element, '.panel .picker label').length).toBe(9)
    await userEvent.click(all(element, '.panel .picker label')[0] ?? element)
    await press('应用')
    await eventually(where).toBe('{"ownerId":{"in":["u-li"]}}')
    expect(textOf(one(element, '.chip'))).toBe('负责人 我')
  })

  it('give the focus back when they are left', async () => {
    const { element, button, press } = await open()
    await press('筛选')
    await eventually(() => element.shadowRoot?.activeElement?.closest('.panel')?.className).toContain('panel')
    await userEvent.keyboard('{Escape}')
    await eventually(() => element.shadowRoot?.activeElement).toBe(button('筛选'))
    expect(all(element, '.panel')).toEqual([])
  })
})

describe('Columns of a list', () => {
  it('are chosen and ordered by the reader', async () => {
    const { element, press, finds, events } = await open()
    const heads = () => all(element, 'thead [part=column-header]').map((head) => head.textContent?.trim())
    await press('8 列')
    await eventually(() => all(element, '.panel input[type=checkbox]').length).toBeGreaterThan(10)
    const box = (text: string) => all<HTMLInputElement>(element, '.panel label').find((label) => textOf(label) === text) ?? element
    await userEvent.click(box('客户'))
    await userEvent.click(box('竞争对手'))
    await eventually(() => finds().at(-1)?.query.get('fields')).toBe('name,stageId,amount,closeDate,status,ownerId,updatedAt,competitor')
    await press('预计金额 上移')
    await eventually(heads).toEqual(['商机名称', '预计金额', '阶段', '预计成交', '状态', '负责人', '更新时间', '竞争对手'])
    await press('恢复默认')
    await eventually(() => heads()[1]).toBe('客户')
    expect(events.filter((event) => event.type === 'crm-view-change').length).toBe(4)
  })

  it('take another width from the pointer and from the keyboard, and remember their own', async () => {
    const { element } = await open()
    const head = () => one(element, 'thead [part=column-header]:nth-of-type(5)')
    const width = () => head().getBoundingClientRect().width
    const handle = () => one(head(), '.width')
    const before = width()
    const at = middle(handle())
    await drag(at, { x: at.x + 60, y: at.y })
    await mouse('mouseReleased', { x: at.x + 60, y: at.y })
    await eventually(() => Math.round(width() - before)).toBeGreaterThan(40)
    expect(element.widths.amount).toBe(192)
    one(head(), '.th').focus()
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}')
    await eventually(() => element.widths.amount).toBe(184)
    handle().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await eventually(() => element.widths).toEqual({})
  })

  it('leave it to a host that has vetoed', async () => {
    const { element, finds, button } = await open()
    element.addEventListener('crm-view-change', (event) => event.preventDefault())
    await userEvent.click(button('预计金额'))
    await settled()
    expect(finds()).toHaveLength(1)
    expect(element.sort).toBe('-updatedAt')
  })
})

describe('Groups of a list', () => {
  it('have the server’s counts and sums, and read their records where they are in view', async () => {
    const { element, fake, finds } = await open({ 'group-by': 'stageId' }, new FakeServer({ deals: 400 }))
    const heads = () => all(element, 'tr.group').map((head) => textOf(one(head, '.fold')))
    await eventually(() => heads()[0]).toMatch(/^初步接触 \d+$/)
    expect(fake.seen.filter((seen) => seen.path === 'aggregate/deal').map((seen) => seen.query.get('group'))).toEqual(['stageId'])
    expect(textOf(one(element, 'tr.group'))).toMatch(/¥ [\d,]+/)
    expect(one(element, '.count').textContent).toContain('416')
    await eventually(() => finds().length).toBeGreaterThan(0)
    expect(finds().every((seen) => seen.query.get('where')?.includes('stageId'))).toBe(true)
    expect(finds().length).toBeLessThan(3)
  })

  it('fold and unfold by pointer and keyboard', async () => {
    const { element, rows } = await open({ 'group-by': 'priority' })
    await eventually(() => rows().length).toBeGreaterThan(5)
    const folds = () => all(element, '.fold')
    const groups = () => all(element, 'tr.group').length
    await userEvent.click(folds()[0] ?? element)
    await eventually(() => folds()[0]?.getAttribute('aria-expanded')).toBe('false')
    folds()[0]?.focus()
    await userEvent.keyboard('{ArrowRight}')
    await eventually(() => folds()[0]?.getAttribute('aria-expanded')).toBe('true')
    for (let at = 0; at < groups(); at += 1) await userEvent.click(folds()[at] ?? element)
    await eventually(() => rows()).toEqual([])
    expect(groups()).toBe(2)
  })

  it('are chosen from a menu, with sums of everything where there are none', async () => {
    const { element, press, item } = await open()
    await eventually(() => textOf(one(element, 'tfoot'))).toMatch(/56 条 ¥ [\d,]+/)
    await press('分组')
    await eventually(() => all(element, '[role=menuitemradio]').length).toBeGreaterThan(4)
    await userEvent.click(await item('负责人'))
    await eventually(() => all(element, 'tr.group').length).toBeGreaterThan(0)
    expect(all(element, 'tr.group').map((head) => textOf(one(head, '.fold b')))).toContain('李蔚然')
  })
})

describe('A cell edited in place', () => {
  const edit = async (element: CrmList, cell: HTMLElement) => {
    cell.focus()
    await userEvent.keyboard('{F2}')
    await eventually(() => all(element, '.cell-editor crm-field >>> #control').length).toBe(1)
    const [field] = all<CrmField>(element, '.cell-editor crm-field')
    if (!field) throw new Error('No editor')
    await eventually(() => document.activeElement === element && element.shadowRoot?.activeElement === field).toBe(true)
    return field
  }

  it('is saved by Enter, told of, and taken back', async () => {
    const { element, cell, toast, fake, events } = await open()
    const field = await edit(element, cell('d4', 'closeDate'))
    expect(field.value).toBe('2026-03-28')
    await userEvent.fill(one(field, 'input'), '2026-05-01')
    await userEvent.keyboard('{Enter}')
    await eventually(() => textOf(cell('d4', 'closeDate'))).toBe('5月1日')
    await eventually(toast).toContain('「预计成交」已改为 5月1日')
    expect(fake.record('deal', 'd4').closeDate).toBe('2026-05-01')
    expect(fake.seen.find((seen) => seen.method === 'PATCH')?.headers.get('if-match')).toBe('"1"')
    expect(events.map((event) => event.type)).toContain('crm-saved')
    expect(element.shadowRoot?.activeElement).toBe(cell('d4', 'closeDate'))
    await userEvent.click(one(element, '.toast .act'))
    await eventually(() => textOf(cell('d4', 'closeDate'))).toBe('3月28日')
    await eventually(() => fake.record('deal', 'd4').closeDate).toBe('2026-03-28')
  })

  it('is left alone by Escape, and saved by Tab, which goes on', async () => {
    const { element, cell, fake } = await open()
    const field = await edit(element, cell('d4', 'closeDate'))
    await userEvent.fill(one(field, 'input'), '2026-05-01')
    await userEvent.keyboard('{Escape}')
    await eventually(() => all(element, '.cell-editor')).toEqual([])
    expect(fake.count('PATCH', 'records')).toBe(0)
    const again = await edit(element, cell('d4', 'amount'))
    await userEvent.fill(one(again, 'input'), '500000')
    await userEvent.keyboard('{Tab}')
    await eventually(() => fake.record('deal', 'd4').amount).toEqual({ minor: 50_000_000, currency: 'CNY' })
    await eventually(() => all(cell('d4', 'closeDate'), 'crm-field').length).toBe(1)
    // Also from a cell that nobody has changed, and back.
    const isIn = (field: string) => eventually(() => all(cell('d4', field), 'crm-field').some((each) => each.matches(':focus'))).toBe(true)
    await isIn('closeDate')
    await userEvent.keyboard('{Tab}')
    await isIn('ownerId')
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    await isIn('closeDate')
    expect(fake.count('PATCH', 'records')).toBe(1)
  })

  it('opens from the pen under the pointer', async () => {
    const { element, cell } = await open()
    await userEvent.hover(cell('d4', 'amount'))
    await userEvent.click(one(cell('d4', 'amount'), '.pen'))
    await eventually(() => all(cell('d4', 'amount'), 'crm-field').length).toBe(1)
    expect(all(element, 'dialog')).toEqual([])
  })

  it('is not offered for what cannot be changed', async () => {
    const { cell, element } = await open()
    expect(all(cell('d4', 'status'), '.pen')).toEqual([])
    cell('d4', 'status').focus()
    await userEvent.keyboard('{F2}')
    await settled()
    expect(all(element, '.cell-editor')).toEqual([])
    element.fixed = true
    await eventually(() => all(element, '.pen, .check')).toEqual([])
  })

  it('writes over a change of another field, which stays', async () => {
    const { element, cell, fake } = await open()
    const field = await edit(element, cell('d4', 'closeDate'))
    fake.change('deal', 'd4', { amount: { minor: 100, currency: 'CNY' } })
    await userEvent.fill(one(field, 'input'), '2026-05-01')
    await userEvent.keyboard('{Enter}')
    await eventually(() => fake.record('deal', 'd4')).toMatchObject({ closeDate: '2026-05-01', amount: { minor: 100 }, version: 3 })
  })

  it.each([
    ['用对方的：4月9日', '2026-04-09'],
    ['用我的：5月1日', '2026-05-01'],
  ])('shows both values when two have changed it: %s', async (choice, kept) => {
    const { element, cell, fake, press } = await open()
    const field = await edit(element, cell('d4', 'closeDate'))
    fake.change('deal', 'd4', { closeDate: '2026-04-09' })
    await userEvent.fill(one(field, 'input'), '2026-05-01')
    await userEvent.keyboard('{Enter}')
    await eventually(() => textOf(element)).toContain('孙悦刚刚把它改成了另一个值')
    await press(choice)
    await eventually(() => fake.record('deal', 'd4').closeDate).toBe(kept)
    await eventually(() => all(element, '.cell-conflict')).toEqual([])
    await eventually(() => textOf(cell('d4', 'closeDate'))).toBe(kept === '2026-05-01' ? '5月1日' : '4月9日')
  })

  it('stays open with what was entered when the server objects', async () => {
    const { element, cell, fake } = await open()
    fake.refuseNext((seen) => seen.method === 'PATCH', {
      status: 422,
      code: 'VALIDATION_FAILED',
      message: '日期太早。',
      path: '/closeDate',
    })
    const field = await edit(element, cell('d4', 'closeDate'))
    await userEvent.fill(one(field, 'input'), '2020-05-01')
    await userEvent.keyboard('{Enter}')
    await eventually(() => textOf(cell('d4', 'closeDate'))).toContain('日期太早。')
    expect(one<CrmField>(element, '.cell-editor crm-field').value).toBe('2020-05-01')
    expect(element.session.store.get('deal', 'd4')?.closeDate).toBe('2026-03-28')
  })
})

describe('Records chosen in a list', () => {
  const bar = (element: CrmList) => textOf(one(element, '.bulk'))

  it('are chosen one by one, in a stretch, and all that match', async () => {
    const { element, rows, press, events } = await open({}, new FakeServer({ deals: 1_218 }))
    const box = (index: number) => one(rows()[index] ?? element, '.check')
    await userEvent.click(box(0))
    await eventually(() => bar(element)).toContain('已选 1 项')
    await userEvent.click(box(3), { modifiers: ['Shift'] })
    await eventually(() => bar(element)).toContain('已选 4 项')
    expect(rows()[2]?.getAttribute('aria-selected')).toBe('true')
    await press('选择全部 1,234 项')
    await eventually(() => bar(element)).toContain('已选 1,234 项')
    await userEvent.click(box(1))
    await eventually(() => bar(element)).toContain('已选 1,233 项')
    expect(events.at(-1)?.detail).toMatchObject({ all: true, count: 1233, ids: [rows()[1]?.dataset.id] })
    await press('取消选择')
    await eventually(() => all(element, '.bulk')).toEqual([])
  })

  it('are changed together after a preview of what would change, and taken back', async () => {
    const { element, rows, press, item, fake, ids, toast } = await open({}, new FakeServer({ deals: 1_218 }))
    await userEvent.click(one(rows()[0] ?? element, '.check'))
    await press('选择全部 1,234 项')
    await press('更改字段')
    await userEvent.click(await item('优先级'))
    await eventually(() => all(element, '.bulk-field >>> input[type=radio]').length).toBe(3)
    const before = new Map((fake.records.get('deal') ?? []).map((record) => [record.id, record.priority]))
    const high = [...before.values()].filter((value) => value === 'high').length
    await userEvent.click(all(element, '.bulk-field >>> input[type=radio]')[2] ?? element)
    await press('预览')
    await eventually(() => bar(element)).toContain(`${(1234 - high).toLocaleString('zh-CN')} 项会更改`)
    expect(bar(element)).toContain('把「优先级」改为 高')
    expect(high === 0 || bar(element).includes(`${high} 项已经是这个值`)).toBe(true)
    expect(fake.count('POST', 'records/deal/bulk')).toBe(0)
    await press(`更改 ${(1234 - high).toLocaleString('zh-CN')} 项`)
    await eventually(toast).toContain('「优先级」')
    expect((fake.records.get('deal') ?? []).every((record) => record.priority === 'high')).toBe(true)
    expect(all(element, '.bulk')).toEqual([])
    const [first = ''] = ids()
    fake.change('deal', first, { priority: 'low' })
    await userEvent.click(one(element, '.toast .act'))
    await eventually(toast).toContain('已撤销')
    const changedSince = before.get(first) === 'high' ? 0 : 1
    expect(toast().includes('没有动')).toBe(changedSince === 1)
    for (const record of fake.records.get('deal') ?? [])
      expect(record.priority, record.id).toBe(record.id === first ? 'low' : before.get(record.id))
  })

  it('are not changed when more match than were shown', async () => {
    const { element, rows, press, fake } = await open()
    await userEvent.click(one(rows()[0] ?? element, '.check'))
    await press('更改负责人')
    await eventually(() => all(element, '.bulk-field >>> input').length).toBe(1)
    await userEvent.type(one(element, '.bulk-field >>> input'), '王')
    await eventually(() => all(element, '[role=option]').length).toBe(1)
    await userEvent.keyboard('{Enter}')
    await press('预览')
    await eventually(() => bar(element)).toContain('项会更改')
    fake.change('deal', rows()[0]?.dataset.id ?? '', { deletedAt: 1 })
    await press('更改 1 项')
    await eventually(() => bar(element)).toContain('请重新预览')
  })

  it('are deleted after their names were shown, and brought back', async () => {
    const { element, rows, press, fake, toast } = await open()
    const chosen = rows().slice(0, 2)
    const names = chosen.map((row) => one(row, '.open').title)
    for (const row of chosen) await userEvent.click(one(row, '.check'))
    await press('删除')
    await eventually(() => bar(element)).toContain(names[0] ?? '')
    expect(bar(element)).toContain('30 天内可以恢复')
    await press('删除 2 项')
    await eventually(toast).toContain('已删除 2 项')
    await eventually(() => one(element, '.count').textContent).toContain('54')
    await userEvent.click(one(element, '.toast .act'))
    await eventually(() => one(element, '.count').textContent).toContain('56')
    expect((fake.records.get('deal') ?? []).every((record) => !record.deletedAt)).toBe(true)
  })

  it('are let go by another question, and by Escape', async () => {
    const { element, rows } = await open()
    await userEvent.click(one(rows()[0] ?? element, '.check'))
    await eventually(() => all(element, '.bulk').length).toBe(1)
    element.filters = [{ field: 'priority', is: 'in', value: ['high'] }]
    await eventually(() => all(element, '.bulk')).toEqual([])
  })
})

describe('The keyboard in a list', () => {
  it('walks over cells, chooses and opens', async () => {
    const { element, events, ids } = await open({ 'open-in': 'none' })
    const at = () => {
      const focused = element.shadowRoot?.activeElement
      return [focused?.closest<HTMLElement>('[data-row]')?.dataset.row, focused?.closest<HTMLElement>('[data-col]')?.dataset.col]
    }
    one(element, 'tr[data-row="0"] .open').focus()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    expect(at()).toEqual(['0', 'stageId'])
    await userEvent.keyboard('{ArrowDown}')
    await eventually(at).toEqual(['1', 'stageId'])
    await userEvent.keyboard(' ')
    await eventually(() => all(element, 'tr.is-chosen').map((row) => row.dataset.id)).toEqual([ids()[1]])
    await userEvent.keyboard('{End}')
    expect(at()).toEqual(['1', 'updatedAt'])
    await userEvent.keyboard('{Enter}')
    expect(events.at(-1)).toMatchObject({ type: 'crm-open', detail: { id: ids()[1] } })
    await userEvent.keyboard('{Control>}{End}{/Control}')
    await eventually(() => at()[0]).toBe('55')
    await userEvent.keyboard('{Control>}{Home}{/Control}')
    await eventually(() => at()[0]).toBe('0')
  })
})
