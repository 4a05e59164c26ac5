import { postgres } from '@guanxi/adapters/postgres'
import { pipeline } from '@guanxi/core/standard'
import { createTestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startPostgres } from '../support/postgres-server.ts'

/** Uses up transaction ids until the next one is `left` below the next power of ten. */
async function approachPowerOfTen(client: pg.Client, left: number): Promise<void> {
  await client.query('create temp table if not exists spent (n int)')
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  const now = Number(rows[0]?.id)
  const goal = 10 ** String(now + left).length - left
  await client.query(
    `do $$ begin for i in 1..${Math.max(0, goal - now - 2)} loop begin insert into spent values (1); delete from spent; exception when others then null; end; end loop; end $$`,
  )
}

test('changes come in the order of transactions, also where their ids grow a digit', { timeout: 120_000 }, async () => {
  // A server of its own: a young one is a few hundred transactions away from the next digit.
  const { url, stop } = await startPostgres()
  const store = postgres(url)
  const crm = await createTestCrm({ store })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const records = crm.user().records(pipeline)
    await records.count()
    await approachPowerOfTen(client, 6)
    for (let turn = 0; turn < 12; turn++) await records.create({ name: `turn ${turn}` })
    const seen: string[] = []
    let position: string | null = null
    for (let page = 0; page < 100; page++) {
      const { rows, cursor } = await store.direct.changesAfter(position, 5)
      if (rows.length === 0) break
      seen.push(...rows.map((row) => String(row.id)))
      position = cursor
    }
    const { records: all } = await records.find({ limit: 100 })
    expect(new Set(seen).size).toBe(seen.length)
    const made = await Promise.all(all.map(async ({ id }) => (await records.changes(id)).entries[0]?.id))
    for (const id of made) expect(seen).toContain(id)
  } finally {
    await client.end()
    await crm.close()
    await stop()
  }
})
