import type { RawRow, RowValues, StatementObserver } from '@guanxi/core/store'
import type { Commands } from '../session/access.ts'
import type { Tables } from '../sql/tables.ts'
import type { SqliteConnection } from './connection.ts'
import { sqliteError } from './errors.ts'
import type { Statement } from './statement.ts'

const none: readonly unknown[] = []

/** A leased connection, watched and with its errors translated. */
export class SqliteLink implements Commands {
  readonly #connection: SqliteConnection
  readonly #tables: Tables
  readonly #observe: StatementObserver | undefined

  constructor(connection: SqliteConnection, tables: Tables, observe: StatementObserver | undefined) {
    this.#connection = connection
    this.#tables = tables
    this.#observe = observe
  }

  get rowsAtOnce(): number {
    return this.#connection.rowsAtOnce
  }

  async all(statement: Statement, values: readonly unknown[]): Promise<RawRow[]> {
    this.#observe?.(statement)
    try {
      return await this.#connection.all(statement, values)
    } catch (error) {
      throw sqliteError(error, this.#tables)
    }
  }

  /** Does {@link values} take statements with packed columns? */
  get packs(): boolean {
    return this.#connection.packs
  }

  /** Rows as values in the order of their columns. */
  async values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]> {
    this.#observe?.(statement)
    try {
      return await this.#connection.values(statement, values)
    } catch (error) {
      throw sqliteError(error, this.#tables)
    }
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<number> {
    this.#observe?.(statement)
    try {
      return await this.#connection.run(statement, values)
    } catch (error) {
      throw sqliteError(error, this.#tables)
    }
  }

  /** The same for each of many lists of values; it may be one list, filled anew each time. */
  async runEach(statement: Statement, count: number, valuesAt: (index: number) => readonly unknown[]): Promise<void> {
    const run = this.#connection.runner(statement)
    for (let index = 0; index < count; index++) {
      const values = valuesAt(index)
      this.#observe?.(statement)
      try {
        const running = run(values)
        if (running) await running
      } catch (error) {
        throw sqliteError(error, this.#tables)
      }
    }
  }

  async command(sql: string, label: string): Promise<void> {
    await this.run({ sql, label }, none)
  }

  async undo(sql: string): Promise<void> {
    const statement = { sql, label: 'rollback' }
    try {
      this.#observe?.(statement)
    } catch {
      // Taking back goes on whatever an observer says.
    }
    await this.#connection.run(statement, none)
  }
}
