import type { RawRow } from './port.ts'

/** Which jobs a worker takes. */
export interface JobClaim {
  /** Names the worker; part of every lease it takes. */
  readonly worker: string
  /** Jobs it has code for. */
  readonly jobs: readonly string[]
  /** Due until this instant of business time, ms. */
  readonly now: number
  readonly limit: number
  readonly leaseMilliseconds: number
}

/** Where a consumer stood when its lease was taken. */
export interface ConsumerClaim {
  readonly cursor: string | null
  readonly fence: number
  /** Claims since the consumer last got on or was handed back, this one among them: more than one tells of processes that died. */
  readonly claims: number
}

/** A transaction of somebody else that changes wait for: while it runs, what was written after it began cannot be put in order. */
export interface Holdup {
  /** Milliseconds since it began. */
  readonly milliseconds: number
  /** Process id of its connection on the database server. */
  readonly pid: number
  readonly application: string
  /** Its last statement, cut. Empty where the server does not tell. */
  readonly statement: string
}

/**
 * Work that processes share: leases are taken, kept and lost by the database's own clock, and everything a worker writes names its
 * lease, so that one who lost it writes nothing.
 */
export interface WorkStore {
  /** Takes due jobs, the most urgent first; each counts as an attempt. Never waits for another worker. */
  claimJobs(claim: JobClaim): Promise<RawRow[]>
  /** Makes leases last from now on; the answer is those that are still held. */
  renewJobs(leases: readonly string[], milliseconds: number): Promise<string[]>
  /** Removes jobs that are done. `superseded`: another value was put under the key meanwhile, and waits now. Neither = lost. */
  finishJobs(
    done: readonly { readonly lease: string; readonly id: string }[],
  ): Promise<{ readonly finished: readonly string[]; readonly superseded: readonly string[] }>
  /** Jobs by name, counted: `total`, `due`, `running`, `dead`, and `oldest`, the due time of the one that waits longest. */
  countJobs(tenant: string | null, now: number): Promise<RawRow[]>
  /** Deciders of all tenants that are due by now: `tenant_id`, `decider`. */
  dueDeciders(now: number, limit: number): Promise<RawRow[]>
  /** Runs of deciders that wait for somebody to confirm them. */
  countWaitingRuns(tenant: string | null): Promise<number>
  /** Rules on save that are known to have broken. */
  countBrokenRules(tenant: string | null): Promise<number>
  /** The number of the last change that anybody has committed; 0 = none. What is written from now on has a higher one. */
  lastChange(): Promise<number>
  /** The cursor behind the last change that can be told in order by now; null = there is none. */
  endOfChanges(): Promise<string | null>
  /** Are there committed changes that cannot be told yet, because a transaction still runs that may precede them? */
  hasUnordered(): Promise<boolean>
  /** Names the database the way no copy of its data can: null where there is no telling (SQLite). */
  identity(): Promise<string | null>
  /** The number of the first change that a consumer with this cursor has not been told of; null = none. Also after a restore. */
  firstPending(cursor: string | null): Promise<number | null>
  /** After a restore elsewhere: puts the whole log before everything written from now on. A cursor is then `placeBefore(number)`. */
  rebase(): Promise<void>
  /** The cursor of somebody who has been told of all changes before that number of a rebased log. */
  placeBefore(number: number): string
  /** The cursor of somebody who has been told of everything up to this row of `changesAfter`. */
  placeOf(row: RawRow): string
  /** Null: another process holds it, or there is no such consumer. */
  takeConsumer(id: string, owner: string, milliseconds: number): Promise<ConsumerClaim | null>
  /** Makes the lease last from now on, and moves the cursor where one is given; false = lost. */
  keepConsumer(id: string, fence: number, milliseconds: number, cursor?: string): Promise<boolean>
  /** Records of a consumer with a change that is to be tried again by now: `tenant_id`, `record_id`. */
  parkedDue(consumer: string, now: number, limit: number): Promise<RawRow[]>
  /** Makes lines due whose first change only waits for one that is not there: left behind where two processes met. */
  wakeOrphans(consumer: string, now: number): Promise<number>
  /** Parked changes by consumer, counted: `total`, and `retrying`, those that will be tried again by themselves. */
  countParked(tenant: string | null): Promise<RawRow[]>
  /** What holds consumers back for at least this long; null = nothing does. */
  holdup(milliseconds: number): Promise<Holdup | null>
}
