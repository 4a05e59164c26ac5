import { StoreFailure } from '@guanxi/core/store'
import { type Access, noNesting } from '../session/access.ts'
import type { KnexClient } from '../session/host-knex.ts'
import { withRetries } from '../session/retry.ts'
import { inTransaction } from '../session/transaction.ts'
import type { PostgresLink } from './link.ts'

/** Connections of a knex pool, our own or the host's. */
export class PostgresPool {
  readonly #client: KnexClient
  readonly #link: (raw: object) => PostgresLink

  constructor(client: KnexClient, link: (raw: object) => PostgresLink) {
    this.#client = client
    this.#link = link
  }

  async lease<T>(work: (link: PostgresLink) => Promise<T>): Promise<T> {
    const raw = await this.#acquire()
    try {
      return await work(this.#link(raw))
    } finally {
      await this.#client.releaseConnection(raw)
    }
  }

  inTransaction<T>(work: (access: Access<PostgresLink>) => Promise<T>): Promise<T> {
    return withRetries(() => this.lease((link) => inTransaction(link, begin, work, (reason) => link.discard(reason))))
  }

  async #acquire(): Promise<object> {
    try {
      return (await this.#client.acquireConnection()) as object
    } catch (error) {
      throw new StoreFailure('No connection could be had from the pool.', true, { cause: error })
    }
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
    return withRetries(() => this.#pool.lease(work))
  }
}
