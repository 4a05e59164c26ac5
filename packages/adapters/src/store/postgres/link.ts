import type { RawRow, StatementObserver } from '@guanxi/core/store'
import type { ClientBase, QueryConfig, QueryResult } from 'pg'
import type { Commands } from '../session/access.ts'
import { stalePlanRoutine } from '../session/retry.ts'
import { postgresError } from './errors.ts'
import { PreparedNames, type Statement } from './prepared-names.ts'
import { plainTypes } from './types.ts'

/** A pg connection, with what pg itself remembers of prepared statements. */
type RawConnection = ClientBase & { readonly connection?: { readonly parsedStatements?: Record<string, unknown> }; __knex__disposed?: unknown }

/** A leased connection, watched and with its errors translated. */
export class PostgresLink implements Commands {
  readonly #connection: RawConnection
  readonly #names: PreparedNames | null
  readonly #observe: StatementObserver | undefined

  constructor(raw: object, hasNames: boolean, observe: StatementObserver | undefined) {
    this.#connection = raw as RawConnection
    this.#names = hasNames ? new PreparedNames() : null
    this.#observe = observe
  }

  async query(statement: Statement, values: readonly unknown[]): Promise<QueryResult<RawRow>> {
    this.#observe?.(statement)
    try {
      if (!this.#names) return await this.#send({ text: statement.sql, values: values as unknown[], types: plainTypes })
      const dropped = this.#names.use(statement.name)
      if (dropped.length > 0) await this.#deallocate(dropped)
      return await this.#send({ name: statement.name, text: statement.sql, values: values as unknown[], types: plainTypes })
    } catch (error) {
      if ((error as { routine?: unknown }).routine === stalePlanRoutine) this.#forget(statement.name)
      throw postgresError(error)
    }
  }

  async command(sql: string, label: string): Promise<void> {
    this.#observe?.({ sql, label })
    try {
      await this.#connection.query(sql)
    } catch (error) {
      throw postgresError(error)
    }
  }

  async undo(sql: string): Promise<void> {
    try {
      this.#observe?.({ sql, label: 'rollback' })
    } catch {
      // Taking back goes on whatever an observer says.
    }
    await this.#connection.query(sql)
  }

  /** Tells knex's pool never to hand this connection out again. */
  discard(reason: unknown): void {
    this.#connection.__knex__disposed = reason
  }

  #send(config: QueryConfig): Promise<QueryResult<RawRow>> {
    return this.#connection.query<RawRow>(config)
  }

  async #deallocate(names: readonly string[]): Promise<void> {
    for (const name of names) this.#forgetParsed(name)
    await this.#connection.query(names.map((name) => `DEALLOCATE "${name}"`).join('; '))
  }

  /** The server still knows the statement, so it is only sent anew under the same name after pg has forgotten it too. */
  #forget(name: string): void {
    this.#names?.forget(name)
    this.#forgetParsed(name)
  }

  #forgetParsed(name: string): void {
    const parsed = this.#connection.connection?.parsedStatements
    if (parsed) delete parsed[name]
  }
}
