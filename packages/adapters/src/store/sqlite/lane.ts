import { StoreFailure } from '@guanxi/core/store'
import type { KnexClient } from '../session/host-knex.ts'
import type { SqliteLink } from './link.ts'

/** A way to a connection for the length of some work. */
export interface Lane {
  lease<T>(work: (link: SqliteLink) => Promise<T>): Promise<T>
}

interface Waiting {
  readonly admit: (link: SqliteLink) => void
  readonly timer: NodeJS.Timeout
}

/** Connections of our own: taken from knex once and kept, because going to its pool costs more than a read. */
export class OwnLane implements Lane {
  readonly #idle: SqliteLink[]
  readonly #waiting: Waiting[] = []
  readonly #patience: number
  readonly #size: number

  constructor(links: readonly SqliteLink[], patience: number) {
    this.#idle = [...links]
    this.#size = links.length
    this.#patience = patience
  }

  async lease<T>(work: (link: SqliteLink) => Promise<T>): Promise<T> {
    const link = this.#idle.pop() ?? (await this.#wait())
    try {
      return await work(link)
    } finally {
      this.#giveBack(link)
    }
  }

  /** Waits for the work under way; nobody gets a connection afterwards. */
  async drain(): Promise<void> {
    for (let taken = 0; taken < this.#size; taken++) {
      if (!this.#idle.pop()) await this.#wait()
    }
  }

  #wait(): Promise<SqliteLink> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(new StoreFailure(`No connection became free within ${this.#patience} ms.`, true))
      }
      const waiting: Waiting = { admit: resolve, timer: setTimeout(giveUp, this.#patience) }
      this.#waiting.push(waiting)
    })
  }

  #giveBack(link: SqliteLink): void {
    const next = this.#waiting.shift()
    if (!next) {
      this.#idle.push(link)
      return
    }
    clearTimeout(next.timer)
    next.admit(link)
  }
}

/** Connections of the host's pool: taken for each piece of work and given back. */
export class HostLane implements Lane {
  readonly #client: KnexClient
  readonly #link: (raw: object) => SqliteLink

  constructor(client: KnexClient, link: (raw: object) => SqliteLink) {
    this.#client = client
    this.#link = link
  }

  async lease<T>(work: (link: SqliteLink) => Promise<T>): Promise<T> {
    const raw = await this.#acquire()
    try {
      return await work(this.#link(raw))
    } finally {
      await this.#client.releaseConnection(raw)
    }
  }

  async #acquire(): Promise<object> {
    try {
      return (await this.#client.acquireConnection()) as object
    } catch (error) {
      throw new StoreFailure('No connection could be had from the pool.', true, { cause: error })
    }
  }
}
