import { StoreFailure } from '@guanxi/core/store'
import { type Access, noNesting } from '../session/access.ts'
import { throwUnconfirmed } from '../session/connection-lost.ts'
import type { KnexClient } from '../session/host-knex.ts'
import { withRetries } from '../session/retry.ts'
import { inTransaction } from '../session/transaction.ts'
import type { PostgresLink } from './link.ts'

/** Where a knex pool marks a connection that must not be used again. */
type PooledConnection = object & { readonly __knex__disposed?: unknown }

/**
 * Connections of a knex pool, our own or the host's. A few of our own are kept at hand between uses, because going through the pool
 * costs a good part of a read.
 */
export class PostgresPool {
  readonly #client: KnexClient
  readonly #link: (raw: object) => PostgresLink
  readonly #keep: number
  readonly #atHand: PooledConnection[] = []
  #waiting = 0

  /** `keep`: how many connections may be kept at hand; 0 for a pool that belongs to the host. */
  constructor(client: KnexClient, link: (raw: object) => PostgresLink, keep: number) {
    this.#client = client
    this.#link = link
    this.#keep = keep
  }

  async lease<T>(work: (link: PostgresLink) => Promise<T>): Promise<T> {
    const raw = this.#fromHand() ?? (await this.#acquire())
    try {
      return await work(this.#link(raw))
    } finally {
      const releasing = this.#release(raw)
      if (releasing) await releasing
    }
  }

  /** Gives back what is kept at hand; nothing is kept afterwards. */
  async drain(): Promise<void> {
    this.#waiting = Number.POSITIVE_INFINITY
    for (const raw of this.#atHand.splice(0)) await this.#client.releaseConnection(raw)
  }

  inTransaction<T>(work: (access: Access<PostgresLink>) => Promise<T>): Promise<T> {
    return withRetries(() => this.lease((link) => inTransaction(link, begin, work, (reason) => link.discard(reason))))
  }

  /** A connection may have died while it was at hand; the pool then throws it away. */
  #fromHand(): PooledConnection | undefined {
    for (let raw = this.#atHand.pop(); raw; raw = this.#atHand.pop()) {
      if (!raw.__knex__disposed) return raw
      void this.#client.releaseConnection(raw)
    }
    return undefined
  }

  async #acquire(): Promise<PooledConnection> {
    this.#waiting += 1
    try {
      return (await this.#client.acquireConnection()) as PooledConnection
    } catch (error) {
      throw new StoreFailure('No connection could be had from the pool.', true, { cause: error })
    } finally {
      this.#waiting -= 1
    }
  }

  /** Somebody who waits at the pool goes first, and the pool throws broken connections away. */
  #release(raw: PooledConnection): Promise<void> | undefined {
    const mayKeep = this.#waiting === 0 && this.#atHand.length < this.#keep && !raw.__knex__disposed
    if (!mayKeep) return this.#client.releaseConnection(raw)
    this.#atHand.push(raw)
    return undefined
  }
}

/** The isolation level is spelt out, because a host may have set another default. */
function begin(link: PostgresLink): Promise<void> {
  return link.command('BEGIN ISOLATION LEVEL READ COMMITTED', 'begin')
}

/** Statements that commit by themselves: a composed write is one statement, whole or not at all. */
export class DirectAccess implements Access<PostgresLink> {
  readonly transactional = false
  readonly nested = noNesting
  readonly #pool: PostgresPool

  constructor(pool: PostgresPool) {
    this.#pool = pool
  }

  read<T>(work: (link: PostgresLink) => Promise<T>): Promise<T> {
    return withRetries(() => this.#pool.lease(work))
  }

  write<T>(work: (link: PostgresLink) => Promise<T>): Promise<T> {
    return withRetries(() => this.#pool.lease(work)).catch(throwUnconfirmed)
  }

  once<T>(work: (link: PostgresLink) => Promise<T>): Promise<T> {
    return this.write(work)
  }
}
