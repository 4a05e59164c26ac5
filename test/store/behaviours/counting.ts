import { balanceTable, type CounterTake } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { change, insert, insertPlan, insertValues, lead, newId, read, tenant, updatePlan, updateValues } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const claimers = 64

export function counting(subject: () => Subject): void {
  const session = () => subject().store.direct
  const used = async (kind: string, key: string): Promise<number> => {
    const [row] = await session().select(balance, [tenant, kind, key])
    return Number(row?.used ?? 0)
  }

  test('64 claimers over two counters never exceed a capacity, nor leave a counter half taken', async () => {
    const people = [newId(), newId(), newId()]
    const plan = updatePlan(['note'], { counters: 2, diff: 'sql' })
    const claim = async (index: number): Promise<string | null> => {
      const target = lead()
      await insert(session(), target)
      const person = people[index % people.length] as string
      const takes: CounterTake[] = [
        { kind: 'holding', key: person, amount: 1, capacity: 15 },
        { kind: 'today', key: person, amount: 1, capacity: 8 },
      ]
      // Half of the callers name the counters the other way round: the locks must not care.
      const counters = index % 2 ? takes : takes.toReversed()
      const outcome = await session().write(plan, updateValues(target.id, [person], { version: 1, counters, change: unknown }))
      expect(outcome.written ? [] : ['counter']).toEqual(outcome.refused)
      expect((await read(session(), target.id))?.note).toBe(outcome.written ? person : null)
      return outcome.written ? person : null
    }
    const winners = await Promise.all(Array.from({ length: claimers }, (_, index) => claim(index)))
    for (const person of people) {
      expect(winners.filter((winner) => winner === person)).toHaveLength(8)
      expect([await used('holding', person), await used('today', person)]).toEqual([8, 8])
    }
  })

  test('one record claimed by many at once has one winner', async () => {
    const target = lead()
    await insert(session(), target)
    const plan = updatePlan(['note'], { counters: 1 })
    const person = newId()
    const counters = [{ kind: 'holding', key: person, amount: 1, capacity: null }]
    const claims = Array.from({ length: claimers }, () =>
      session().write(plan, updateValues(target.id, ['mine'], { version: 1, counters })),
    )
    const outcomes = await Promise.all(claims)
    expect(outcomes.filter((outcome) => outcome.written)).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.refused.includes('version'))).toHaveLength(claimers - 1)
    expect(await used('holding', person)).toBe(1)
  })

  test('first takers of a counter nobody has used meet at the same balance', async () => {
    const key = newId()
    const plan = insertPlan({ counters: 1 })
    const counters = [{ kind: 'fresh', key, amount: 1, capacity: 1 }]
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => session().write(plan, insertValues(lead(), { counters }))))
    expect(outcomes.filter((outcome) => outcome.written)).toHaveLength(1)
    expect(await used('fresh', key)).toBe(1)
  })

  test('of many new records exactly as many take a counter as there is room for', async () => {
    const key = newId()
    const plan = insertPlan({ counters: 1, references: ['lead'] })
    const target = lead()
    await insert(session(), target)
    const counters = [{ kind: 'room', key, amount: 2, capacity: 9 }]
    const write = () => session().write(plan, insertValues(lead(), { counters, references: [target.id] }))
    const outcomes = await Promise.all(Array.from({ length: 16 }, write))
    expect(outcomes.filter((outcome) => outcome.written)).toHaveLength(4)
    expect(outcomes.filter((outcome) => outcome.refused.join() === 'counter' && outcome.full.join() === '0')).toHaveLength(12)
    expect(await used('room', key)).toBe(8)
  })

  test('of a new record every guard that fails is named, and its counter is not taken', async () => {
    const [key, values] = [newId(), lead()]
    const plan = insertPlan({ counters: 1, references: ['lead', 'lead'] })
    const outcome = await session().write(
      plan,
      insertValues(values, {
        revision: 99,
        counters: [{ kind: 'room', key, amount: 2, capacity: 1 }],
        references: [null, newId()],
      }),
    )
    expect(outcome).toMatchObject({ written: false, full: [0], missing: [1] })
    expect(new Set(outcome.refused)).toEqual(new Set(['revision', 'counter', 'reference']))
    expect(await used('room', key)).toBe(0)
    expect(await read(session(), values.id)).toBeUndefined()
  })

  test('a balance below nothing has room for more than the capacity at once', async () => {
    const key = newId()
    const plan = insertPlan({ counters: 1 })
    const take = (amount: number, capacity: number | null) =>
      session().write(plan, insertValues(lead(), { counters: [{ kind: 'below', key, amount, capacity }] }))
    expect((await take(8, 4)).written).toBe(false)
    expect((await take(-5, null)).written).toBe(true)
    expect((await take(8, 4)).written).toBe(true)
    expect((await take(2, 4)).refused).toEqual(['counter'])
    expect(await used('below', key)).toBe(3)
  })

  test('a counter named twice is judged and taken by the sum', async () => {
    const key = newId()
    const plan = insertPlan({ counters: 2 })
    const take = (amount: number, capacity: number) => ({ kind: 'twice', key, amount, capacity })
    const refused = await session().write(plan, insertValues(lead(), { counters: [take(2, 10), take(3, 4)] }))
    expect(refused).toMatchObject({ written: false, refused: ['counter'], full: [1] })
    expect(await used('twice', key)).toBe(0)
    await session().write(plan, insertValues(lead(), { counters: [take(2, 10), take(3, 10)] }))
    expect(await used('twice', key)).toBe(5)
  })

  test('a counter gives back what is negative', async () => {
    const key = newId()
    const plan = insertPlan({ counters: 1 })
    for (const amount of [5, -3]) {
      await session().write(plan, insertValues(lead(), { counters: [{ kind: 'back', key, amount, capacity: null }] }))
    }
    expect(await used('back', key)).toBe(2)
  })
}

const unknown = change({ op: 'update', values: null, digest: null })

const balance = {
  table: balanceTable,
  columns: ['used'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: { column: 'kind', nullable: false }, param: 1 },
      { op: 'eq', operand: { column: 'key', nullable: false }, param: 2 },
    ],
  },
  order: [],
  revision: false,
} as const
