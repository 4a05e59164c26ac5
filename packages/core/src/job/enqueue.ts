import { inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { jobTable } from '../store/system-tables.ts'
import type { EnqueueOptions, Job, JobRequest } from './job.ts'
import { jobRequest } from './job.ts'
import { jobRows, requestColumns } from './job-row.ts'

const rowsPlan = { table: jobTable, columns: requestColumns }

/** Puts one job there, in the call's transaction if there is one. The answer is its id. */
export async function enqueueJob<I>(scope: Scope, job: Job<I>, input: I, options?: EnqueueOptions): Promise<string> {
  // Whoever may lose the right to write asks for it in the transaction that writes.
  if (scope.fence && !scope.unit) return inUnit(scope, (unit) => enqueueJob(unit, job, input, options))
  const [row] = jobRows(scope, [jobRequest(job, input, options)])
  await sessionOf(scope).put(rowsPlan, row ? [row] : [], 'replace')
  return String(row?.[3])
}

/** Puts many there, in one transaction. */
export async function enqueueAll(scope: UnitScope, requests: readonly JobRequest[]): Promise<void> {
  for (let start = 0; start < requests.length; start += chunk)
    await scope.unit.session.put(rowsPlan, jobRows(scope, requests.slice(start, start + chunk)), 'replace')
}

const chunk = 100
