import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import type { StatementObserver, Store } from '@guanxi/core/store'
import pg from 'pg'
import { startPostgres } from '../test/support/postgres-server.ts'
import type { SqliteDriver } from './contenders/sqlite-connection.ts'

/** Where a Guanxi contender keeps its records; plain data, so that another process can be told. */
export type Place =
  | { readonly engine: 'postgres'; readonly url: string }
  | { readonly engine: 'sqlite'; readonly driver: SqliteDriver; readonly file: string }

/** A store of Guanxi there. */
export function storeAt(place: Place, connections: number, observe: StatementObserver): Store {
  if (place.engine === 'postgres') return postgres(place.url, { pool: { min: connections, max: connections }, observe })
  return sqlite(place.file, { driver: place.driver, synchronous: 'normal', observe })
}

/** A folder for database files. */
export async function temporaryFolder(): Promise<{ file(name: string): string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-bench-'))
  return { file: (name) => join(folder, `${name}.db`), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A PostgreSQL server with a database of its own for each name. */
export interface Server {
  database(name: string): Promise<string>
  /** Brings statistics up to date, as autovacuum would sooner or later. */
  analyse(): Promise<void>
  version(): Promise<string>
  close(): Promise<void>
}

/** `DATABASE_URL`, or a server of our own. Commits do not wait for the disk: the disk would hide everything else. */
export async function openServer(): Promise<Server> {
  const given = process.env.DATABASE_URL
  const own = given ? null : await startPostgres()
  const base = given ?? own?.url ?? ''
  const urls = new Map<string, string>()
  return {
    async database(name) {
      const full = `guanxi_bench_${name}`
      await command(base, `drop database if exists ${full} with (force)`)
      await command(base, `create database ${full}`)
      await command(base, `alter database ${full} set synchronous_commit = off`)
      const url = new URL(base)
      url.pathname = `/${full}`
      urls.set(full, url.href)
      return url.href
    },
    async analyse() {
      for (const url of urls.values()) await command(url, 'vacuum analyze')
    },
    version: async () => String((await command(base, 'show server_version'))[0]?.server_version),
    async close() {
      for (const name of urls.keys()) await command(base, `drop database if exists ${name} with (force)`)
      await own?.stop()
    },
  }
}

async function command(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
