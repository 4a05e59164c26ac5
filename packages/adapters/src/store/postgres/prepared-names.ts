import { createHash } from 'node:crypto'
import type { Column } from './exchange.ts'

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
  /** Names that the server still knows and should not. */
  readonly leftovers = new Set<string>()
  /** What they answer, as far as the server has said so. */
  readonly columns = new Map<string, readonly Column[]>()

  use(name: string): void {
    if (this.#young.has(name)) return
    this.#old.delete(name)
    this.#young.add(name)
    if (this.#young.size < limit) return
    for (const dropped of this.#old) this.#giveUp(dropped)
    this.#old = this.#young
    this.#young = new Set()
  }

  /** The server never knew it. */
  drop(name: string): void {
    this.#young.delete(name)
    this.#old.delete(name)
    this.columns.delete(name)
  }

  /** The statement is of no use any more, even if its name is used again. */
  forget(name: string): void {
    this.drop(name)
    this.#giveUp(name)
  }

  #giveUp(name: string): void {
    this.columns.delete(name)
    this.leftovers.add(name)
  }
}

const ofConnections = new WeakMap<object, PreparedNames>()

/** Those of a connection: stores that share a pool of the host see what any of them has prepared or given up. */
export function preparedNames(connection: object): PreparedNames {
  const known = ofConnections.get(connection)
  if (known) return known
  const names = new PreparedNames()
  ofConnections.set(connection, names)
  return names
}
