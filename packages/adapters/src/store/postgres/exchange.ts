import type { Statement } from './prepared-names.ts'
import { runMessage } from './run-message.ts'
import { type Spelled, spelled } from './spelled.ts'
import { parserOf } from './types.ts'

/** What a statement answered. */
export interface Answer<Row> {
  readonly rows: Row[]
  /** Rows read or written. */
  readonly rowCount: number
}

/** A column of an answer. */
export interface Column {
  readonly name: string
  readonly parse: (text: string) => unknown
}

/** Makes a row of the texts that the server sent for its columns. */
export type RowOf<Row> = (columns: readonly Column[], texts: readonly (string | null)[]) => Row

/** The part of pg's connection that a query of one's own speaks through. */
export interface Wire {
  readonly stream: { readonly writable: boolean; cork(): void; uncork(): void; write(message: Buffer): boolean }
  readonly parsedStatements: Record<string, unknown>
  parse(message: { readonly name: string; readonly text: string }): void
}

/** Called once, with what went wrong or with the answer. */
type Settled<Row> = (error: unknown, answer?: Answer<Row>) => void

/**
 * One statement on its way, as pg takes queries of one's own. It does what pg's own does with half the work: no copies, no events, and
 * what a prepared statement answers is described to us once.
 */
export class Exchange<Row> {
  /** pg remembers by these what the connection has prepared. */
  readonly name: string | undefined
  readonly text: string
  /** In the open, because pg's time limit and tracers put themselves before it. */
  callback: Settled<Row>
  readonly #values: readonly Spelled[]
  readonly #rowOf: RowOf<Row>
  readonly #known: Map<string, readonly Column[]> | null
  readonly #rows: Row[] = []
  #columns: readonly Column[] = []
  #isDescribed = false
  #rowCount = 0

  /** `known`: what the connection's prepared statements answer, by name; null = nothing is prepared under a name. */
  constructor(
    { name, sql }: Statement,
    values: readonly unknown[],
    rowOf: RowOf<Row>,
    known: Map<string, readonly Column[]> | null,
    settled: Settled<Row>,
  ) {
    this.name = known ? name : undefined
    this.text = sql
    this.#values = values.map(spelled)
    this.#rowOf = rowOf
    this.#known = known
    this.callback = settled
  }

  /** The first time on a connection the statement is prepared, and the server says what it will answer. */
  submit(connection: Wire): Error | null {
    const { name = '' } = this
    const isPrepared = name !== '' && connection.parsedStatements[name] !== undefined
    const columns = isPrepared ? this.#known?.get(name) : undefined
    this.#isDescribed = columns !== undefined
    if (columns) this.#columns = columns
    try {
      this.#put(connection, isPrepared, runMessage(name, this.#values, this.#isDescribed))
    } catch (error) {
      // Thrown into pg, it would leave the connection waiting for good.
      return error as Error
    }
    return null
  }

  /** What cannot be written any more is told of by pg, when the connection ends. */
  #put(connection: Wire, isPrepared: boolean, message: Buffer): void {
    const { stream } = connection
    if (!stream.writable) return
    if (isPrepared) {
      stream.write(message)
      return
    }
    stream.cork()
    connection.parse({ name: this.name ?? '', text: this.text })
    stream.write(message)
    stream.uncork()
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }))
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(this.#rowOf(this.#columns, fields))
  }

  /** `INSERT 0 1`, `SELECT 50`. */
  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rowCount = Number(text.slice(text.lastIndexOf(' ') + 1)) || 0
    if (this.name !== undefined && !this.#isDescribed) this.#known?.set(this.name, this.#columns)
  }

  handleReadyForQuery(): void {
    this.callback(null, { rows: this.#rows, rowCount: this.#rowCount })
  }

  handleError(error: unknown): void {
    this.callback(error)
  }

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}
}
