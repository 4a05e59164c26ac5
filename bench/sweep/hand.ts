import { createHash, randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'
import { v7 } from 'uuid'
import type { Place } from '../database.ts'
import { type Twin, twinOf } from '../twin.ts'

/** The same sweep over the same table, the way somebody would write it for this one purpose. */
export interface HandSweep {
  /** Writes what is due; the answer is how many. */
  sweep(before: number, now: number): Promise<number>
  /** Everything as it was before a sweep. */
  reset(): Promise<void>
  /** Brings statistics up to date. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function openHandSweep(place: Place): Promise<HandSweep> {
  if (place.engine === 'postgres') return openPostgres(place.url)
  const kept = 'CREATE TABLE kept AS SELECT id, owner_id, status FROM crm_sweep_lead; CREATE UNIQUE INDEX kept_id ON kept (id)'
  const twin = await twinOf(place, kept)
  return openSqlite(twin ?? { place, both: async () => {} })
}

const changeColumns =
  'tenant_id, id, object, record_id, version, op, at, recorded_at, actor_kind, actor_id, cause, authors, "values", salt, digest'

async function openPostgres(url: string): Promise<HandSweep> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE TABLE kept AS SELECT id, owner_id, status FROM crm_sweep_lead')
  await client.query('CREATE INDEX ON kept (id)')
  const sweep = `
    WITH due AS MATERIALIZED (
      SELECT id, version, owner_id, status, floor(($3 - last_activity_at) / 86400000) AS days FROM crm_sweep_lead
      WHERE tenant_id = $1 AND deleted_at IS NULL AND status = 'owned' AND last_activity_at < $2 ORDER BY id FOR UPDATE
    ), written AS (
      UPDATE crm_sweep_lead l SET status = 'pooled', owner_id = NULL, version = d.version + 1, updated_at = $3, updated_by = 'admin'
      FROM due d WHERE l.tenant_id = $1 AND l.id = d.id RETURNING l.id
    ), logged AS (
      INSERT INTO crm_change (${changeColumns})
      SELECT $1, gen_random_uuid(), 'sweep_lead', id, version + 1, 'update', $3, $3, 'user', 'admin',
        ('{"kind":"recycle","days":' || days || '}')::json, NULL, text::json, salt, encode(sha256(convert_to(salt || text, 'UTF8')), 'hex')
      FROM (
        SELECT id, version, days, replace(gen_random_uuid()::text, '-', '') AS salt,
          '{"status":[' || to_json(status) || ',"pooled"],"owner_id":[' || coalesce(to_json(owner_id)::text, 'null') || ',null]}' AS text
        FROM due OFFSET 0
      ) d
    ) SELECT count(*) AS due FROM written`
  return {
    sweep: async (before, now) => Number((await client.query<{ due: string }>(sweep, ['bench', before, now])).rows[0]?.due),
    reset: async () => {
      await client.query(
        `UPDATE crm_sweep_lead l SET owner_id = k.owner_id, status = k.status, version = 1 FROM kept k WHERE k.id = l.id AND l.version > 1`,
      )
      await client.query(`DELETE FROM crm_change WHERE op = 'update'`)
      await client.query('VACUUM ANALYZE crm_sweep_lead')
      await client.query('VACUUM ANALYZE crm_change')
    },
    settle: async () => void (await client.query('VACUUM ANALYZE')),
    close: () => client.end(),
  }
}

interface Due {
  readonly id: string
  readonly version: number
  readonly owner_id: string | null
  readonly status: string
  readonly days: number
}

async function openSqlite({ place, both }: Twin): Promise<HandSweep> {
  const database = new Database('file' in place ? place.file : '')
  database.pragma('busy_timeout = 5000')
  database.pragma('synchronous = normal')
  const due = database.prepare<unknown[], Due>(
    `SELECT id, version, owner_id, status, (? - last_activity_at) / 86400000 AS days FROM crm_sweep_lead
     WHERE tenant_id = 'bench' AND deleted_at IS NULL AND status = 'owned' AND last_activity_at < ? ORDER BY id`,
  )
  const update = database.prepare(
    `UPDATE crm_sweep_lead SET status = 'pooled', owner_id = NULL, version = version + 1, updated_at = ?, updated_by = 'admin' WHERE tenant_id = 'bench' AND id = ?`,
  )
  const log = database.prepare(`INSERT INTO crm_change (${changeColumns}) VALUES (${Array.from({ length: 15 }, () => '?').join(', ')})`)
  const sweep = database.transaction((before: number, now: number) => {
    const rows = due.all(now, before)
    for (const { id, version, owner_id, status, days } of rows) {
      update.run(now, id)
      const text = JSON.stringify({ status: [status, 'pooled'], owner_id: [owner_id, null] })
      const salt = randomBytes(16).toString('hex')
      const digest = createHash('sha256')
        .update(salt + text)
        .digest('hex')
      const cause = `{"kind":"recycle","days":${days}}`
      log.run('bench', v7(), 'sweep_lead', id, version + 1, 'update', now, now, 'user', 'admin', cause, null, text, salt, digest)
    }
    return rows.length
  })
  return {
    sweep: async (before, now) => sweep.immediate(before, now),
    // By id, one after the other: from the table of a million to the few that have moved.
    reset: () =>
      both(
        `UPDATE crm_sweep_lead SET owner_id = k.owner_id, status = k.status, version = 1 FROM kept k WHERE k.id = crm_sweep_lead.id AND version > 1;
         DELETE FROM crm_change WHERE op = 'update'`,
      ),
    settle: async () => {},
    close: async () => {
      database.close()
    },
  }
}
