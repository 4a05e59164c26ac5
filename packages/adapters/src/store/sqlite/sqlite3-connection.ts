import type { RawRow } from '@guanxi/core/store'
import { type SqliteConnection, StatementCache } from './connection.ts'

interface Statement {
  all(values: readonly unknown[], done: (error: Error | null, rows: RawRow[]) => void): void
  run(values: readonly unknown[], done: (this: { readonly changes: number }, error: Error | null) => void): void
  finalize(): void
}

type Close = (done?: (error: Error | null) => void) => void

interface Database {
  prepare(sql: string, done: (error: Error | null) => void): Statement
  close: Close
}

/** The asynchronous driver: each call is one trip to a thread of the pool. */
export class Sqlite3Connection implements SqliteConnection {
  readonly #database: Database
  readonly #statements = new StatementCache<Statement>((statement) => statement.finalize())

  constructor(raw: object) {
    this.#database = raw as Database
    this.#finalizeOnClose()
  }

  async all(sql: string, values: readonly unknown[]): Promise<RawRow[]> {
    const statement = this.#statements.get(sql) ?? (await this.#prepare(sql))
    return new Promise((resolve, reject) => {
      statement.all(values, (error, rows) => (error ? reject(error) : resolve(rows)))
    })
  }

  async run(sql: string, values: readonly unknown[]): Promise<number> {
    const statement = this.#statements.get(sql) ?? (await this.#prepare(sql))
    return new Promise((resolve, reject) => {
      statement.run(values, function (error) {
        if (error) reject(error)
        else resolve(this.changes)
      })
    })
  }

  #prepare(sql: string): Promise<Statement> {
    return new Promise((resolve, reject) => {
      const statement = this.#database.prepare(sql, (error) => {
        if (error) return reject(error)
        this.#statements.add(sql, statement)
        resolve(statement)
      })
    })
  }

  /** The driver refuses to close while statements are open, and whoever closes (knex's pool, or the host's) does not know ours. */
  #finalizeOnClose(): void {
    const database = this.#database
    const close = database.close
    database.close = (done) => {
      this.#statements.clear()
      close.call(database, done)
    }
  }
}
