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
      return inSavepoint(link, 'guanxi', atOnce, () => work(link))
    })
  }

  once<T>(work: (link: Link) => Promise<T>): Promise<T> {
    return this.read(work)
  }

  async nested<T>(work: () => Promise<T>): Promise<T> {
    this.#depth += 1
    try {
      return await inSavepoint(await this.#connect(), `guanxi_${this.#depth}`, (command) => this.#turns.take(command), work)
    } finally {
      this.#depth -= 1
    }
  }
}

type Run = (command: () => Promise<void>) => Promise<void>

/** For work that has its turn already. */
const atOnce: Run = (command) => command()

async function inSavepoint<T>(link: Commands, name: string, run: Run, work: () => Promise<T>): Promise<T> {
  await run(() => link.command(`SAVEPOINT ${name}`, 'savepoint'))
  try {
    const result = await work()
    await run(() => link.command(`RELEASE SAVEPOINT ${name}`, 'release'))
    return result
  } catch (error) {
    await run(async () => {
      await link.undo(`ROLLBACK TO SAVEPOINT ${name}`)
      await link.undo(`RELEASE SAVEPOINT ${name}`)
      // Where the connection is gone, the host's commit fails too: what went wrong first says more.
    }).catch(() => {})
    throw error
  }
}
