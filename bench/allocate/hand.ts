import { createHash, randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'
import { v7 } from 'uuid'
import type { Place } from '../database.ts'
import { type Twin, twinOf } from '../twin.ts'

/** The bare writes of an allocation, as somebody would write them for this one purpose: by turns, without a limit, a log or a reason. */
export interface HandAllocation {
  /** Gives every pooled lead to the next of these people; the answer is how many. */
  allocate(people: readonly string[], now: number): Promise<number>
  /** Everything as it was before. */
  reset(): Promise<void>
  settle(): Promise<void>
  close(): Promise<void>
}

export async function openHandAllocation(place: Place): Promise<HandAllocation> {
  if (place.engine === 'postgres') return openPostgres(place.url)
  const twin = await twinOf(place, 'SELECT 1')
  return openSqlite(twin ?? { place, both: async () => {} })
}

const changeColumns =
  'tenant_id, id, object, record_id, version, op, at, recorded_at, actor_kind, actor_id, cause, authors, "values", salt, digest'
const chunk = 10_000

async function openPostgres(url: string): Promise<HandAllocation> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const pooled = `SELECT id FROM crm_pool_lead WHERE tenant_id = 'bench' AND deleted_at IS NULL AND owner_id IS NULL ORDER BY id FOR UPDATE`
  const give = `
    WITH due AS MATERIALIZED (
      SELECT l.id, l.version, g.owner FROM unnest($1::uuid[], $2::text[]) AS g (id, owner)
      JOIN crm_pool_lead l ON l.tenant_id = 'bench' AND l.id = g.id
    ), written AS (
      UPDATE crm_pool_lead l SET owner_id = d.owner, version = d.version + 1, updated_at = $3, updated_by = 'admin'
      FROM due d WHERE l.tenant_id = 'bench' AND l.id = d.id RETURNING l.id
    ), logged AS (
      INSERT INTO crm_change (${changeColumns})
      SELECT 'bench', gen_random_uuid(), 'pool_lead', id, version + 1, 'update', $3, $3, 'user', 'admin',
        ('{"kind":"turn","person":"' || owner || '"}')::json, NULL, text::json, salt, encode(sha256(convert_to(salt || text, 'UTF8')), 'hex')
      FROM (
        SELECT id, version, owner, replace(gen_random_uuid()::text, '-', '') AS salt, '{"owner_id":[null,' || to_json(owner) || ']}' AS text
        FROM due OFFSET 0
      ) d
    ) SELECT count(*) AS due FROM written`
  return {
    async allocate(people, now) {
      await client.query('BEGIN')
      const ids = (await client.query<{ id: string }>(pooled)).rows.map(({ id }) => id)
      for (let start = 0; start < ids.length; start += chunk) {
        const some = ids.slice(start, start + chunk)
        await client.query(give, [some, some.map((_, index) => people[(start + index) % people.length]), now])
      }
      await client.query('COMMIT')
      return ids.length
    },
    reset: async () => {
      await client.query(`UPDATE crm_pool_lead SET owner_id = NULL, version = 1 WHERE version > 1`)
      await client.query(`DELETE FROM crm_change WHERE op = 'update'`)
      await client.query('VACUUM ANALYZE crm_pool_lead')
      await client.query('VACUUM ANALYZE crm_change')
    },
    settle: async () => void (await client.query('VACUUM ANALYZE')),
    close: () => client.end(),
  }
}

async function openSqlite({ place, both }: Twin): Promise<HandAllocation> {
  const database = new Database('file' in place ? place.file : '')
  database.pragma('busy_timeout = 5000')
  database.pragma('synchronous = normal')
  const pooled = database.prepare<unknown[], { readonly id: string; readonly version: number }>(
    `SELECT id, version FROM crm_pool_lead WHERE tenant_id = 'bench' AND deleted_at IS NULL AND owner_id IS NULL ORDER BY id`,
  )
  const update = database.prepare(
    `UPDATE crm_pool_lead SET owner_id = ?, version = version + 1, updated_at = ?, updated_by = 'admin' WHERE tenant_id = 'bench' AND id = ?`,
  )
  const log = database.prepare(`INSERT INTO crm_change (${changeColumns}) VALUES (${Array.from({ length: 15 }, () => '?').join(', ')})`)
  const allocate = database.transaction((people: readonly string[], now: number) => {
    const rows = pooled.all()
    rows.forEach(({ id, version }, index) => {
      const owner = people[index % people.length]
      update.run(owner, now, id)
      const text = JSON.stringify({ owner_id: [null, owner] })
      const salt = randomBytes(16).toString('hex')
      const digest = createHash('sha256')
        .update(salt + text)
        .digest('hex')
      const cause = `{"kind":"turn","person":"${owner}"}`
      log.run('bench', v7(), 'pool_lead', id, version + 1, 'update', now, now, 'user', 'admin', cause, null, text, salt, digest)
    })
    return rows.length
  })
  return {
    allocate: async (people, now) => allocate.immediate(people, now),
    reset: () =>
      both(`UPDATE crm_pool_lead SET owner_id = NULL, version = 1 WHERE version > 1; DELETE FROM crm_change WHERE op = 'update'`),
    settle: async () => {},
    close: async () => {
      database.close()
    },
  }
}
