import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, type Identity } from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import type { Store } from '@guanxi/core/store'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const ada: Identity = { id: 'ada', roles: ['admin'] }

/** The statements of a first and a second page of leads, in an order where the index of a column that may be empty must serve. */
async function pageStatements(store: (observe: (statement: { sql: string }) => void) => Store, sort: string): Promise<string[]> {
  const seen: string[] = []
  const crm = createCrm({ store: store(({ sql }) => seen.push(sql)), tenant: 'main' })
  await crm.open()
  const leads = crm.as(ada).records(lead)
  await leads.createMany(Array.from({ length: 20 }, (_, n) => ({ name: `Lead ${n}`, receivedAt: n % 3 ? 1_700_000_000_000 + n : null })))
  seen.length = 0
  const { cursor } = await leads.find({ sort: [sort], limit: 5 })
  await leads.find({ sort: [sort], limit: 5, cursor: cursor ?? '' })
  await crm.close()
  return seen.filter((sql) => sql.includes('ORDER BY'))
}

describe.each(['-receivedAt', 'receivedAt'])('pages sorted by %s, which may be empty', (sort) => {
  test('need no sorting on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guanxi-pages-'))
    const file = join(folder, 'crm.db')
    const statements = await pageStatements((observe) => sqlite(file, { driver: 'better-sqlite3', observe }), sort)
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
    const statements = await pageStatements((observe) => postgres(database.url, { observe }), sort)
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
