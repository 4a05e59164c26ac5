import type { Crm, DeciderRun, Identity } from '@guanxi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { fill, openDepot, parcel, people, today } from './parcels.ts'

const id = 'depot.stale'

describe.each(engines)('a run through hooks on $name', (engine) => {
  let database: Database
  let crm: Crm
  let admin: Identity
  let ids: readonly string[]
  let refused: (name: string) => boolean
  let failing: ((sql: string, label: string) => void) | null = null
  const deciders = () => crm.as(admin).deciders

  beforeAll(async () => {
    const created = await engine.create()
    database = { ...created, store: () => created.store({ observe: ({ sql, label }) => failing?.(sql, label) }) }
    crm = await openDepot(database, {
      hook: ({ next }, reject) => {
        if (refused(String(next.name))) reject()
      },
    })
  })

  beforeEach(async () => {
    ;({ admin } = people())
    refused = () => false
    ids = await fill(crm, admin)
    await deciders().propose(id, { limits: { blast: { records: null } } })
    await deciders().advance(id, { to: 'on' })
  })

  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const run = async (): Promise<DeciderRun> => {
    const result = await deciders().run(id)
    if (result.status !== 'done') throw new Error('it should have run')
    return result.run
  }

  it('says why it does not go by one statement, and gives the same records the same values', async () => {
    expect((await deciders().preview(id)).path).toEqual({ way: 'batches', because: ['depot:watch listens'] })
    expect(await run()).toMatchObject({ status: 'done', affected: 28, skipped: { count: 0 } })
    expect(
      await crm
        .as(admin)
        .records(parcel)
        .get(ids[10] ?? ''),
    ).toMatchObject({ score: 20, ownerId: 'chief', urgent: true, version: 2 })
    expect(
      await crm
        .as(admin)
        .records(parcel)
        .get(ids[30] ?? ''),
    ).toMatchObject({ status: 'lost', ownerId: null, urgent: false })
    expect(await deciders().why('parcel', ids[10] ?? '')).toMatchObject([
      { rule: 'waiting', because: { en: 'waiting for 40 days: Parcel 010, 10.5, yes' }, facts: { price: '10.50', days: 40 } },
    ])
    const undone = await deciders().undo((await deciders().runs())[0]?.id ?? '')
    expect(undone.undo).toMatchObject({ undone: 28, kept: [] })
    expect(
      await crm
        .as(admin)
        .records(parcel)
        .get(ids[10] ?? ''),
    ).toMatchObject({ score: 10, ownerId: 'ann' })
  })

  it('leaves out what a hook refuses, and names it', async () => {
    refused = (name) => name === 'Parcel 010' || name === 'Parcel 030'
    const done = await run()
    expect(done).toMatchObject({ affected: 26, skipped: { count: 2 } })
    expect(done.skipped.cases.map(({ id: one, code }) => [one, code]).toSorted()).toEqual(
      [
        [ids[10], 'DEPOT_REFUSED'],
        [ids[30], 'DEPOT_REFUSED'],
      ].toSorted(),
    )
    expect(
      (
        await crm
          .as(admin)
          .records(parcel)
          .get(ids[10] ?? '')
      ).version,
    ).toBe(1)
  })

  it('is gone on with where it stopped', async () => {
    failing = (_, label) => {
      if (label === 'set crm_decider_run') throw new Error('the connection is gone')
    }
    await expect(deciders().run(id, { at: today })).rejects.toThrow()
    failing = null
    expect(
      await crm
        .as(admin)
        .records(parcel)
        .count({ where: { ownerId: 'chief' } }),
    ).toBe(0)
    expect(await deciders().runs()).toMatchObject([{ status: 'running', affected: 0 }])
    expect(await run()).toMatchObject({ status: 'done', affected: 28 })
    expect(await deciders().runs()).toHaveLength(1)
  })
})
