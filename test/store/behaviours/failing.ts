import { type StoreSession, systemTables } from '@guanxi/core/store'
import { afterEach, expect, test } from 'vitest'
import {
  change,
  changes,
  columns,
  insert,
  insertPlan,
  insertValues,
  keys,
  keyTable,
  type Lead,
  lead,
  leads,
  tenant,
  updatePlan,
  updateValues,
} from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const satellite = { op: 'insert', table: keyTable, columns: ['tenant_id', 'kind', 'value', 'lead_id'], conflict: 'error' } as const
const counters = [{ kind: 'failing', key: 'k', amount: 1, capacity: null }]
const balance = systemTables.find((table) => table.name === 'crm_balance')

/** Use cases: each gets a record that is there, and returns when its work is done. */
const cases: Readonly<Record<string, (subject: Subject, there: Lead) => Promise<unknown>>> = {
  'an insert': ({ store }, there) => fullInsert(store.direct, there),
  'an update with a diff by the store': ({ store }, there) => fullUpdate(store.direct, there),
  'an update judged at once': ({ store }, there) => store.direct.write(updatePlan(['note']), updateValues(there.id, ['x'], { version: 1 })),
  'a batch': ({ store }) => batch(store.direct),
  'rows put': ({ store }, there) =>
    store.direct.put({ table: keyTable, columns: satellite.columns }, [[tenant, 'put', '1', there.id]], 'error'),
  'a transaction': ({ store }, there) =>
    store.transaction(async (session) => {
      await fullInsert(session, there)
      await session.nested(() => fullUpdate(session, there))
    }),
}

export function failing(subject: () => Subject): void {
  afterEach(() => subject().watch(null))

  test.each(Object.keys(cases))('attack:K02 whichever call fails, nothing is left of it and the connection is free: %s', async (name) => {
    const run = cases[name] as (typeof cases)[string]
    const there = lead()
    await insert(subject().store.direct, there)
    const before = await everything(subject())
    for (let failingCall = 1; ; failingCall++) {
      const error = new Error(`call ${failingCall} fails`)
      let calls = 0
      subject().watch(() => {
        calls += 1
        if (calls === failingCall) throw error
      })
      const outcome = await run(subject(), there).catch((reason: unknown) => reason)
      subject().watch(null)
      if (calls < failingCall) break
      expect(outcome).toBe(error)
      expect(await everything(subject())).toEqual(before)
    }
    expect(await everything(subject())).not.toEqual(before)
  })

  test('attack:K02 an observer that always throws cannot keep a transaction open', async () => {
    subject().watch(({ label }) => {
      if (label !== 'begin') throw new Error('always')
    })
    await expect(subject().store.transaction((session) => insert(session, lead()))).rejects.toThrow('always')
    subject().watch(null)
    const values = lead()
    expect((await insert(subject().store.direct, values)).written).toBe(true)
  })
}

async function fullInsert(session: StoreSession, there: Lead): Promise<void> {
  const values = lead()
  const plan = insertPlan({ counters: 1, references: ['lead'], satellites: [satellite] })
  const satellites = [[[tenant, 'phone', values.id, values.id]]]
  await session.write(plan, insertValues(values, { counters, references: [there.id], satellites }))
}

async function fullUpdate(session: StoreSession, there: Lead): Promise<void> {
  const plan = updatePlan(['note'], { diff: 'sql', mergeExt: true, returning: ['note'], counters: 1, satellites: [satellite] })
  const satellites = [[[tenant, 'mail', there.id, there.id]]]
  await session.write(plan, updateValues(there.id, ['noted'], { ext: '{"f_1":1}', counters, satellites, change: change({ values: null }) }))
}

async function batch(session: StoreSession): Promise<void> {
  const records = [lead(), lead()]
  const rows = records.map((values) => ({
    id: values.id,
    set: columns.map((column) => values[column] ?? null),
    change: change(),
    version: 1,
  }))
  const satellites = [records.map((values) => [tenant, 'batch', values.id, values.id])]
  await session.writeBatch(insertPlan({ satellites: [satellite] }), { tenant, revision: null, rows, satellites })
}

/** All that a use case may write, read through the store itself: it hangs when a connection was not given back. */
async function everything({ store }: Subject): Promise<unknown> {
  if (!balance) throw new Error('No balance table')
  const order = [{ operand: { column: 'key', nullable: false }, descending: false }] as const
  const taken = await store.direct.select({ table: balance, columns: ['key', 'used'], order, revision: false }, [tenant])
  return {
    leads: await leads(store.direct),
    changes: (await changes(store.direct)).length,
    keys: (await keys(store.direct)).length,
    taken: taken.filter((row) => Number(row.used) !== 0),
  }
}
