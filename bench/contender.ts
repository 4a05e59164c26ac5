import type { Operation } from './operation.ts'

/** One operation, done once. Where it answers no promise it is done already: the harness adds no cost of its own. */
export type Work = () => unknown

/** What a contender has used up so far. */
export interface Usage {
  /** CPU of the process that does the work, microseconds, user and system. */
  readonly cpu: number
  /** Statements sent to the database. */
  readonly statements: number
}

/** A way to keep records. */
export interface Contender {
  readonly name: string
  /** `limit`: the raw driver, which the others are compared with. `judged`: the bars are about it. */
  readonly role: 'limit' | 'judged' | 'other'
  readonly work: Readonly<Partial<Record<Operation, Work>>>
  /** Makes what the next call needs and nobody measures: the file of an import, or its rows. */
  prepare?(operation: Operation): void
  /** Fills the table with this many records. */
  seed(records: number): Promise<void>
  usage(): Usage | Promise<Usage>
  /** Collects garbage. Not done between turns: it would also throw away what the compiler has learnt. */
  settle(): void | Promise<void>
  close(): Promise<void>
}

/** CPU of this process so far, microseconds. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Collects garbage; needs `--expose-gc`. */
export function collectGarbage(): void {
  globalThis.gc?.()
}
