import { StoreFailure } from '@guanxi/core/store'
import type { Access, Commands } from './access.ts'
import { throwUnconfirmed } from './connection-lost.ts'
import { Turns } from './turns.ts'

/**
 * A connection inside a transaction of ours. After an error the transaction (or the savepoint around it) can only be rolled back,
 * on both engines: half of a composed write must never be committed because somebody caught the error.
 */
class TransactionAccess<Link extends Commands> implements Access<Link> {
  readonly transactional = true
  readonly #link: Link
  readonly #turns = new Turns()
  #depth = 0
  #failure: { readonly error: unknown } | null = null
  #ended = false

  constructor(link: Link) {
    this.#link = link
  }

  read<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.#turns.take(() => this.#attempt(work))
  }

  write<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.#turns.take(() => this.#attempt(work))
  }

  once<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.write(work)
  }

  async nested<T>(work: () => Promise<T>): Promise<T> {
    this.#depth += 1
    const savepoint = `guanxi_${this.#depth}`
    try {
      await this.write((link) => link.command(`SAVEPOINT ${savepoint}`, 'savepoint'))
      return await this.#inside(savepoint, work)
    } finally {
      this.#depth -= 1
    }
  }

  /** Waits for work under way, lets no more in, and throws if any of it failed. */
  async finish(): Promise<void> {
    await this.close()
    if (this.#failure) throw this.#failure.error
  }

  async close(): Promise<void> {
    this.#ended = true
    await this.#turns.idle()
  }

  async #inside<T>(savepoint: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      await this.#turns.idle()
      if (this.#failure) throw this.#failure.error
      await this.write((link) => link.command(`RELEASE SAVEPOINT ${savepoint}`, 'release'))
      return result
    } catch (error) {
      await this.#turns.take(() => this.#rollBackTo(savepoint)).catch((undone: unknown) => this.#spoil(undone))
      throw error
    }
  }

  async #rollBackTo(savepoint: string): Promise<void> {
    await this.#link.undo(`ROLLBACK TO SAVEPOINT ${savepoint}`)
    await this.#link.undo(`RELEASE SAVEPOINT ${savepoint}`)
    this.#failure = null
  }

  /** What could not be taken back must not be committed. */
  #spoil(error: unknown): void {
    this.#failure ??= { error }
  }

  async #attempt<T>(work: (link: Link) => Promise<T>): Promise<T> {
    if (this.#ended) throw new StoreFailure('The transaction has ended.', false)
    if (this.#failure)
      throw new StoreFailure('The transaction failed before and can only be rolled back.', false, { cause: this.#failure.error })
    try {
      return await work(this.#link)
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}

/** Begins, works, commits; any error rolls back and is thrown again. */
export async function inTransaction<Link extends Commands, T>(
  link: Link,
  begin: (link: Link) => Promise<void>,
  work: (access: Access<Link>) => Promise<T>,
  discard: (reason: unknown) => void,
): Promise<T> {
  await begin(link)
  const access = new TransactionAccess(link)
  try {
    const result = await work(access)
    await access.finish()
    await link.command('COMMIT', 'commit').catch(throwUnconfirmed)
    return result
  } catch (error) {
    await access.close()
    await link.undo('ROLLBACK').catch(discard)
    throw error
  }
}
