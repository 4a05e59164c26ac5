import { StoreFailure } from '@guanxi/core/store'
import type { Knex } from 'knex'
import { expect, test, vi } from 'vitest'
import { insert, lead } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

export function changeLog(subject: () => Subject): void {
  const session = () => subject().store.direct

  test('changes come once each, in the order of their writing, page by page', async () => {
    const start = await atEnd(subject())
    const records = [lead(), lead({ tenant_id: 'another' }), lead()]
    for (const values of records) await insert(session(), values)
    const seen: unknown[] = []
    let cursor = start
    await vi.waitFor(async () => {
      const page = await session().changesAfter(cursor, 2)
      seen.push(...page.rows.map((row) => row.record_id))
      cursor = page.cursor
      expect(seen).toHaveLength(records.length)
    }, patience)
    expect(seen).toEqual(records.map((values) => values.id))
    expect(await session().changesAfter(cursor, 2)).toEqual({ rows: [], cursor })
  })

  test('a cursor that is none of ours is refused', async () => {
    await expect(session().changesAfter("1'; DROP TABLE lead", 1)).rejects.toThrow(StoreFailure)
  })
}

/** PostgreSQL: transactions run side by side, and numbers given early may be committed late. */
export function changeLogAcrossTransactions(subject: () => Subject): void {
  test('a change whose transaction is still running is not passed over when a later one commits first', async () => {
    const { store, host } = subject()
    const start = await atEnd(subject())
    const [early, late] = [lead(), lead()]
    const trx = await (host as Knex).transaction()
    await insert(store.within(trx), early)
    await insert(store.direct, late)
    expect((await store.direct.changesAfter(start, 10)).rows).toEqual([])
    await trx.commit()
    await vi.waitFor(async () => {
      const { rows } = await store.direct.changesAfter(start, 10)
      expect(rows.map((row) => row.record_id)).toEqual([early.id, late.id])
    }, patience)
  })
}

/** Transactions of other databases on the same server hold the log back, too. */
const patience = { timeout: 20_000, interval: 20 }

async function atEnd({ store }: Subject): Promise<string | null> {
  const marker = lead({ tenant_id: 'marker' })
  await insert(store.direct, marker)
  let cursor: string | null = null
  await vi.waitFor(async () => {
    const page = await store.direct.changesAfter(cursor, 1_000)
    cursor = page.cursor
    expect(page.rows.at(-1)?.record_id).toBe(marker.id)
  }, patience)
  return cursor
}
