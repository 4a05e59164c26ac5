import type { Access, Commands } from './access.ts'
import { Turns } from './turns.ts'

/**
 * A connection inside the host's transaction. Each write stands in a savepoint, so that a refusal or an error leaves the host's
 * transaction as usable as before.
 */
export class HostTransactionAccess<Link extends Commands> implements Access<Link> {
  readonly transactional = true
  readonly #connect: () => Promise<Link>
  readonly #turns = new Turns()
  #depth = 0

  constructor(connect: () => Promise<Link>) {
    this.#connect = connect
  }

  read<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => work(await this.#connect()))
  }

  write<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      const link = await this.#connect()
      await setSavepoint(link, 'guanxi')
      return this.#leaveWith(link, 'guanxi', () => work(link))
    })
  }

  async nested<T>(work: () => Promise<T>): Promise<T> {
    this.#depth += 1
    const name = `guanxi_${this.#depth}`
    try {
      const link = await this.#connect()
      await this.#turns.take(() => setSavepoint(link, name))
      return await this.#leaveWith(link, name, work)
    } finally {
      this.#depth -= 1
    }
  }

  async #leaveWith<T>(link: Link, savepoint: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      await link.command(`RELEASE SAVEPOINT ${savepoint}`, 'release')
      return result
    } catch (error) {
      await link.undo(`ROLLBACK TO SAVEPOINT ${savepoint}`)
      await link.undo(`RELEASE SAVEPOINT ${savepoint}`)
      throw error
    }
  }
}

function setSavepoint(link: Commands, name: string): Promise<void> {
  return link.command(`SAVEPOINT ${name}`, 'savepoint')
}
