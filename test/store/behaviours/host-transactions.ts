import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { StoreFailure, UniqueViolation } from '@guanxi/core/store'
import type { Knex } from 'knex'
import { expect, test } from 'vitest'
import { insert, lead, read, updatePlan, updateValues } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

/** Where the host has a knex of its own. */
export function hostTransactions(subject: () => Subject): void {
  const session = () => subject().store.direct
  const host = (): Knex => subject().host as Knex

  test("the host's rollback removes our rows", async () => {
    const values = lead()
    const work = host().transaction(async (trx) => {
      await insert(subject().store.within(trx), values)
      throw new Error('the host gives up')
    })
    await expect(work).rejects.toThrow('the host gives up')
    expect(await read(session(), values.id)).toBeUndefined()
  })

  test("the host's commit keeps our rows and its own", async () => {
    const [values, own] = [lead(), lead()]
    await host().transaction(async (trx) => {
      const inside = subject().store.within(trx)
      expect(inside.transactional).toBe(true)
      await insert(inside, values)
      await trx('lead').insert({ ...own })
      expect(await read(inside, own.id)).toBeDefined()
    })
    expect(await read(session(), values.id)).toBeDefined()
    expect(await read(session(), own.id)).toBeDefined()
  })

  test("a refusal or a unique violation leaves the host's transaction usable", async () => {
    const [values, taken, own] = [lead(), lead(), lead()]
    await insert(session(), taken)
    await host().transaction(async (trx) => {
      const inside = subject().store.within(trx)
      await insert(inside, values)
      const refused = await inside.write(updatePlan(['note']), updateValues(values.id, ['x'], { version: 9 }))
      expect(refused.refused).toEqual(['version'])
      await expect(insert(inside, { ...lead(), id: taken.id })).rejects.toThrow(UniqueViolation)
      await inside.write(updatePlan(['note']), updateValues(values.id, ['kept'], { version: 1 }))
      await trx('lead').insert({ ...own })
    })
    expect(await read(session(), values.id)).toMatchObject({ note: 'kept' })
    expect(await read(session(), own.id)).toBeDefined()
  })

  test("work nested in the host's transaction is undone alone", async () => {
    const [undone, kept] = [lead(), lead()]
    await host().transaction(async (trx) => {
      const inside = subject().store.within(trx)
      const failing = inside.nested(async () => {
        await insert(inside, undone)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await inside.nested(() => insert(inside, kept))
    })
    expect(await read(session(), undone.id)).toBeUndefined()
    expect(await read(session(), kept.id)).toBeDefined()
  })

  test('an observer that throws undoes the write and leaves the transaction usable', async () => {
    const [undone, kept] = [lead(), lead()]
    await host().transaction(async (trx) => {
      const inside = subject().store.within(trx)
      subject().watch(({ label }) => {
        if (label === 'release') throw new Error('watched')
      })
      await expect(inside.nested(() => insert(inside, undone))).rejects.toThrow('watched')
      subject().watch(null)
      await insert(inside, kept)
    })
    expect(await read(session(), undone.id)).toBeUndefined()
    expect(await read(session(), kept.id)).toBeDefined()
  })

  test('only a running transaction of the same engine is taken', async () => {
    const { store } = subject()
    expect(() => store.within(host())).toThrow(TypeError)
    expect(() => store.within({})).toThrow(TypeError)
    expect(() => store.within(null)).toThrow(TypeError)
    const trx = await host().transaction()
    await trx.commit()
    expect(() => store.within(trx)).toThrow(/already ended/)
  })

  test("closing a store on the host's knex leaves the host its connections", async () => {
    const { store } = subject()
    const another = store.engine === 'postgres' ? postgres(host()) : sqlite(host())
    await another.open()
    const values = lead()
    await insert(another.direct, values)
    await another.close()
    expect(() => another.direct).toThrow(StoreFailure)
    expect(await host()('lead').where({ id: values.id })).toHaveLength(1)
  })
}
