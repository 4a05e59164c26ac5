import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { jobTable } from '../store/system-tables.ts'
import type { JobEntry } from './operations.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const idIs: Predicate = { op: 'eq', operand: column('id'), param: 1 }
const unleased: Predicate = { op: 'isNull', operand: column('lease', true) }

const columns = [
  'id',
  'job',
  'key',
  'state',
  'input',
  'priority',
  'due_at',
  'attempts',
  'max_attempts',
  'created_at',
  'actor_kind',
  'actor_id',
  'lease',
  'error',
  'failed_at',
]
const onePlan: SelectPlan = { table: jobTable, columns, where: idIs, order: [], revision: false, lock: true }
const wokenPlan = { table: jobTable, columns: ['state', 'due_at', 'attempts'] }

/** What to look for among the jobs of a tenant. */
export interface JobsAsked {
  readonly state: JobEntry['state'] | undefined
  readonly job: string | undefined
  readonly limit: number
  readonly cursor: string | undefined
}

const plans = new Map<string, SelectPlan>()

/** Jobs of a tenant by id. */
export async function findJobs(session: StoreSession, tenant: string, { state, job, limit, cursor }: JobsAsked): Promise<JobEntry[]> {
  const shape = `${state ?? ''}|${job !== undefined}|${cursor !== undefined}`
  const plan = plans.get(shape) ?? listPlan(state, job !== undefined, cursor !== undefined)
  plans.set(shape, plan)
  const params = [tenant, limit, ...(job === undefined ? [] : [job]), ...(cursor === undefined ? [] : [cursor])]
  const stored = state === undefined ? [] : [state === 'dead' ? 'dead' : 'waiting']
  return (await session.select(plan, [...params, ...stored])).map(jobEntry)
}

function listPlan(state: JobEntry['state'] | undefined, byJob: boolean, hasCursor: boolean): SelectPlan {
  let param = 2
  const of: Predicate[] = []
  if (byJob) of.push({ op: 'eq', operand: column('job'), param: param++ })
  const after = hasCursor ? [param++] : undefined
  if (state !== undefined) of.push({ op: 'eq', operand: column('state'), param: param++ })
  if (state === 'waiting') of.push(unleased)
  if (state === 'running') of.push({ op: 'not', of: unleased })
  return {
    table: jobTable,
    columns,
    ...(of.length > 0 && { where: { op: 'and', of } }),
    order: [{ operand: column('id'), descending: false }],
    ...(after && { after }),
    limit: 1,
    revision: false,
  }
}

/** A job, its row locked to the end of the transaction. */
export async function jobById(session: StoreSession, tenant: string, id: string): Promise<JobEntry | null> {
  const [row] = await session.select(onePlan, [tenant, id])
  return row ? jobEntry(row) : null
}

/** Makes it due now. */
export async function wakeJob(session: StoreSession, tenant: string, id: string, now: number): Promise<boolean> {
  return (await session.set(wokenPlan, ['waiting', now, 0], idIs, [tenant, id])) === 1
}

export async function removeJob(session: StoreSession, tenant: string, id: string): Promise<boolean> {
  return (await session.delete(jobTable, idIs, [tenant, id])) === 1
}

const priorities = ['high', 'normal', 'low'] as const

function jobEntry(row: RawRow): JobEntry {
  const { input } = row
  return {
    id: String(row.id),
    job: String(row.job),
    key: String(row.key),
    state: row.state === 'dead' ? 'dead' : row.lease === null ? 'waiting' : 'running',
    input: typeof input === 'string' ? JSON.parse(input) : input,
    priority: priorities[Number(row.priority)] ?? 'normal',
    dueAt: Number(row.due_at),
    attempt: Number(row.attempts),
    attempts: Number(row.max_attempts),
    createdAt: Number(row.created_at),
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
    error: row.error === null ? null : String(row.error),
    failedAt: row.failed_at === null ? null : Number(row.failed_at),
  }
}
