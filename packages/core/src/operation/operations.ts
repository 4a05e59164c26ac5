import type { Health } from './health.ts'

/** A job as operators see it. */
export interface JobEntry {
  readonly id: string
  readonly job: string
  /** What makes it one with others of the same job; its id where it has no key of its own. */
  readonly key: string
  /** `dead`: given up. */
  readonly state: 'waiting' | 'running' | 'dead'
  readonly input: unknown
  readonly priority: 'high' | 'normal' | 'low'
  readonly dueAt: number
  readonly attempt: number
  readonly attempts: number
  readonly createdAt: number
  readonly actor: { readonly kind: string; readonly id: string }
  /** Why the last try failed. */
  readonly error: string | null
  readonly failedAt: number | null
}

/** A change that a consumer could not digest. */
export interface ParkedEntry {
  readonly consumer: string
  readonly changeId: string
  readonly object: string
  readonly recordId: string
  readonly version: number
  /** Empty for a change that only waits behind another one of its record. */
  readonly error: string
  readonly attempt: number
  readonly parkedAt: number
  /** When it is tried again by itself; null = it waits for an operator, or for the one before it. */
  readonly retryAt: number | null
}

/** Which, and how many: 1 to 200, 50 unless said. */
export interface OperationQuery {
  readonly limit?: number
  /** From the page before. */
  readonly cursor?: string
}

/**
 * What operators of a tenant see and do. Who did what is kept as a decision (`core.replay-job`, `core.drop-job`, `core.replay-change`,
 * `core.drop-change`). False = there was nothing to do: somebody else was faster.
 */
export interface Operations {
  health(): Promise<Health>
  /** By id, the oldest first. */
  jobs(query?: OperationQuery & { readonly state?: JobEntry['state']; readonly job?: string }): Promise<{
    readonly jobs: readonly JobEntry[]
    readonly cursor: string | null
  }>
  /** A job that was given up, or waits for its next try, is due now, with all its tries before it. Throws JOB_RUNNING. */
  replayJob(id: string): Promise<boolean>
  /** Takes a job away that is not running. Throws JOB_RUNNING. */
  dropJob(id: string): Promise<boolean>
  /** By consumer and record, in the order in which they will be delivered. */
  parked(query?: OperationQuery & { readonly consumer?: string }): Promise<{
    readonly changes: readonly ParkedEntry[]
    readonly cursor: string | null
  }>
  /** The changes of a record that a consumer has parked are tried now, with all their tries before them. */
  replayParked(consumer: string, recordId: string): Promise<boolean>
  /** A consumer never hears of this change; those behind it go on. */
  dropParked(consumer: string, changeId: string): Promise<boolean>
}
