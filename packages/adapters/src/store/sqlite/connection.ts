import type { RawRow, RowValues } from '@guanxi/core/store'
import type { Statement } from './statement.ts'

/** One SQLite connection of either driver, with its prepared statements. */
export interface SqliteConnection {
  /** How many new rows go into one statement: each statement is a trip to another thread, or it is not. */
  readonly rowsAtOnce: number
  all(statement: Statement, values: readonly unknown[]): Promise<RawRow[]>
  /** Are rows cheaper as one JSON array each? */
  readonly packs: boolean
  /** Rows as values in the order of the columns; of statements with packed columns when it {@link packs}. */
  values(statement: Statement, values: readonly unknown[]): Promise<RowValues[]>
  /** Returns how many rows the statement changed. */
  run(statement: Statement, values: readonly unknown[]): Promise<number>
  /** Runs one statement many times; no promise where it is done at once. */
  runner(statement: Statement): (values: readonly unknown[]) => Promise<unknown> | undefined
}

interface Entry<Prepared> {
  readonly statement: Statement
  readonly prepared: Prepared
}

const limit = 128

/**
 * Prepared statements of one connection by SQL text. Two generations: what is used moves to the young one, and when that is full
 * the old one is dropped. Nearly least-recently-used, without moving anything on a hit.
 */
export class StatementCache<Prepared> {
  #young = new Map<string, Entry<Prepared>>()
  #old = new Map<string, Entry<Prepared>>()
  #leftovers: string[] = []
  readonly #drop: (prepared: Prepared) => void

  constructor(drop: (prepared: Prepared) => void) {
    this.#drop = drop
  }

  get(sql: string): Prepared | undefined {
    const young = this.#young.get(sql)
    if (young !== undefined) return young.prepared
    const old = this.#old.get(sql)
    if (old === undefined) return undefined
    this.#old.delete(sql)
    this.#keep(sql, old)
    return old.prepared
  }

  add(statement: Statement, prepared: Prepared): void {
    this.#keep(statement.sql, { statement, prepared })
  }

  delete(sql: string): void {
    for (const generation of [this.#young, this.#old]) {
      const entry = generation.get(sql)
      if (entry) this.#drop(entry.prepared)
      generation.delete(sql)
    }
  }

  clear(): void {
    for (const generation of [this.#young, this.#old]) {
      for (const { prepared } of generation.values()) this.#drop(prepared)
      generation.clear()
    }
  }

  /** Names of views whose statements were dropped, told once. */
  takeLeftovers(): readonly string[] {
    const names = this.#leftovers
    this.#leftovers = []
    return names
  }

  #keep(sql: string, entry: Entry<Prepared>): void {
    this.#young.set(sql, entry)
    if (this.#young.size < limit) return
    for (const { statement, prepared } of this.#old.values()) {
      this.#drop(prepared)
      if (statement.view) this.#leftovers.push(statement.view.name)
    }
    this.#old = this.#young
    this.#young = new Map()
  }
}
