import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PostgresOptions, postgres } from '@guanxi/adapters/postgres'
import { type SqliteOptions, sqlite } from '@guanxi/adapters/sqlite'
import { type StatementObserver, type Store, systemTables } from '@guanxi/core/store'
import knexFactory, { type Knex } from 'knex'
import { Client } from 'pg'
import { inject } from 'vitest'
import { keyTable, leadTable, ledgerTable } from './fixtures.ts'

/** A database of a test file's own, and stores on it. */
export interface Subject {
  readonly store: Store
  /** Another store on the same database, as a second process would have; null where a database has one connection only. */
  readonly second: Store | null
  /** The host's own way to the same database; null for a database in memory. */
  readonly host: Knex | null
  /** What is called before each statement of `store`. */
  watch(observer: StatementObserver | null): void
  close(): Promise<void>
}

export const tables = [...systemTables, leadTable, keyTable, ledgerTable]

type Driver = NonNullable<SqliteOptions['driver']>

/** A store on a SQLite file, opened by ourselves or through the host's knex. */
export async function sqliteSubject(driver: Driver, through: 'file' | 'host' = 'file'): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-store-'))
  const file = join(folder, 'crm.db')
  const host = hostSqlite(driver, file)
  await host.raw('PRAGMA journal_mode = WAL')
  const watcher = new Watcher()
  const options = { driver, observe: watcher.observe }
  const store = through === 'file' ? sqlite(file, options) : sqlite(host, options)
  const second = sqlite(file, { driver })
  return opened({ store, second, host }, watcher, () => rmSync(folder, { recursive: true }))
}

export async function memorySubject(driver: Driver): Promise<Subject> {
  const watcher = new Watcher()
  const store = sqlite(':memory:', { driver, observe: watcher.observe })
  return opened({ store, second: null, host: null }, watcher, () => {})
}

/** A store on a PostgreSQL database, opened by ourselves or through the host's knex. */
export async function postgresSubject(options: PostgresOptions = {}, through: 'url' | 'host' = 'url'): Promise<Subject> {
  const server = inject('postgresUrl')
  const name = `guanxi_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await onServer(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const host = knexFactory({ client: 'pg', connection: url.href, pool: { min: 0, max: 4 }, log: quiet })
  const watcher = new Watcher()
  const settings = { ...options, observe: watcher.observe, log: () => {} }
  const store = through === 'url' ? postgres(url.href, settings) : postgres(host, settings)
  return opened({ store, second: postgres(url.href, { log: () => {} }), host }, watcher, () =>
    onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  )
}

/** Pools warn of connections that a test ends on purpose. */
const quiet = { warn: () => {} }

/** A host with the synchronous driver must not wait for a lock with its whole process standing still. */
function hostSqlite(driver: Driver, filename: string): Knex {
  const afterCreate = (raw: { pragma?: (text: string) => void }, done: (error: null, raw: unknown) => void): void => {
    raw.pragma?.('busy_timeout = 0')
    done(null, raw)
  }
  return knexFactory({ client: driver, connection: { filename }, useNullAsDefault: true, pool: { min: 1, max: 1, afterCreate } })
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}

class Watcher {
  current: StatementObserver | null = null
  readonly observe: StatementObserver = (statement) => this.current?.(statement)
}

async function opened(
  parts: Pick<Subject, 'store' | 'second' | 'host'>,
  watcher: Watcher,
  remove: () => void | Promise<void>,
): Promise<Subject> {
  const { store, second, host } = parts
  await store.open()
  await store.apply(tables)
  await second?.open()
  return {
    ...parts,
    watch: (observer) => {
      watcher.current = observer
    },
    close: async () => {
      await store.close()
      await second?.close()
      await host?.destroy()
      await remove()
    },
  }
}
