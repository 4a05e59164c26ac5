import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, type Identity, type Query } from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import type { Store } from '@guanxi/core/store'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const ada: Identity = { id: 'ada', roles: ['admin'] }

/** The statements of a first and a second page of leads, in an order where the index of a column that may be empty must serve. */
async function pageStatements(
  store: (observe: (statement: { sql: string }) => void) => Store,
  query: Pick<Query, 'where' | 'sort'>,
): Promise<string[]> {
  const seen: string[] = []
  const crm = createCrm({ store: store(({ sql }) => seen.push(sql)), tenant: 'main' })
  await crm.open()
  const leads = crm.as(ada).records(lead)
  await leads.createMany(Array.from({ length: 20 }, (_, n) => ({ name: `Lead ${n}`, receivedAt: n % 3 ? 1_700_000_000_000 + n : null })))
  seen.length = 0
  const { cursor } = await leads.find({ ...query, limit: 5 })
  await leads.find({ ...query, limit: 5, cursor: cursor ?? '' })
  await crm.close()
  return seen.filter((sql) => sql.includes('ORDER BY'))
}

const orders: readonly { name: string; query: Pick<Query, 'where' | 'sort'> }[] = [
  { name: 'sorted by the newest, which may be empty', query: { sort: ['-receivedAt'] } },
  { name: 'sorted by the oldest, which may be empty', query: { sort: ['receivedAt'] } },
  { name: 'of one status, the newest first', query: { where: { status: 'owned' }, sort: ['-receivedAt'] } },
  { name: 'of one status, the oldest first', query: { where: { status: 'owned' }, sort: ['receivedAt'] } },
]

describe.each(orders)('pages $name', ({ query }) => {
  test('need no sorting on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guanxi-pages-'))
    const file = join(folder, 'crm.db')
    const statements = await pageStatements((observe) => sqlite(file, { driver: 'better-sqlite3', observe }), query)
    expect(statements).toHaveLength(2)
    const database = new Sqlite(file)
    for (const sql of statements) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(Array.from(sql.matchAll(/\?/g), () => 1))
      expect(JSON.stringify(plan), sql).not.toContain('TEMP B-TREE')
    }
    database.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('need no sorting on PostgreSQL', async () => {
    const database = await postgresDatabase()
    const statements = await pageStatements((observe) => postgres(database.url, { observe }), query)
    expect(statements).toHaveLength(2)
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    // A table this small would be read whole; the question is whether the index could serve.
    await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off')
    for (const sql of statements) {
      const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN) ${sql}`)
      expect(JSON.stringify(rows), sql).not.toContain('Sort Key')
    }
    await client.end()
    await database.drop()
  })
})

describe('statements on SQLite', () => {
  test('are planned once, however often they run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guanxi-pages-'))
    const file = join(folder, 'crm.db')
    const seen = new Set<string>()
    const crm = createCrm({ store: sqlite(file, { driver: 'better-sqlite3', observe: ({ sql }) => void seen.add(sql) }), tenant: 'main' })
    await crm.open()
    const leads = crm.as(ada).records(lead)
    const made = await leads.create({ name: 'Lead', status: 'raw' })
    seen.clear()
    await leads.find({ where: { status: 'owned' }, sort: ['-receivedAt'], limit: 5 })
    await leads.find({ where: { or: [{ status: 'raw' }, { ownerId: 'ada' }] }, count: true })
    await leads.update(made, { title: 'Buyer' })
    await crm.close()
    const database = new Sqlite(file)
    const timesPlanned = (sql: string): number => {
      const statement = database.prepare(sql)
      const values = Array.from(sql.matchAll(/\?/g), () => 1)
      // The driver makes a function for the rows of a statement whenever SQLite has planned it.
      const factories = vi.spyOn(globalThis, 'Function')
      for (let run = 0; run < 3; run++) statement.all(values)
      const { length } = factories.mock.calls
      factories.mockRestore()
      return length
    }
    const reads = [...seen].filter((sql) => sql.startsWith('SELECT'))
    expect(reads.length).toBeGreaterThanOrEqual(3)
    for (const sql of reads) expect(timesPlanned(sql), sql).toBeLessThanOrEqual(1)
    // What is planned for its value is planned each time.
    expect(timesPlanned(`SELECT 1 AS "one", ? AS "a" LIMIT ?`)).toBe(3)
    database.close()
    await rm(folder, { recursive: true, force: true })
  })
})
