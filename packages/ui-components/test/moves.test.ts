import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { Lanes } from '../src/board/lanes.ts'
import { MoveQueue } from '../src/board/move-queue.ts'
import { add, mainSum, NOTHING, sumOf, totalsFrom } from '../src/board/totals.ts'
import { Session } from '../src/client/session.ts'
import { FakeServer } from './support/fake-server.ts'
import { clear } from './support/mount.ts'

const COLUMNS = ['s1', 's2', 's3', 's4', 's5', 's6']

async function setUp() {
  const fake = new FakeServer({ deals: 0 })
  const session = new Session('/crm', { fetch: fake.fetch })
  const lanes = new Lanes({ session, requestUpdate: () => undefined })
  lanes.reset({ object: 'deal', groupBy: 'stageId', laneField: null, pipelineId: 'p1', amount: 'amount', rank: null }, COLUMNS)
  session.store.subscribe((event) => lanes.follow(event))
  await Promise.all(COLUMNS.map((stageId) => lanes.feed(stageId)?.load('deal', { where: { stageId } })))
  lanes.totals = totalsFrom(
    await session.client.aggregate('deal', { group: 'stageId', measures: ['count', 'sum:amount'] }),
    ['stageId'],
    'amount',
  )
  const queue = new MoveQueue(session, 'deal', lanes)
  const snapshot = () =>
    COLUMNS.map((key) => ({
      key,
      ids: lanes.feed(key)?.ids,
      count: lanes.total(key).count,
      sums: [...lanes.total(key).sums].filter(([, minor]) => minor !== 0).sort(),
    }))
  const move = (id: string, to: string) => {
    const from = String(session.store.get('deal', id)?.stageId)
    const [values, before] = [new Map([['stageId', to]]), new Map([['stageId', from]])]
    return queue.run({ id, values, before, index: 0, indexBefore: lanes.indexOf(id, from) })
  }
  return { fake, session, lanes, queue, snapshot, move }
}

const anyMove = fc.record({ id: fc.integer({ min: 0, max: 15 }).map((index) => `d${index}`), to: fc.constantFrom(...COLUMNS) })

afterEach(clear)

describe('Lanes', () => {
  it('come back to what they were when every change is inverted, last first', async () => {
    const { lanes, session, snapshot } = await setUp()
    const before = snapshot()
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 20 }), (moves) => {
        const inverses = moves.map(({ id, to }) => {
          const from = lanes.columnOf(session.store.get('deal', id)) ?? ''
          const index = lanes.indexOf(id, from)
          lanes.land(id, 0)
          return { id, index, values: session.store.patch('deal', id, { stageId: to }) }
        })
        for (const { id, index, values } of inverses.reverse()) {
          lanes.land(id, index)
          session.store.patch('deal', id, values)
        }
        expect(snapshot()).toEqual(before)
      }),
    )
  })

  it('always hold every record once, with counts and sums that fit', async () => {
    const { lanes, session } = await setUp()
    const all = sumOf(COLUMNS.map((key) => lanes.total(key)))
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 20 }), (moves) => {
        for (const { id, to } of moves) session.store.patch('deal', id, { stageId: to })
        const ids = COLUMNS.flatMap((key) => lanes.feed(key)?.ids ?? [])
        expect(new Set(ids).size).toBe(16)
        expect(ids.length).toBe(16)
        for (const key of COLUMNS) expect(lanes.total(key).count).toBe(lanes.feed(key)?.ids.length)
        expect(sumOf(COLUMNS.map((key) => lanes.total(key)))).toEqual(all)
      }),
    )
  })
})

describe('Moves', () => {
  it('of one record go to the server one after the other, each from the version the last one left', async () => {
    const { fake, move } = await setUp()
    const results = await Promise.all([move('d4', 's3'), move('d4', 's4'), move('d4', 's5')])
    expect(results.every((result) => result.ok)).toBe(true)
    expect(fake.record('deal', 'd4')).toMatchObject({ stageId: 's5', version: 4 })
    expect(fake.seen.filter((seen) => seen.method === 'PATCH').map((seen) => seen.headers.get('if-match'))).toEqual(['"1"', '"2"', '"3"'])
  })

  it('that are refused leave a later one of the same record alone', async () => {
    const { fake, move, lanes, session } = await setUp()
    fake.refuseNext((seen) => seen.method === 'PATCH', { status: 422, code: 'RULE', message: 'no' })
    const [first, second] = await Promise.all([move('d4', 's3'), move('d4', 's4')])
    expect([first?.ok, second?.ok]).toEqual([false, true])
    expect(lanes.columnOf(session.store.get('deal', 'd4'))).toBe('s4')
    expect(fake.record('deal', 'd4').stageId).toBe('s4')
  })

  it('that are all refused end where the server has the record, and leave everything else as it became', async () => {
    const { fake, move, lanes, session, snapshot } = await setUp()
    const before = snapshot()
    const refused = (seen: { method: string; path: string }) => seen.method === 'PATCH' && seen.path === 'records/deal/d4'
    for (const _ of [1, 2]) fake.refuseNext(refused, { status: 422, code: 'RULE', message: 'no' })
    const results = Promise.all([move('d4', 's3'), move('d4', 's4'), move('d5', 's1')])
    expect(snapshot()).not.toEqual(before)
    await results
    expect(lanes.columnOf(session.store.get('deal', 'd4'))).toBe('s2')
    expect(lanes.columnOf(session.store.get('deal', 'd5'))).toBe('s1')
    await move('d5', 's2')
    expect(new Set(lanes.feed('s2')?.ids)).toEqual(new Set(before[1]?.ids))
  })
})

describe('Totals', () => {
  it('never add two currencies', () => {
    const total = add(add(add(NOTHING, 1, { minor: 100, currency: 'CNY' }), 1, { minor: 50, currency: 'USD' }), 1, null)
    expect(total.count).toBe(3)
    expect(
      mainSum(
        {
          count: 1,
          sums: new Map([
            ['CNY', 0],
            ['USD', 50],
          ]),
        },
        'CNY',
      ),
    ).toEqual({
      money: { minor: 50, currency: 'USD' },
      others: [],
    })
    expect(mainSum(NOTHING, 'CNY').money).toEqual({ minor: 0, currency: 'CNY' })
    expect(mainSum(total, 'CNY')).toEqual({ money: { minor: 100, currency: 'CNY' }, others: [{ minor: 50, currency: 'USD' }] })
  })

  it('take off what they added', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('CNY', 'USD'), (minor, currency) => {
        const back = add(add(NOTHING, 1, { minor, currency }), -1, { minor, currency })
        expect(back.count).toBe(0)
        expect(back.sums.get(currency)).toBe(0)
      }),
    )
  })
})
