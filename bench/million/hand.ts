import pg from 'pg'
import { openSqlite as connectSqlite, type Prepared, type SqliteDriver } from '../contenders/sqlite-connection.ts'
import type { Place } from '../database.ts'
import { seller } from '../people.ts'

/** The same table, read by the bare driver. */
export interface Hand {
  /** A prepared statement, run with its values. */
  run(sql: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  /** The plan of a statement, whatever its values are. */
  explain(sql: string): Promise<string>
  close(): Promise<void>
}

/** A statement written by hand, for either engine. */
export function handWritten({ engine }: Place, columns: readonly string[], condition: string): { sql: string; values: readonly unknown[] } {
  const [tenant, limit] = engine === 'postgres' ? ['$1', '$2'] : ['?', '?']
  const list = columns.map((column) => `"${column}"`).join(', ')
  const sql =
    `SELECT ${list} FROM "crm_bench_lead" WHERE "tenant_id" = ${tenant} AND "deleted_at" IS NULL AND ${condition} ` +
    `ORDER BY "amount", "id" LIMIT ${limit}`
  return { sql, values: [seller.tenant, 51] }
}

export async function openHand(place: Place): Promise<Hand> {
  return place.engine === 'postgres' ? openPostgres(place.url) : openSqlite(place.driver, place.file)
}

async function openPostgres(url: string): Promise<Hand> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const names = new Map<string, string>()
  return {
    async run(text, values) {
      const name = names.get(text) ?? `hand_${names.size}`
      names.set(text, name)
      return (await client.query<Record<string, unknown>>({ name, text, values: [...values] })).rows
    },
    explain: async (sql) => {
      const { rows } = await client.query<Record<string, string>>(`EXPLAIN (GENERIC_PLAN) ${sql}`)
      return rows.map((row) => Object.values(row)[0]).join('\n')
    },
    close: () => client.end(),
  }
}

async function openSqlite(driver: SqliteDriver, file: string): Promise<Hand> {
  const connection = await connectSqlite(driver, file)
  const statements = new Map<string, Prepared>()
  return {
    async run(sql, values) {
      const statement = statements.get(sql) ?? (await connection.prepare(sql))
      statements.set(sql, statement)
      return (await statement.all(values)) as Record<string, unknown>[]
    },
    explain: async (sql) => {
      const plan = await connection.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      const rows = (await plan.all(placesOf(sql))) as { detail: string }[]
      return rows.map(({ detail }) => detail).join('\n')
    },
    close: () => connection.close(),
  }
}

/** One value for each place: the plan does not depend on them. */
const placesOf = (sql: string): unknown[] => Array.from({ length: sql.split('?').length - 1 }, () => 1)
