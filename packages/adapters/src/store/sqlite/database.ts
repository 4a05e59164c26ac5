import knexFactory, { type Knex } from 'knex'
import { clientOf } from '../session/host-knex.ts'
import { quietPool } from '../session/pool-log.ts'
import { BetterSqlite3Connection } from './better-sqlite3-connection.ts'
import type { SqliteConnection } from './connection.ts'
import { Sqlite3Connection } from './sqlite3-connection.ts'

export type SqliteDriver = 'sqlite3' | 'better-sqlite3'

/** How a file is opened. */
export interface FileSettings {
  readonly file: string
  readonly readers: number
  readonly synchronous: 'full' | 'normal'
}

/** A database opened by us. */
export interface OpenDatabase {
  readonly writer: object
  readonly readers: readonly object[]
  close(): Promise<void>
}

const acquireTimeout = 5_000

/** Pages in the log before they go into the file (16 MB): a page that many writes touch then goes there once. */
const checkpoints = 'PRAGMA wal_autocheckpoint = 4000'

/** What a savepoint must be able to take back is kept in memory; in a file it costs a quarter of a batch. */
const journals = 'PRAGMA temp_store = MEMORY'

/** What the query planner knows of the tables, as SQLite advises: all that have none yet when a file is opened, and what has grown since at the end. */
const statisticsOnOpen = 'PRAGMA optimize = 0x10002'
const statisticsOnClose = 'PRAGMA optimize'

/** Loads the driver asked for; without a wish sqlite3, or better-sqlite3 where sqlite3 cannot be loaded. */
export async function loadDriver(wanted: SqliteDriver | undefined, log: (line: string) => void): Promise<SqliteDriver> {
  if (wanted === 'better-sqlite3') return wanted
  try {
    await import('sqlite3')
    return 'sqlite3'
  } catch (error) {
    if (wanted) throw error
    log(`sqlite3 could not be loaded (${firstLine(error)}); using better-sqlite3.`)
    return 'better-sqlite3'
  }
}

export function connectionOf(driver: SqliteDriver, raw: object): SqliteConnection {
  return driver === 'sqlite3' ? new Sqlite3Connection(raw) : new BetterSqlite3Connection(raw)
}

/** Opens one writing and several reading connections. A database in memory exists on its one connection only. */
export async function openDatabase(driver: SqliteDriver, settings: FileSettings): Promise<OpenDatabase> {
  const writing = openPool(driver, settings, 1, [
    `PRAGMA synchronous = ${settings.synchronous}`,
    checkpoints,
    journals,
    ...writerPatience(driver),
  ])
  const [writer] = await takeAll(writing, 1)
  if (!writer) throw new Error('No connection could be opened.')
  await gatherStatistics(driver, writer, statisticsOnOpen)
  if (settings.file === ':memory:') {
    return { writer, readers: [writer], close: () => giveBack([[writing, [writer]]]) }
  }
  const reading = openPool(driver, settings, settings.readers, ['PRAGMA query_only = 1'])
  const readers = await takeAll(reading, settings.readers)
  const pools: [Knex, readonly object[]][] = [
    [reading, readers],
    [writing, [writer]],
  ]
  const close = async (): Promise<void> => {
    await gatherStatistics(driver, writer, statisticsOnClose)
    await giveBack(pools)
  }
  return { writer, readers, close }
}

function openPool(driver: SqliteDriver, settings: FileSettings, size: number, pragmas: readonly string[]): Knex {
  const all = ['PRAGMA busy_timeout = 5000', 'PRAGMA journal_mode = WAL', 'PRAGMA foreign_keys = OFF', ...pragmas].join('; ')
  return knexFactory({
    client: driver,
    connection: { filename: settings.file },
    useNullAsDefault: true,
    acquireConnectionTimeout: acquireTimeout,
    log: quietPool(console.warn),
    pool: {
      min: size,
      max: size,
      afterCreate: (raw: object, done: (error: unknown) => void) => void prepare(driver, raw, all).then(() => done(null), done),
    },
  })
}

/** The synchronous driver would wait for the write lock with the whole process standing still; {@link withWriteLock} waits instead. */
function writerPatience(driver: SqliteDriver): readonly string[] {
  return driver === 'better-sqlite3' ? ['PRAGMA busy_timeout = 0'] : []
}

async function prepare(driver: SqliteDriver, raw: object, sql: string): Promise<void> {
  if (driver === 'better-sqlite3') {
    ;(raw as { exec(sql: string): void }).exec(sql)
    return
  }
  const database = raw as { exec(sql: string, done: (error: Error | null) => void): void }
  await new Promise<void>((resolve, reject) => {
    database.exec(sql, (error) => (error ? reject(error) : resolve()))
  })
}

/** Statistics are a help: nothing fails for want of them, as when somebody else is writing. */
function gatherStatistics(driver: SqliteDriver, writer: object, sql: string): Promise<void> {
  return prepare(driver, writer, sql).catch(() => {})
}

async function takeAll(knex: Knex, count: number): Promise<object[]> {
  const client = clientOf(knex)
  try {
    return await Promise.all(Array.from({ length: count }, async () => (await client.acquireConnection()) as object))
  } catch (error) {
    await knex.destroy()
    throw error
  }
}

async function giveBack(pools: readonly (readonly [Knex, readonly object[]])[]): Promise<void> {
  for (const [knex, connections] of pools) {
    for (const connection of connections) await clientOf(knex).releaseConnection(connection)
    await knex.destroy()
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? ''
}
