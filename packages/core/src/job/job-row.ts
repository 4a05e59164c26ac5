import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import { ajvValidator } from '../schema/ajv-validator.ts'
import type { Validator } from '../schema/validator.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import { requireInstant } from '../time/zone.ts'
import type { Job, JobPriority, JobRequest } from './job.ts'

/** Bounds of jobs. */
export const jobLimits = { requests: 100, inputLength: 100_000, attempts: 10, delay: 10 * 366 * 86_400_000 } as const

/** Columns that a request fills; a lease that is held under the same key stays as it is. */
export const requestColumns = [
  'tenant_id',
  'job',
  'key',
  'id',
  'input',
  'priority',
  'due_at',
  'max_attempts',
  'attempts',
  'state',
  'created_at',
  'actor_kind',
  'actor_id',
  'error',
  'failed_at',
] as const

const priorities: Readonly<Record<JobPriority, number>> = { high: 0, normal: 1, low: 2 }
const requestKeys = new Set(['job', 'input', 'key', 'runAt', 'delay', 'priority'])
const validators = new WeakMap<object, Validator>()

/** The rows of requests: one for each job and key, the last one of those that share both. */
export function jobRows(scope: Scope, requests: readonly JobRequest[]): (readonly unknown[])[] {
  if (!Array.isArray(requests)) throw refuse('a list of jobs is expected', '/enqueue')
  if (requests.length > jobLimits.requests)
    throw crmError('LIMIT_EXCEEDED', { what: 'jobs', limit: jobLimits.requests }, { path: '/enqueue' })
  const rows = requests.map((request, index) => jobRow(scope, request, `/enqueue/${index}`))
  return [...new Map(rows.map((row) => [`${row[1]}\0${row[2]}`, row])).values()]
}

function jobRow(scope: Scope, request: JobRequest, path: string): readonly unknown[] {
  const stranger = Object.keys(request).find((key) => !requestKeys.has(key))
  if (stranger !== undefined) throw crmError('PARAMETER_UNKNOWN', { name: stranger.slice(0, 100) }, { path })
  const { job, key, priority = job?.priority ?? 'normal' } = request
  if (!scope.kernel.contributions.jobs.some(({ id }) => id === job?.id))
    throw crmError('JOB_UNKNOWN', { job: String(job?.id).slice(0, 100) }, { path: `${path}/job` })
  if (key !== undefined && !isTextId(key)) throw refuse('a key is text of 1 to 200 characters', `${path}/key`)
  if (!Object.hasOwn(priorities, priority)) throw refuse('a priority is high, normal or low', `${path}/priority`)
  const { actor } = scope
  const now = nowOf(scope)
  const id = newId()
  return [
    actor.tenant,
    job.id,
    key ?? id,
    id,
    inputText(job, request.input, path),
    priorities[priority],
    dueAt(request, now, path),
    job.attempts ?? jobLimits.attempts,
    0,
    'waiting',
    now,
    actor.kind,
    actor.id,
    null,
    null,
  ]
}

function dueAt({ runAt, delay }: JobRequest, now: number, path: string): number {
  if (runAt !== undefined && delay !== undefined) throw refuse('runAt and delay exclude each other', path)
  if (runAt !== undefined) return requireInstant(runAt, 'runAt')
  if (delay === undefined) return now
  if (!Number.isSafeInteger(delay) || delay < 0 || delay > jobLimits.delay)
    throw refuse('a delay is a whole number of milliseconds, up to ten years', `${path}/delay`)
  return now + delay
}

function inputText(job: Job, input: unknown, path: string): string {
  const text = JSON.stringify(input ?? null)
  if (text.length > jobLimits.inputLength)
    throw crmError('LIMIT_EXCEEDED', { what: 'characters of a job’s input', limit: jobLimits.inputLength }, { path: `${path}/input` })
  const known = validators.get(job.input) ?? ajvValidator(job.input)
  validators.set(job.input, known)
  const [fault] = known.check(JSON.parse(text))
  if (fault) throw crmError('JOB_INPUT_INVALID', { job: job.id, fault: `${fault.path} ${fault.keyword}`.trim() }, { path: `${path}/input` })
  return text
}

function refuse(reason: string, path: string) {
  return crmError('PARAMETER_INVALID', { name: 'enqueue', reason }, { path })
}
