import { type Access, noNesting } from '../session/access.ts'
import { withRetries } from '../session/retry.ts'
import { inTransaction } from '../session/transaction.ts'
import type { Lane } from './lane.ts'
import type { SqliteLink } from './link.ts'
import { beginImmediate, withWriteLock } from './write-lock.ts'

/** Nothing to discard: a connection whose ROLLBACK failed has no transaction any more. */
const ignore = (): void => {}

/** Runs `work` in one write transaction. */
export function inImmediateTransaction<T>(lane: Lane, work: (access: Access<SqliteLink>) => Promise<T>): Promise<T> {
  return withRetries(() => lane.lease((link) => inTransaction(link, beginImmediate, work, ignore)))
}

/** Reads on the reading connections, writes each on the writing one. */
export class DirectAccess implements Access<SqliteLink> {
  readonly transactional = false
  readonly nested = noNesting
  readonly #writer: Lane
  readonly #readers: Lane

  constructor(writer: Lane, readers: Lane) {
    this.#writer = writer
    this.#readers = readers
  }

  read<T>(work: (link: SqliteLink) => Promise<T>): Promise<T> {
    return this.#readers.lease(work)
  }

  write<T>(work: (link: SqliteLink) => Promise<T>): Promise<T> {
    return withRetries(() => this.#writer.lease((link) => inOwnTransaction(link, work)))
  }

  once<T>(work: (link: SqliteLink) => Promise<T>): Promise<T> {
    return withRetries(() => this.#writer.lease((link) => withWriteLock(() => work(link))))
  }
}

async function inOwnTransaction<T>(link: SqliteLink, work: (link: SqliteLink) => Promise<T>): Promise<T> {
  await beginImmediate(link)
  try {
    const result = await work(link)
    await link.command('COMMIT', 'commit')
    return result
  } catch (error) {
    await link.undo('ROLLBACK').catch(ignore)
    throw error
  }
}
