import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmBoard } from '../src/board/board.ts'
import type { CrmList } from '../src/list/list.ts'
import { FakeServer } from './support/fake-server.ts'
import { drag, middle, mouse, touch } from './support/input.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(attributes: Record<string, string> = {}, fake = new FakeServer({ deals: 0 })) {
  const mounted = mount<CrmBoard>('crm-board', fake, { attributes: { object: 'deal', ...attributes } })
  const { element, events } = mounted
  element.style.height = '700px'
  await eventually(() => events.map((event) => event.type)).toContain('crm-load')
  await element.updateComplete
  const column = (key: string) => one(element, `[data-column="${key}"]`)
  const cards = (key: string) => all(column(key), '[data-card]').map((card) => card.dataset.card)
  const card = (id: string) => one(element, `[data-card="${id}"]`)
  const head = (key: string) => textOf(one(column(key), '.col-head'))
  const said = () => textOf(one(element, '[data-announcer]'))
  const toast = () => textOf(one(element, '.toast'))
  const moves = () => fake.seen.filter((seen) => seen.method === 'PATCH')
  const to = (key: string) => ({ ...middle(column(key)), y: column(key).getBoundingClientRect().top + 200 })
  const focused = () => element.shadowRoot?.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card
  return { ...mounted, fake, column, cards, card, head, said, toast, moves, to, focused }
}

describe('A board', () => {
  it('has the stages of the default pipeline as columns, in their order, lost ones folded', async () => {
    const { element } = await open()
    expect(all(element, '.col h3').map((title) => title.textContent)).toEqual(['初步接触', '需求确认', '方案报价', '商务谈判', '赢单'])
    expect(textOf(one(element, '.rail'))).toBe('输单 0')
  })

  it('shows the server’s count and sum of each column, weighted by probability, main currency first', async () => {
    const { head, fake, element } = await open()
    expect(head('s2')).toBe('需求确认 5 ¥ 1,244,000 +1 US$264,000 30% → ¥ 373,200')
    expect(head('s5')).toBe('赢单 0 ¥ 0')
    expect(textOf(one(element, '.total'))).toBe('16 个商机 ¥ 480.3 万 +1 US$444,000 加权 ¥ 286 万')
    expect(fake.seen.find((seen) => seen.path === 'aggregate/deal')?.query.get('measures')).toBe('count,sum:amount')
  })

  it('says nothing of counts and sums before they are here', async () => {
    const fake = new FakeServer({ deals: 0 })
    const release = fake.hold((seen) => seen.path === 'aggregate/deal')
    const { element } = mount<CrmBoard>('crm-board', fake, { attributes: { object: 'deal' } })
    await eventually(() => all(element, '[data-card]').length).toBeGreaterThan(0)
    expect(textOf(one(element, '[data-column=s2] .col-head'))).toBe('需求确认 – –')
    expect(textOf(one(element, '.rail'))).toBe('输单 –')
    expect(all(element, '.total')).toEqual([])
    release()
    await eventually(() => all(element, '.total').map(textOf).join()).toContain('16 个商机')
  })

  it('asks only for what a card shows, newest in the stage first', async () => {
    const { fake } = await open()
    const query = fake.seen.find((seen) => seen.path === 'records/deal')?.query
    expect(query?.get('where')).toBe('{"pipelineId":"p1","stageId":"s1"}')
    expect(query?.get('sort')).toBe('-stageSince')
    expect(query?.get('expand')?.split(',').sort()).toEqual(['customerId', 'ownerId'])
    expect(query?.get('fields')?.split(',')).not.toContain('description')
  })

  it('shows whom, what, how much, when, by whom, and how long it stands still', async () => {
    const { card } = await open()
    expect(textOf(card('d4'))).toContain('云杉智造')
    expect(textOf(card('d4'))).toContain('二期：设备台账与售后工单')
    expect(textOf(card('d4'))).toContain('¥ 480,000')
    expect(textOf(card('d4'))).toContain('3月28日')
    expect(textOf(card('d8'))).toContain('停滞 16 天')
    expect(one(card('d8'), '.idle').getAttribute('class')).toContain('is-over')
    expect(textOf(card('d2'))).toContain('3 天后停滞')
    expect(textOf(card('d12'))).toContain('成交日已过 4 天')
  })

  it('has columns by a choice as well', async () => {
    const { element } = await open({ 'group-by': 'priority' })
    expect(all(element, '.col h3').map((title) => title.textContent)).toEqual(['低', '普通', '高'])
    expect(all(element, '.stage')).toEqual([])
  })

  it('changes the pipeline', async () => {
    const { element } = await open()
    await userEvent.click(one(element, 'button[aria-haspopup=menu]'))
    await eventually(() => all(element, '[role=menuitemradio]').length).toBeGreaterThan(1)
    await userEvent.click(all(element, '[role=menuitemradio]')[1] ?? element)
    await eventually(() => all(element, '.col h3').map((title) => title.textContent)).toEqual(['续约洽谈'])
  })

  it('searches on the server, figures included', async () => {
    const { element, cards, head } = await open()
    await userEvent.type(one(element, 'input[type=search]'), '云杉')
    await eventually(() => cards('s2')).toEqual(['d4'])
    await eventually(() => head('s2')).toContain('需求确认 1')
    await eventually(() => textOf(element)).toContain('「方案报价」里没有匹配项')
  })

  it('does not show answers to another question when it cannot ask', async () => {
    const { element, fake, cards } = await open()
    for (let column = 0; column < 5; column += 1)
      fake.refuseNext((seen) => seen.path === 'records/deal' && seen.query.has('search'), 'offline')
    fake.refuseNext((seen) => seen.path === 'aggregate/deal', 'offline')
    await userEvent.type(one(element, 'input[type=search]'), '云杉')
    await eventually(() => textOf(element)).toContain('没有网络连接')
    expect(all(element, '[data-card]')).toEqual([])
    await userEvent.click(one(element, '.empty button'))
    await eventually(() => cards('s2')).toEqual(['d4'])
  })

  it('draws a window of each column and reads on by cursor', async () => {
    const { cards, column, fake, head } = await open({}, new FakeServer({ deals: 3_000 }))
    expect(head('s1')).toContain('1,804')
    expect(cards('s1').length).toBeLessThan(30)
    const body = one(column('s1'), '.col-body')
    body.scrollTo({ top: body.scrollHeight })
    await eventually(() => fake.seen.some((seen) => seen.query.get('cursor') === '30')).toBe(true)
    await eventually(() => Number(one(column('s1'), '[data-card]').getAttribute('aria-posinset'))).toBeGreaterThan(8)
    expect(cards('s1').length).toBeLessThan(30)
    expect(one(column('s1'), '[data-card]').getAttribute('aria-setsize')).toBe('1804')
  })

  it('draws more cards than are seen once it rests, without a scroll, and leaves columns alone that a move does not concern', async () => {
    const { element, cards, column } = await open({}, new FakeServer({ deals: 3_000 }))
    const { height } = one(column('s1'), '[data-card]').getBoundingClientRect()
    const seen = () => Math.ceil(one(column('s1'), '.col-body').clientHeight / height)
    await eventually(() => cards('s1').length - seen()).toBeGreaterThanOrEqual(4)
    const changes: MutationRecord[] = []
    const watch = new MutationObserver((records) => changes.push(...records))
    watch.observe(column('s3'), { subtree: true, childList: true, attributes: true, characterData: true })
    const [id = ''] = cards('s1')
    expect(await element.move(id, 's2')).toBe(true)
    await element.updateComplete
    expect(cards('s1')).not.toContain(id)
    expect(cards('s2')[0]).toBe(id)
    expect(one(column('s2'), `[data-card="${id}"]`).classList.contains('is-busy')).toBe(false)
    expect([...changes, ...watch.takeRecords()]).toEqual([])
    watch.disconnect()
  })

  it('tells the host which card was activated, and opens its record unless the host does', async () => {
    const { element, card, events } = await open()
    const opened = () => events.filter((event) => event.type === 'crm-open').map((event) => event.detail.id)
    element.addEventListener('crm-open', (event) => event.preventDefault(), { once: true })
    await userEvent.click(one(card('d4'), '.card-open'))
    expect(opened()).toEqual(['d4'])
    await userEvent.click(one(card('d5'), '.card-open'))
    const title = textOf(one(card('d5'), '.card-about'))
    await eventually(() => all(element, 'dialog[open] crm-form >>> .title').map(textOf)).toEqual([title])
    expect(opened()).toEqual(['d4', 'd5'])
  })

  it('opens a form for a new record in a column', async () => {
    const { element, column, head } = await open()
    await userEvent.click(one(column('s3'), 'button[aria-label="新建到「方案报价」"]'))
    await eventually(() => all(element, 'crm-field[name=name] >>> input').length).toBe(1)
    expect(one<HTMLInputElement>(element, 'crm-field[name=stageId] >>> input').value).toBe('方案报价')
    await userEvent.fill(one(element, 'crm-field[name=name] >>> input'), '从看板新建')
    await userEvent.keyboard('{Enter}')
    await eventually(() => head('s3')).toContain('方案报价 5')
    await eventually(() => textOf(column('s3'))).toContain('从看板新建')
  })

  it('may not be moved about by those who may only read', async () => {
    const fake = new FakeServer({ deals: 0 })
    fake.objects = fake.objects.map((object) => ({ ...object, permissions: ['read'] }))
    const { element, card, to, moves } = await open({}, fake)
    expect(all(element, '.card-more')).toEqual([])
    await drag(middle(card('d4')), to('s3'))
    await mouse('mouseReleased', to('s3'))
    expect(moves()).toEqual([])
  })
})

describe('Dragging a card', () => {
  it('moves it at once, sends its version, follows with counts and sums, and offers Undo', async () => {
    const { card, cards, to, moves, head, toast, events, element, fake } = await open()
    const release = fake.hold((seen) => seen.method === 'PATCH')
    await drag(middle(card('d4')), to('s3'))
    await element.updateComplete
    expect(all(element, '.lift').length).toBe(1)
    expect(one(element, '.is-target').dataset.column).toBe('s3')
    await mouse('mouseReleased', to('s3'))
    await eventually(() => cards('s3')[0]).toBe('d4')
    expect(head('s2')).toContain('需求确认 4 ¥ 764,000')
    expect(head('s3')).toContain('方案报价 5 ¥ 1,780,000')
    expect(events.filter((event) => event.type === 'crm-move').map((event) => event.detail)).toMatchObject([
      { field: 'stageId', from: 's2', to: 's3' },
    ])
    expect(events.some((event) => event.type === 'crm-open')).toBe(false)
    release()
    await eventually(toast).toContain('云杉智造 已移到「方案报价」')
    expect(moves()[0]?.body).toEqual({ stageId: 's3' })
    expect(moves()[0]?.headers.get('if-match')).toBe('"1"')
    await userEvent.click(one(element, '.toast .act'))
    await eventually(() => cards('s2')[0]).toBe('d4')
    await eventually(() => fake.record('deal', 'd4')).toMatchObject({ stageId: 's2', version: 3 })
    expect(moves()[1]?.headers.get('if-match')).toBe('"2"')
  })

  it('goes back where it was when the server refuses, and says why', async () => {
    const { card, cards, to, head, toast, fake, events } = await open()
    const before = cards('s2')
    fake.refuseNext((seen) => seen.method === 'PATCH', { status: 422, code: 'RULE', message: '报价前请补全预算。' })
    await drag(middle(card('d4')), to('s3'))
    await mouse('mouseReleased', to('s3'))
    await eventually(toast).toContain('没有移动 云杉智造：报价前请补全预算。')
    expect(cards('s2')).toEqual(before)
    expect(head('s2')).toContain('需求确认 5 ¥ 1,244,000')
    expect(events.at(-1)?.type).toBe('crm-error')
  })

  it('offers the form for what a stage asks for that the board cannot ask', async () => {
    const { card, to, fake, element } = await open()
    const issues = [{ code: 'VALUE_REQUIRED', path: '/somethingElse', message: '必填。', hint: null }]
    fake.refuseNext((seen) => seen.method === 'PATCH', {
      status: 422,
      code: 'VALIDATION_FAILED',
      message: '有 1 处需要修改。',
      details: { issues },
    })
    await drag(middle(card('d4')), middle(one(element, '.rail')))
    await mouse('mouseReleased', middle(one(element, '.rail')))
    await eventually(() => textOf(one(element, '.toast'))).toContain('必填。')
    await userEvent.click(one(element, '.toast .act'))
    await expect
      .poll(() => all<HTMLInputElement>(element, 'crm-field[name=stageId] >>> input').map((input) => input.value))
      .toEqual(['输单'])
    expect(to).toBeDefined()
  })

  it('shows the other’s place after a conflict', async () => {
    const { card, cards, to, fake, toast } = await open()
    fake.change('deal', 'd4', { stageId: 's4' })
    await drag(middle(card('d4')), to('s3'))
    await mouse('mouseReleased', to('s3'))
    await eventually(toast).toContain('别人刚刚改过这条记录')
    await eventually(() => cards('s4')).toContain('d4')
    expect(cards('s2')).not.toContain('d4')
    expect(cards('s3')).not.toContain('d4')
  })

  it('is called off by Escape', async () => {
    const { card, cards, to, moves, element } = await open()
    await drag(middle(card('d4')), to('s3'))
    await userEvent.keyboard('{Escape}')
    await element.updateComplete
    expect(all(element, '.lift')).toEqual([])
    await mouse('mouseReleased', to('s3'))
    expect(cards('s2')).toContain('d4')
    expect(moves()).toEqual([])
  })

  it('takes a long press on a touch screen, and leaves a swipe to the page', async () => {
    const { card, cards, to, element, fake } = await open()
    const start = middle(card('d4'))
    await touch('touchStart', start)
    await touch('touchMove', { ...start, y: start.y - 60 })
    await touch('touchEnd')
    expect(all(element, '.lift')).toEqual([])
    await touch('touchStart', middle(card('d4')))
    await eventually(() => all(element, '.lift').length).toBe(1)
    await touch('touchMove', to('s3'))
    await eventually(() => all(element, '.is-target').length).toBe(1)
    await touch('touchEnd')
    await eventually(() => cards('s3')[0]).toBe('d4')
    await eventually(() => fake.record('deal', 'd4').stageId).toBe('s3')
  })

  it('can be vetoed by the host', async () => {
    const { card, cards, to, moves, element } = await open()
    element.addEventListener('crm-move', (event) => event.preventDefault())
    await drag(middle(card('d4')), to('s3'))
    await mouse('mouseReleased', to('s3'))
    expect(cards('s2')).toContain('d4')
    expect(moves()).toEqual([])
  })

  it('lands on a folded column too', async () => {
    const { card, fake, element } = await open()
    const rail = middle(one(element, '.rail'))
    await drag(middle(card('d4')), rail)
    await mouse('mouseReleased', rail)
    await eventually(() => fake.record('deal', 'd4').stageId).toBe('s6')
    await eventually(() => textOf(one(element, '.rail'))).toBe('输单 1')
  })

  it('keeps board and list of one page in step', async () => {
    const { card, to, src, fake } = await open()
    const list = mount<CrmList>('crm-list', fake, { attributes: { object: 'deal', columns: 'name,stageId' }, src })
    await eventually(() => all(list.element, 'tr[data-row]').length).toBeGreaterThan(3)
    const shown = () =>
      all(list.element, 'tr[data-row]')
        .map((row) => textOf(row))
        .find((text) => text.includes('二期：设备'))
    expect(shown()).toContain('需求确认')
    scrollTo(0, 0)
    await drag(middle(card('d4')), to('s3'))
    await mouse('mouseReleased', to('s3'))
    await eventually(shown).not.toContain('需求确认')
  })
})

describe('The keyboard on a board', () => {
  it('walks over cards and columns, one Tab stop a column', async () => {
    const { element, cards, column, focused } = await open()
    expect(all(column('s2'), '.card-open[tabindex="0"]').length).toBe(1)
    one(element, '[data-column=s2] .card-open').focus()
    await userEvent.keyboard('{ArrowDown}')
    await eventually(focused).toBe(cards('s2')[1])
    await userEvent.keyboard('{ArrowRight}')
    await eventually(focused).toBe(cards('s3')[1])
    expect(all(column('s2'), '.card-open[tabindex="0"]').length).toBe(1)
  })

  it('takes a card up with Space, carries it with arrows, puts it down, and says all of it', async () => {
    const { card, cards, said, focused, fake } = await open()
    one(card('d4'), '.card-open').focus()
    await userEvent.keyboard(' ')
    await eventually(said).toBe('已拿起云杉智造、二期：设备台账与售后工单、¥480,000，在「需求确认」，第 2 列，共 6 列。')
    await userEvent.keyboard('{ArrowRight}')
    await eventually(said).toBe('「方案报价」，第 3 列，共 6 列。')
    await userEvent.keyboard('{Enter}')
    await eventually(said).toBe('云杉智造 已移到「方案报价」')
    expect(cards('s3')[0]).toBe('d4')
    await eventually(focused).toBe('d4')
    expect(fake.record('deal', 'd4').stageId).toBe('s3')
  })

  it('puts the card back with Escape', async () => {
    const { card, cards, said, moves, element } = await open()
    one(card('d4'), '.card-open').focus()
    await userEvent.keyboard(' {ArrowRight}{Escape}')
    await eventually(said).toContain('已取消')
    await element.updateComplete
    expect(cards('s2')).toContain('d4')
    expect(moves()).toEqual([])
    expect(all(element, '.is-target')).toEqual([])
  })

  it('moves by the menu of a card', async () => {
    const { card, element, cards, focused } = await open()
    one(card('d4'), '.card-open').focus()
    await element.updateComplete
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await eventually(() => element.shadowRoot?.activeElement?.textContent?.trim()).toBe('需求确认')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await eventually(() => cards('s3')[0]).toBe('d4')
    await eventually(focused).toBe('d4')
  })
})

describe('A board in a narrow place', () => {
  it('shows one column with a switcher, and moves by menu', async () => {
    const { element, column, cards } = await open()
    element.style.width = '390px'
    await eventually(() => all(element, '.col').filter((one) => one.offsetParent !== null).length).toBe(1)
    await eventually(() => all(element, '.stages button').length).toBeGreaterThan(3)
    await userEvent.click(all(element, '.stages button')[2] ?? element)
    await eventually(() => column('s3').offsetParent).not.toBe(null)
    await userEvent.click(one(column('s3'), '.card-more'))
    const first = cards('s3')[0]
    await eventually(() => all(element, '[role=menuitemradio]').length).toBeGreaterThan(3)
    await userEvent.click(all(element, '[role=menuitemradio]')[3] ?? element)
    await eventually(() => cards('s4')[0]).toBe(first)
  })
})
