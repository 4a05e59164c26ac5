import { CrmError } from '../error/crm-error.ts'
import type { Store } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { jobTable } from '../store/system-tables.ts'
import type { ClaimedJob } from './claimed-job.ts'
import { GiveUp, type Job, RetryAfter } from './job.ts'
import { jobLimits } from './job-row.ts'

const longestError = 2_000
const defaults = { firstPause: 1_000, longestPause: 3_600_000 } as const

/** What becomes of a job whose try failed. */
export type Verdict = { readonly state: 'waiting'; readonly pause: number } | { readonly state: 'dead' }

/** Another try after a random part of a pause that doubles, or the end. `random`: 0 ≤ n < 1. */
export function verdictOf({ attempt, attempts }: ClaimedJob, job: Job | undefined, error: unknown, random: () => number): Verdict {
  if (error instanceof GiveUp || attempt >= attempts) return { state: 'dead' }
  if (error instanceof RetryAfter && Number.isFinite(error.milliseconds))
    return { state: 'waiting', pause: Math.min(Math.max(0, Math.round(error.milliseconds)), jobLimits.delay) }
  return { state: 'waiting', pause: pauseOf(attempt, job, random) }
}

/** Full jitter: anything from a millisecond to a pause that doubles with every try. */
export function pauseOf(attempt: number, limits: Pick<Job, 'firstPause' | 'longestPause'> = {}, random: () => number): number {
  const { firstPause = defaults.firstPause, longestPause = defaults.longestPause } = limits
  return Math.ceil(random() * Math.min(longestPause, firstPause * 2 ** Math.min(attempt - 1, 40))) || 1
}

const mine: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: { column: 'lease', nullable: true }, param: 1 },
    { op: 'eq', operand: { column: 'id', nullable: false }, param: 2 },
  ],
}
const failedPlan = { table: jobTable, columns: ['state', 'due_at', 'error', 'failed_at', 'lease', 'lease_until'] }
const backPlan = { table: jobTable, columns: ['attempts', 'lease', 'lease_until'] }

/** Writes down that a try failed; false = another input waits under the key by now, or the job is lost. */
export async function writeFailure({ direct }: Store, job: ClaimedJob, verdict: Verdict, error: unknown, now: number): Promise<boolean> {
  const due = verdict.state === 'waiting' ? now + verdict.pause : now
  const values = [verdict.state, due, errorText(error), now, null, null]
  return (await direct.set(failedPlan, values, mine, [job.tenant, job.lease, job.id])) === 1
}

/** Gives a job back as if it had not been tried. */
export async function handBack({ direct }: Store, job: ClaimedJob): Promise<boolean> {
  return (await direct.set(backPlan, [job.attempt - 1, null, null], mine, [job.tenant, job.lease, job.id])) === 1
}

/** An error as operators read it: for one of the table its code, never a stack. */
export function errorText(error: unknown): string {
  const text = error instanceof CrmError ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.slice(0, longestError).toWellFormed().replaceAll('\0', '')
}
