import type { RawRow } from '@guanxi/core/store'
import type { Database, Statement } from 'better-sqlite3'
import { type SqliteConnection, StatementCache } from './connection.ts'

/** The synchronous driver. Its statements die with the connection and need no closing. */
export class BetterSqlite3Connection implements SqliteConnection {
  readonly #database: Database
  readonly #statements = new StatementCache<Statement<unknown[], unknown>>(() => {})

  constructor(raw: object) {
    this.#database = raw as Database
  }

  async all(sql: string, values: readonly unknown[]): Promise<RawRow[]> {
    return this.#statement(sql).all(values as unknown[]) as RawRow[]
  }

  async run(sql: string, values: readonly unknown[]): Promise<number> {
    return this.#statement(sql).run(values as unknown[]).changes
  }

  #statement(sql: string): Statement<unknown[], unknown> {
    const known = this.#statements.get(sql)
    if (known) return known
    // A host may have asked for big integers everywhere; ours are within 2^53.
    const statement = this.#database.prepare(sql).safeIntegers(false)
    this.#statements.add(sql, statement)
    return statement
  }
}
