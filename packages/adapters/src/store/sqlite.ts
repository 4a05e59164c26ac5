import type { StatementObserver, Store } from '@guanxi/core/store'
import type { Knex } from 'knex'
import { isKnex } from './session/host-knex.ts'
import { requireSqliteDriver, requireSqliteSource } from './session/source.ts'
import type { SqliteDriver } from './sqlite/database.ts'
import { SqliteStore } from './sqlite/store.ts'

/** How {@link sqlite} opens a database. */
export interface SqliteOptions {
  /** `sqlite3` unless said; `better-sqlite3` where sqlite3 cannot be loaded. A host's knex brings its own. */
  readonly driver?: SqliteDriver
  /** Connections for reading; 2 unless said. */
  readonly readers?: number
  /** `full` (the default) survives a power cut with the last commit; `normal` may lose it, but never corrupts. */
  readonly synchronous?: 'full' | 'normal'
  /** Called before each statement. */
  readonly observe?: StatementObserver
  /** Takes lines for an operator. Written to the console unless given. */
  readonly log?: (line: string) => void
}

/**
 * A store on SQLite: a file, a database in memory, or the host's own knex. Throws OPTION_INVALID for anything else; the file is opened,
 * or made, by `open`.
 *
 * ```ts
 * createCrm({ store: sqlite('crm.db') })
 * ```
 */
export function sqlite(source: string | Knex, options: SqliteOptions = {}): Store {
  const { driver, readers = 2, synchronous = 'full', observe, log = console.warn } = options
  if (isKnex(source)) return new SqliteStore({ knex: source }, observe, log)
  requireSqliteSource(source)
  requireSqliteDriver(driver)
  return new SqliteStore({ settings: { file: source, readers: Math.max(1, readers), synchronous }, driver }, observe, log)
}
