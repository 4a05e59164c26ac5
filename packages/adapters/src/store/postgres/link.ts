import type { RawRow, RowValues, StatementObserver } from '@guanxi/core/store'
import type { ClientBase, QueryArrayConfig } from 'pg'
import type { Commands } from '../session/access.ts'
import { stalePlanRoutine } from '../session/retry.ts'
import { endsConnection, postgresError } from './errors.ts'
import { type Answer, Exchange, type RowOf, type Wire } from './exchange.ts'
import { type PreparedNames, preparedNames, type Statement } from './prepared-names.ts'
import { namedRow, plainRow } from './rows.ts'
import { plainTypes } from './types.ts'

/** A pg connection, with what pg itself remembers of prepared statements. */
type RawConnection = Omit<ClientBase, 'query'> & {
  readonly connection?: Partial<Wire> & { readonly submittedNamedStatements?: Record<string, unknown> }
  readonly pipeline?: boolean
  query: ClientBase['query'] & ((exchange: { submit(connection: Wire): Error | null }) => unknown)
  __knex__disposed?: unknown
}

const asItIs = (value: unknown): unknown => value

/** A leased connection, watched and with its errors translated. */
export class PostgresLink implements Commands {
  readonly #connection: RawConnection
  readonly #names: PreparedNames | null
  /** The native driver, and connections that send ahead, take queries of their own only. */
  readonly #takesExchanges: boolean
  readonly #observe: StatementObserver | undefined

  constructor(raw: object, hasNames: boolean, observe: StatementObserver | undefined) {
    this.#connection = raw as RawConnection
    this.#takesExchanges = this.#connection.connection?.parse !== undefined && this.#connection.pipeline !== true
    this.#names = hasNames ? preparedNames(raw) : null
    this.#observe = observe
  }

  query(statement: Statement, values: readonly unknown[]): Promise<Answer<RawRow>> {
    return this.#ask(statement, values, namedRow)
  }

  /** Rows as values in the order of the columns. */
  async values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]> {
    return (await this.#ask(statement, values, plainRow)).rows
  }

  #ask<Row>(statement: Statement, values: readonly unknown[], rowOf: RowOf<Row>): Promise<Answer<Row>> {
    this.#observe?.(statement)
    const names = this.#names
    names?.use(statement.name)
    const asked =
      names && names.leftovers.size > 0
        ? this.#deallocate(names.leftovers).then(() => this.#send(statement, values, rowOf))
        : this.#send(statement, values, rowOf)
    return asked.catch((error: unknown) => {
      if ((error as { routine?: unknown }).routine === stalePlanRoutine) names?.forget(statement.name)
      else this.#forgetUnprepared(statement.name)
      throw this.#failure(error)
    })
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

  #send<Row>(statement: Statement, values: readonly unknown[], rowOf: RowOf<Row>): Promise<Answer<Row>> {
    if (!this.#takesExchanges) return this.#sendPlainly(statement, values, rowOf)
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(statement, values, rowOf, this.#names?.columns ?? null, (error, answer) => {
        if (answer) resolve(answer)
        else reject(error)
      })
      this.#connection.query(exchange)
    })
  }

  /** With a query of the driver's own. */
  async #sendPlainly<Row>({ sql, name }: Statement, values: readonly unknown[], rowOf: RowOf<Row>): Promise<Answer<Row>> {
    const query: QueryArrayConfig = { ...(this.#names && { name }), text: sql, values: [...values], types: plainTypes, rowMode: 'array' }
    const { rows, rowCount, fields } = await this.#connection.query(query)
    const columns = fields.map((field) => ({ name: field.name, parse: asItIs }))
    return { rows: rows.map((row) => rowOf(columns, row)), rowCount: rowCount ?? 0 }
  }

  async #deallocate(names: Set<string>): Promise<void> {
    await this.#connection.query([...names].map((name) => `DEALLOCATE "${name}"`).join('; '))
    const parsed = this.#connection.connection?.parsedStatements
    for (const name of names) if (parsed) delete parsed[name]
    names.clear()
  }
}
