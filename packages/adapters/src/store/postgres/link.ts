import type { RawRow, RowValues, StatementObserver } from '@guanxi/core/store'
import type { ClientBase, QueryConfig, QueryResult } from 'pg'
import type { Commands } from '../session/access.ts'
import { stalePlanRoutine } from '../session/retry.ts'
import { endsConnection, postgresError } from './errors.ts'
import { PreparedNames, type Statement } from './prepared-names.ts'
import { plainTypes } from './types.ts'

/** A pg connection, with what pg itself remembers of prepared statements. */
type RawConnection = ClientBase & {
  readonly connection?: {
    readonly parsedStatements?: Record<string, unknown>
    readonly submittedNamedStatements?: Record<string, unknown>
  }
  __knex__disposed?: unknown
}

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

  query(statement: Statement, values: readonly unknown[]): Promise<QueryResult<RawRow>> {
    return this.#watched(statement, values)
  }

  /** Rows as values in the order of the columns. */
  async values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]> {
    const { rows } = await this.#watched(statement, values, 'array')
    return rows as unknown as RowValues[]
  }

  async #watched(statement: Statement, values: readonly unknown[], rowMode?: 'array'): Promise<QueryResult<RawRow>> {
    this.#observe?.(statement)
    try {
      return await this.#send(statement, values as unknown[], rowMode)
    } catch (error) {
      if ((error as { routine?: unknown }).routine === stalePlanRoutine) this.#names?.forget(statement.name)
      else this.#forgetUnprepared(statement.name)
      throw this.#failure(error)
    }
  }

  /** A text the server would not prepare has no name there: it must be sent whole again, and never be given up by name. */
  #forgetUnprepared(name: string): void {
    const { parsedStatements, submittedNamedStatements } = this.#connection.connection ?? {}
    if (!parsedStatements || parsedStatements[name] !== undefined) return
    if (submittedNamedStatements) delete submittedNamedStatements[name]
    this.#names?.drop(name)
  }

  async command(sql: string, label: string): Promise<void> {
    this.#observe?.({ sql, label })
    try {
      await this.#connection.query(sql)
    } catch (error) {
      throw this.#failure(error)
    }
  }

  /** A connection that has ended is not handed out again. */
  #failure(error: unknown): Error {
    const failure = postgresError(error)
    if (endsConnection(failure)) this.discard(failure)
    return failure
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

  async #send({ sql, name }: Statement, values: unknown[], rowMode: 'array' | undefined): Promise<QueryResult<RawRow>> {
    const names = this.#names
    if (!names) return this.#connection.query<RawRow>({ text: sql, values, types: plainTypes, rowMode } as QueryConfig)
    names.use(name)
    if (names.leftovers.size > 0) await this.#deallocate(names.leftovers)
    return this.#connection.query<RawRow>({ name, text: sql, values, types: plainTypes, rowMode } as QueryConfig)
  }

  async #deallocate(names: Set<string>): Promise<void> {
    await this.#connection.query([...names].map((name) => `DEALLOCATE "${name}"`).join('; '))
    const parsed = this.#connection.connection?.parsedStatements
    for (const name of names) if (parsed) delete parsed[name]
    names.clear()
  }
}
