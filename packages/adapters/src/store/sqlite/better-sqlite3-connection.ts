import type { RawRow, RowValues } from '@guanxi/core/store'
import type { Statement as BetterStatement, Database } from 'better-sqlite3'
import { type SqliteConnection, StatementCache } from './connection.ts'
import { dropView, isMissingView, type Statement } from './statement.ts'

type Prepared = BetterStatement<unknown[], unknown>

/** The synchronous driver. Its statements die with the connection and need no closing. */
export class BetterSqlite3Connection implements SqliteConnection {
  readonly rowsAtOnce = 1
  /** It makes values in the caller's thread, one by one or as a text: the text costs more. */
  readonly packs = false
  readonly #database: Database
  readonly #statements = new StatementCache<Prepared>(() => {})

  constructor(raw: object) {
    this.#database = raw as Database
  }

  async all(statement: Statement, values: readonly unknown[]): Promise<RawRow[]> {
    // The same text may have been read as values before.
    return this.#prepared(statement)
      .raw(false)
      .all(values as unknown[]) as RawRow[]
  }

  async values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]> {
    return this.#prepared(statement)
      .raw(true)
      .all(values as unknown[]) as RowValues[]
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<number> {
    try {
      return this.#prepared(statement).run(values as unknown[]).changes
    } catch (error) {
      if (!isMissingView(statement, error)) throw error
      this.#statements.delete(statement.sql)
      return this.#prepared(statement).run(values as unknown[]).changes
    }
  }

  runner(statement: Statement): (values: readonly unknown[]) => undefined {
    let prepared: Prepared | undefined
    return (values) => {
      prepared ??= this.#prepared(statement)
      prepared.run(values as unknown[])
    }
  }

  #prepared(statement: Statement): Prepared {
    const known = this.#statements.get(statement.sql)
    if (known) return known
    if (statement.view) {
      for (const name of this.#statements.takeLeftovers()) this.#database.exec(dropView(name))
      for (const sql of statement.view.create) this.#database.exec(sql)
    }
    // A host may have asked for big integers everywhere; ours are within 2^53.
    const prepared = this.#database.prepare<unknown[], unknown>(statement.sql).safeIntegers(false)
    this.#statements.add(statement, prepared)
    return prepared
  }
}
