import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmBoard } from '../src/board/board.ts'
import type { CrmRecord, ObjectView } from '../src/client/types.ts'
import type { CrmField } from '../src/field/field.ts'
import { definitions } from './support/definitions.ts'
import { FakeServer, type Seen } from './support/fake-server.ts'
import { drag, middle, mouse } from './support/input.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

/** Deals that keep their place on the board, in the order of their ids. */
function ranked(deals = 0): FakeServer {
  const objects = definitions.map((object): ObjectView => {
    if (object.name !== 'deal') return object
    const name = object.fields.find((field) => field.name === 'competitor')
    return name ? { ...object, fields: [...object.fields, { ...name, name: 'rank', label: { 'zh-CN': '位置', en: 'Place' } }] } : object
  })
  const fake = new FakeServer({ objects, deals })
  const list = fake.records.get('deal') ?? []
  fake.records.set(
    'deal',
    list.map(
      (record, index): CrmRecord => ({ ...record, rank: `m${String.fromCharCode(65 + (index % 26))}${String(index).padStart(5, '0')}V` }),
    ),
  )
  return fake
}

async function open(attributes: Record<string, string> = {}, fake = ranked()) {
  const mounted = mount<CrmBoard>('crm-board', fake, { attributes: { object: 'deal', ...attributes } })
  const { element, events } = mounted
  element.style.height = '760px'
  await eventually(() => events.map((event) => event.type)).toContain('crm-load')
  await element.updateComplete
  const place = (key: string) => all(element, '[data-column]').find((each) => each.dataset.column === key) ?? element
  const cards = (key: string) => all(place(key), '[data-card]').map((card) => card.dataset.card)
  const card = (id: string) => one(element, `[data-card="${id}"]`)
  const said = () => textOf(one(element, '[data-announcer]'))
  const toast = () => textOf(one(element, '.toast'))
  const patches = () => fake.seen.filter((seen) => seen.method === 'PATCH')
  const press = (text: string) => userEvent.click(all(element, 'button').find((button) => textOf(button) === text) ?? element)
  return { ...mounted, fake, place, cards, card, said, toast, patches, press }
}

const drop = async (from: Element, to: { x: number; y: number }) => {
  await drag(middle(from), to)
  await mouse('mouseReleased', to)
}

/** Just under the upper edge of a card: before it. */
const above = (card: Element) => ({ ...middle(card), y: card.getBoundingClientRect().top + 6 })

describe('The order of cards', () => {
  it('is the server’s, by rank', async () => {
    const { fake, cards } = await open()
    const query = fake.seen.find((seen) => seen.path === 'records/deal')?.query
    expect(query?.get('sort')).toBe('rank')
    expect(query?.get('fields')?.split(',')).toContain('rank')
    expect(cards('s2')).toEqual(['d4', 'd5', 'd6', 'd7', 'd8'])
  })

  it('is changed within a column by a drag to between two cards, writing that card only', async () => {
    const { card, cards, patches, fake, toast, element } = await open()
    await drag(middle(card('d8')), above(card('d6')))
    await eventually(() => all(element, '.insert').length).toBe(1)
    await mouse('mouseReleased', above(card('d6')))
    await eventually(() => cards('s2')).toEqual(['d4', 'd5', 'd8', 'd6', 'd7'])
    await eventually(toast).toContain('已放到第 3 张')
    expect(patches().map((seen) => [seen.path, Object.keys(seen.body as object)])).toEqual([['records/deal/d8', ['rank']]])
    const rank = (id: string) => String(fake.record('deal', id).rank)
    expect(rank('d5') < rank('d8') && rank('d8') < rank('d6')).toBe(true)
    await userEvent.click(one(element, '.toast .act'))
    await eventually(() => cards('s2')).toEqual(['d4', 'd5', 'd6', 'd7', 'd8'])
  })

  it('is kept when a card goes to between two others of another column', async () => {
    const { card, cards, fake } = await open()
    await drop(card('d4'), above(card('d11')))
    await eventually(() => cards('s3')).toEqual(['d9', 'd10', 'd4', 'd11', 'd12'])
    await eventually(() => fake.record('deal', 'd4').stageId).toBe('s3')
    const order = (fake.records.get('deal') ?? [])
      .filter((record) => record.stageId === 's3')
      .sort((a, b) => (String(a.rank) < String(b.rank) ? -1 : 1))
    expect(order.map(({ id }) => id)).toEqual(['d9', 'd10', 'd4', 'd11', 'd12'])
  })

  it('is undone where it stood when the server refuses', async () => {
    const { card, cards, fake, toast } = await open()
    fake.refuseNext((seen) => seen.method === 'PATCH', { status: 503, code: 'STORE_UNAVAILABLE', message: '数据库暂时不可用。' })
    await drop(card('d6'), above(card('d11')))
    await eventually(toast).toContain('没有移动')
    expect(cards('s2')).toEqual(['d4', 'd5', 'd6', 'd7', 'd8'])
    expect(cards('s3')).toEqual(['d9', 'd10', 'd11', 'd12'])
  })

  it('is chosen by keyboard, and said aloud', async () => {
    const { card, cards, said } = await open()
    one(card('d5'), '.card-open').focus()
    await userEvent.keyboard(' ')
    await userEvent.keyboard('{ArrowDown}')
    await eventually(said).toBe('「需求确认」，第 3 张，共 5 张。')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await eventually(() => cards('s2')).toEqual(['d4', 'd6', 'd7', 'd5', 'd8'])
  })

  it('follows what others do', async () => {
    const { cards, session, fake } = await open()
    session.store.merge('deal', [fake.change('deal', 'd8', { rank: '1' })])
    await eventually(() => cards('s2')).toEqual(['d8', 'd4', 'd5', 'd6', 'd7'])
  })
})

describe('What a stage asks for', () => {
  const asks = (fake: FakeServer, path: string, message: string, when: (seen: Seen) => boolean) =>
    fake.refuseNext((seen) => seen.method === 'PATCH' && when(seen), { status: 422, code: 'STANDARD', message, path })

  it('is asked on the drop, one thing after the other, and saved with the move', async () => {
    const { card, element, fake, cards, press, events } = await open()
    asks(fake, '/lostReason', '输单时要选择原因。', () => true)
    asks(fake, '/competitor', '因竞争对手输单时必填。', (seen) => 'lostReason' in (seen.body as object))
    await drop(card('d4'), middle(one(element, '.rail')))
    await eventually(() => all(element, 'dialog.ask[open] crm-field').length).toBe(1)
    expect(textOf(one(element, 'dialog.ask'))).toContain('移到「输单」还需要')
    expect(cards('s2')).toContain('d4')
    await press('移到「输单」')
    await eventually(() => textOf(one(element, 'dialog.ask'))).toContain('必填')
    await userEvent.type(one(element, 'dialog.ask crm-field[name=lostReason] >>> input'), '竞争对手')
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, 'dialog.ask crm-field').map((field) => (field as CrmField).name)).toEqual([
      'lostReason',
      'competitor',
    ])
    await userEvent.type(one(element, 'dialog.ask crm-field[name=competitor] >>> input'), '某司')
    await userEvent.keyboard('{Enter}')
    await eventually(() => fake.record('deal', 'd4')).toMatchObject({ stageId: 's6', lostReason: '竞争对手', competitor: '某司' })
    await eventually(() => all(element, 'dialog.ask')).toEqual([])
    expect(cards('s2')).not.toContain('d4')
    expect(events.at(-1)?.type).toBe('crm-saved')
  })

  it('can be left, and the card stays', async () => {
    const { card, element, fake, cards, press } = await open()
    asks(fake, '/lostReason', '输单时要选择原因。', () => true)
    await drop(card('d4'), middle(one(element, '.rail')))
    await eventually(() => all(element, 'dialog.ask[open]').length).toBe(1)
    await press('取消')
    await eventually(() => all(element, 'dialog.ask')).toEqual([])
    expect(cards('s2')[0]).toBe('d4')
    expect(fake.record('deal', 'd4').stageId).toBe('s2')
  })
})

describe('Swim lanes', () => {
  it('cut the columns by a second field, with the server’s figures', async () => {
    const { element, fake, place, cards } = await open({ lanes: 'priority' })
    await eventually(() => all(element, '.lane').map((lane) => textOf(one(lane, 'b')))).toEqual(['低', '普通', '高'])
    expect(fake.seen.find((seen) => seen.path === 'aggregate/deal')?.query.get('group')).toBe('stageId,priority')
    const [, normal] = all(element, '.lane')
    if (!normal) throw new Error('no lane')
    expect(textOf(one(normal, '.count'))).toBe(
      String((fake.records.get('deal') ?? []).filter((record) => record.priority === 'normal').length),
    )
    const column = (fake.records.get('deal') ?? []).filter((record) => record.stageId === 's2')
    const key = (lane: string) => `s2\u001f${lane}`
    await eventually(() => [...cards(key('normal')), ...cards(key('high'))].length).toBe(column.length)
    expect(place(key('high')).getAttribute('aria-label')).toBe('需求确认 · 高')
    expect(textOf(all(element, '.lane-head')[1] ?? element)).toContain('需求确认 5')
    const left = (selector: string, root: Element = element) =>
      all(root, selector).map((each) => Math.round(each.getBoundingClientRect().left * 10))
    expect(left('.lane-head')).toEqual(left('.cell', normal))
  })

  it('read only the crossings that have cards', async () => {
    const { fake, element } = await open({ lanes: 'ownerId' })
    await eventually(() => all(element, '[data-card]').length).toBeGreaterThan(10)
    const crossings = new Set(
      (fake.records.get('deal') ?? []).filter((record) => record.stageId !== 's6').map((record) => `${record.stageId} ${record.ownerId}`),
    )
    expect(fake.seen.filter((seen) => seen.path === 'records/deal').length).toBe(crossings.size)
  })

  it('change both fields when a card crosses both', async () => {
    const { fake, element, place, cards, card, said } = await open({ lanes: 'priority' })
    await eventually(() => all(element, '[data-card]').length).toBeGreaterThan(10)
    const id = cards('s2\u001fnormal')[0] ?? ''
    const target = place('s3\u001fhigh')
    target.scrollIntoView({ block: 'center' })
    await element.updateComplete
    one(card(id), '.card-open').focus()
    await userEvent.keyboard(' {ArrowRight}')
    await eventually(said).toContain('方案报价 · 普通')
    await userEvent.keyboard('{Escape}')
    void element.move(id, 's3\u001fhigh')
    await eventually(() => fake.record('deal', id)).toMatchObject({ stageId: 's3', priority: 'high' })
    await eventually(() => cards('s3\u001fhigh')).toContain(id)
  })

  it('stay the same lane when only a column is named', async () => {
    const { fake, element, cards } = await open({ lanes: 'priority' })
    await eventually(() => all(element, '[data-card]').length).toBeGreaterThan(10)
    const id = cards('s2\u001fnormal')[0] ?? ''
    await element.move(id, 's4')
    expect(fake.record('deal', id)).toMatchObject({ stageId: 's4', priority: 'normal' })
  })

  it('fold, and are chosen from a menu', async () => {
    const { element, press } = await open()
    await press('泳道')
    await eventually(() => all(element, '.menu-item').length).toBeGreaterThan(1)
    await userEvent.click(all(element, '.menu-item').find((item) => textOf(item) === '优先级') ?? element)
    await eventually(() => all(element, '.lane').length).toBe(3)
    await userEvent.click(one(element, '.lane-title button'))
    await eventually(() => one(element, '.lane-title button').getAttribute('aria-expanded')).toBe('false')
    expect(all(all(element, '.lane')[0] ?? element, '[data-column]')).toEqual([])
  })
})
