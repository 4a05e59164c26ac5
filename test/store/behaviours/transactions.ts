import { setImmediate } from 'node:timers/promises'
import { type SelectPlan, StoreFailure, type StoreSession, UniqueViolation } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { changes, insert, lead, leadTable, newId, read, updatePlan, updateValues } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const locked: SelectPlan = {
  table: leadTable,
  columns: ['amount', 'version'],
  where: { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
  order: [],
  lock: true,
  revision: false,
}

export function transactions(subject: () => Subject): void {
  const store = () => subject().store
  const session = () => subject().store.direct

  test('a transaction keeps all of its work', async () => {
    const [first, second] = [lead(), lead()]
    const answer = await store().transaction(async (inside) => {
      expect(inside.transactional).toBe(true)
      await insert(inside, first)
      expect(await read(inside, first.id)).toBeDefined()
      await insert(inside, second)
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await read(session(), first.id)).toBeDefined()
    expect(await read(session(), second.id)).toBeDefined()
  })

  test('a transaction that throws keeps nothing, and throws the same error', async () => {
    const [values, error] = [lead(), new Error('changed my mind')]
    const work = store().transaction(async (inside) => {
      await insert(inside, values)
      throw error
    })
    await expect(work).rejects.toBe(error)
    expect(await read(session(), values.id)).toBeUndefined()
  })

  test('a refusal inside a transaction is an answer, not an error', async () => {
    const values = lead()
    await store().transaction(async (inside) => {
      await insert(inside, values)
      const plan = updatePlan(['note'], { returning: ['note'], diff: 'sql' })
      expect((await inside.write(plan, updateValues(values.id, ['x'], { version: 9 }))).refused).toEqual(['version'])
      expect((await inside.write(plan, updateValues(values.id, ['y'], { version: 1 }))).row).toMatchObject({ note: 'y' })
    })
    expect(await read(session(), values.id)).toMatchObject({ note: 'y' })
  })

  test('an error that somebody caught still ends the transaction', async () => {
    const [values, taken] = [lead(), lead()]
    await insert(session(), taken)
    const work = store().transaction(async (inside) => {
      await insert(inside, values)
      await insert(inside, { ...lead(), id: taken.id }).catch(() => {})
    })
    await expect(work).rejects.toThrow(UniqueViolation)
    expect(await read(session(), values.id)).toBeUndefined()
  })

  test('nested work that throws is undone, and the transaction goes on', async () => {
    const [before, undone, kept, taken] = [lead(), lead(), lead(), lead()]
    await insert(session(), taken)
    await store().transaction(async (inside) => {
      await insert(inside, before)
      const failing = inside.nested(async () => {
        await insert(inside, undone)
        await insert(inside, { ...lead(), id: taken.id })
      })
      await expect(failing).rejects.toThrow(UniqueViolation)
      await inside.nested(() => inside.nested(() => insert(inside, kept)))
      await expect(inside.nested(() => Promise.reject(new Error('inner')))).rejects.toThrow('inner')
    })
    const there = await Promise.all([before, undone, kept].map(async ({ id }) => (await read(session(), id)) !== undefined))
    expect(there).toEqual([true, false, true])
  })

  test('nesting needs a transaction, and a session ends with its transaction', async () => {
    await expect(session().nested(() => Promise.resolve())).rejects.toThrow(TypeError)
    const kept = await store().transaction(async (inside): Promise<StoreSession> => inside)
    await expect(read(kept, newId())).rejects.toThrow(StoreFailure)
  })

  test('statements sent at once on one session do not get into each other', async () => {
    const records = Array.from({ length: 10 }, () => lead())
    await store().transaction(async (inside) => {
      await Promise.all(records.map((values) => insert(inside, values)))
    })
    for (const { id } of records) expect(await read(session(), id)).toBeDefined()
  })

  test('attack:C08 fifty at once that read and then write lose nothing and never meet a locked database', async () => {
    const target = lead({ amount: 0 })
    await insert(session(), target)
    const plan = updatePlan(['amount'])
    const stores = [subject().store, subject().second ?? subject().store]
    const bump = (index: number) =>
      stores[index % 2]?.transaction(async (inside) => {
        const [row] = await inside.select(locked, [target.tenant_id, target.id])
        const outcome = await inside.write(plan, updateValues(target.id, [Number(row?.amount) + 1], { version: Number(row?.version) }))
        expect(outcome.refused).toEqual([])
      })
    await Promise.all(Array.from({ length: 50 }, (_, index) => bump(index)))
    expect(await read(session(), target.id)).toMatchObject({ amount: 50, version: 51 })
    const mine = (await changes(session())).filter((row) => row.record_id === target.id)
    expect(new Set(mine.map((row) => Number(row.version))).size).toBe(51)
  })

  test('work that loses against somebody else is done again', async () => {
    const values = lead()
    let tries = 0
    await store().transaction(async (inside) => {
      tries += 1
      await insert(inside, values)
      if (tries < 3) throw new StoreFailure('lost', true, { cause: Object.assign(new Error('deadlock'), { code: '40P01' }) })
    })
    expect(tries).toBe(3)
    expect(await read(session(), values.id)).toMatchObject({ version: 1 })
  })
}

/** Where somebody else can write to the same database. */
export function transactionsTogether(subject: () => Subject): void {
  test("a write waits for somebody else's transaction to end, and nobody's work stands still meanwhile", async () => {
    const { store, second } = subject()
    const [theirs, first, then] = [lead(), lead(), lead()]
    const waiting: Promise<unknown>[] = []
    await second?.transaction(async (inside) => {
      await insert(inside, theirs)
      waiting.push(insert(store.direct, first))
      waiting.push(store.transaction((session) => insert(session, then)))
      for (let turn = 0; turn < 50; turn++) await setImmediate()
      expect(await read(inside, theirs.id)).toBeDefined()
    })
    await Promise.all(waiting)
    for (const { id } of [theirs, first, then]) expect(await read(store.direct, id)).toBeDefined()
  })
}
