import type { Job } from './job.ts'

const idPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/
const mostAttempts = 100
const priorities: readonly unknown[] = ['high', 'normal', 'low', undefined]

/** Everything wrong with the declaration of a job, in words. */
export function jobProblems(prefix: string, job: Job): string[] {
  const { id, input, attempts = 1, firstPause = 0, longestPause = 0, concurrency = 1, priority, run } = job
  const problems: string[] = []
  const refuse = (reason: string): void => void problems.push(`the job “${id}” ${reason}`)
  if (!idPattern.test(id) || !id.startsWith(`${prefix}.`)) refuse(`needs an id such as “${prefix}.do-it”`)
  if (typeof input !== 'object' || input === null) refuse('needs a schema of its input')
  if (!isWhole(attempts, 1, mostAttempts)) refuse(`must be tried 1 to ${mostAttempts} times`)
  if (!isWhole(firstPause, 0) || !isWhole(longestPause, 0)) refuse('has a pause that is no whole number of milliseconds')
  if (!isWhole(concurrency, 1)) refuse('must run at least once at a time')
  if (!priorities.includes(priority)) refuse(`has the unknown priority “${String(priority)}”`)
  if (typeof run !== 'function') refuse('does nothing')
  return problems
}

function isWhole(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
