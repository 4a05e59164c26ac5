import { createHash } from 'node:crypto'

/** A text, with its name as a prepared statement and the name it has in traces. */
export interface Statement {
  readonly sql: string
  readonly name: string
  readonly label: string
}

export function statement(sql: string, label: string): Statement {
  return { sql, label, name: `guanxi_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}` }
}

const limit = 200

/**
 * Which names one connection has prepared. Two generations: what is used moves to the young one, and when that is full the old one
 * is given up, so that the server never keeps more than twice the limit.
 */
export class PreparedNames {
  #young = new Set<string>()
  #old = new Set<string>()

  /** Notes the use of a name. Returns names to deallocate, nearly always none. */
  use(name: string): readonly string[] {
    if (this.#young.has(name)) return none
    this.#old.delete(name)
    this.#young.add(name)
    if (this.#young.size < limit) return none
    const dropped = [...this.#old]
    this.#old = this.#young
    this.#young = new Set()
    return dropped
  }

  forget(name: string): void {
    this.#young.delete(name)
    this.#old.delete(name)
  }
}

const none: readonly string[] = []
