import type { RawRow, RowValues } from '@guanxi/core/store'
import { unpackRow } from '../sql/packed-row.ts'
import { type SqliteConnection, StatementCache } from './connection.ts'
import { dropView, isMissingView, type Statement } from './statement.ts'

interface Prepared {
  all(values: readonly unknown[], done: (error: Error | null, rows: RawRow[]) => void): void
  run(values: readonly unknown[], done: (this: { readonly changes: number }, error: Error | null) => void): void
  finalize(): void
}

interface Database {
  prepare(sql: string, done: (error: Error | null) => void): Prepared
  exec(sql: string, done: (error: Error | null) => void): void
  close(done?: (error: Error | null) => void): void
}

/** The asynchronous driver: each call is one trip to a thread of the pool. */
export class Sqlite3Connection implements SqliteConnection {
  readonly rowsAtOnce = 20
  /** It makes an object with names in one go, which costs four times the text. */
  readonly packs = true
  readonly #database: Database
  readonly #statements = new StatementCache<Prepared>((prepared) => prepared.finalize())

  constructor(raw: object) {
    this.#database = raw as Database
    this.#finalizeOnClose()
  }

  async all(statement: Statement, values: readonly unknown[]): Promise<RawRow[]> {
    const prepared = this.#statements.get(statement.sql) ?? (await this.#prepare(statement))
    return new Promise((resolve, reject) => {
      prepared.all(values, (error, rows) => (error ? reject(error) : resolve(rows)))
    })
  }

  /** The driver knows rows by name only; their keys stand in the order of the columns. */
  async values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]> {
    return (await this.all(statement, values)).map((row) => unpackRow(Object.values(row)))
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<number> {
    try {
      return await this.#run(statement, values)
    } catch (error) {
      if (!isMissingView(statement, error)) throw error
      this.#statements.delete(statement.sql)
      return this.#run(statement, values)
    }
  }

  runner(statement: Statement): (values: readonly unknown[]) => Promise<unknown> {
    return (values) => this.run(statement, values)
  }

  async #run(statement: Statement, values: readonly unknown[]): Promise<number> {
    const prepared = this.#statements.get(statement.sql) ?? (await this.#prepare(statement))
    return new Promise((resolve, reject) => {
      prepared.run(values, function (error) {
        if (error) reject(error)
        else resolve(this.changes)
      })
    })
  }

  async #prepare(statement: Statement): Promise<Prepared> {
    if (statement.view) {
      for (const name of this.#statements.takeLeftovers()) await this.#exec(dropView(name))
      for (const sql of statement.view.create) await this.#exec(sql)
    }
    return new Promise((resolve, reject) => {
      const prepared = this.#database.prepare(statement.sql, (error) => {
        if (error) return reject(error)
        this.#statements.add(statement, prepared)
        resolve(prepared)
      })
    })
  }

  #exec(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.exec(sql, (error) => (error ? reject(error) : resolve()))
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
