import type { RawRow } from '@guanxi/core/store'

/** One SQLite connection of either driver, with its prepared statements. */
export interface SqliteConnection {
  all(sql: string, values: readonly unknown[]): Promise<RawRow[]>
  /** Returns how many rows the statement changed. */
  run(sql: string, values: readonly unknown[]): Promise<number>
}

/** A connection as knex hands it out. */
export type RawSqliteConnection = object

const limit = 128

/**
 * Prepared statements of one connection by SQL text. Two generations: what is used moves to the young one, and when that is full
 * the old one is dropped. Nearly least-recently-used, without moving anything on a hit.
 */
export class StatementCache<Statement> {
  #young = new Map<string, Statement>()
  #old = new Map<string, Statement>()
  readonly #drop: (statement: Statement) => void

  constructor(drop: (statement: Statement) => void) {
    this.#drop = drop
  }

  get(sql: string): Statement | undefined {
    const young = this.#young.get(sql)
    if (young !== undefined) return young
    const old = this.#old.get(sql)
    if (old === undefined) return undefined
    this.#old.delete(sql)
    this.add(sql, old)
    return old
  }

  add(sql: string, statement: Statement): void {
    this.#young.set(sql, statement)
    if (this.#young.size < limit) return
    for (const dropped of this.#old.values()) this.#drop(dropped)
    this.#old = this.#young
    this.#young = new Map()
  }

  clear(): void {
    for (const statement of this.#young.values()) this.#drop(statement)
    for (const statement of this.#old.values()) this.#drop(statement)
    this.#young.clear()
    this.#old.clear()
  }
}
