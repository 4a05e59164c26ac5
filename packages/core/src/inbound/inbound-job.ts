import type { Access, Verdict } from '../access/access.ts'
import { enqueueJob } from '../job/enqueue.ts'
import { defineJob, type Job, type JobContext } from '../job/job.ts'
import { jobScope } from '../job/run-job.ts'
import { fullMay } from '../object/field-right.ts'
import type { Scope } from '../scope/scope.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { inboundTable } from '../store/system-tables.ts'
import type { Inbound, InboundEvent } from './inbound.ts'

const input = { type: 'object', additionalProperties: false, required: ['key'], properties: { key: { type: 'string' } } } as const
const keyIs: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: { column: 'hook', nullable: false }, param: 1 },
    { op: 'eq', operand: { column: 'key', nullable: false }, param: 2 },
  ],
}
const onePlan: SelectPlan = { table: inboundTable, columns: ['body', 'headers', 'received_at'], where: keyIs, order: [], revision: false }
const settled = { table: inboundTable, columns: ['state', 'settled_at'] }

/** The job that carries out what came in at a hook. */
export const inboundJobId = (hook: string): string => `${hook}.inbound`

/** One job for each hook, so that each is watched, replayed and dropped by its own name. */
export function inboundJob(hook: Inbound): Job<{ readonly key: string }> {
  return defineJob<{ readonly key: string }>({
    id: inboundJobId(hook.id),
    input,
    ...(hook.attempts !== undefined && { attempts: hook.attempts }),
    run: ({ key }, context) => carryOut(hook, key, context),
  })
}

async function carryOut(hook: Inbound, key: string, context: JobContext): Promise<void> {
  const { tenant, attempt, signal, service, stillMine } = context
  const system = jobScope(context)
  const { direct } = system.kernel.store
  const [row] = await direct.select(onePlan, [tenant, hook.id, key])
  if (!row) return
  const text = String(row.body)
  const headers = (typeof row.headers === 'string' ? JSON.parse(row.headers) : row.headers) as InboundEvent['headers']
  const event: InboundEvent = { id: key, text, json: () => JSON.parse(text), headers, receivedAt: Number(row.received_at) }
  const scope = narrowed(system, hook)
  const session = scope.kernel.session(scope, { id: scope.actor.id, kind: 'integration', tenant })
  const enqueue = (...[job, given, options]: Parameters<typeof session.enqueue>) => enqueueJob(scope, job, given, options)
  await hook.run(event, { tenant, attempt, signal, session, enqueue: enqueue as typeof session.enqueue, service })
  await stillMine()
  await direct.set(settled, ['done', system.kernel.clock()], keyIs, [tenant, hook.id, key])
}

/** A call of the hook itself, which may do what its declaration says and nothing else. */
function narrowed(system: Scope, { id, rights }: Inbound): Scope {
  // The role is its own: what others without roles may see is remembered by role.
  const actor = { ...system.actor, id, kind: 'integration', roles: [`inbound:${id}`] } as const
  return { ...system, kernel: { ...system.kernel, access: declaredAccess(rights) }, actor, privileged: false, chain: [id] }
}

function declaredAccess(rights: Inbound['rights']): Access {
  const all: Verdict = { allowed: true, reach: 'all' }
  return {
    judge: (_, action, object) => (Object.hasOwn(rights, object) && rights[object]?.includes(action) ? all : { allowed: false }),
    field: () => fullMay,
  }
}

const over: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: { column: 'state', nullable: false }, param: 1 },
    { op: 'lt', operand: { column: 'received_at', nullable: false }, param: 2 },
  ],
}

/** What was carried out long ago goes; what waits for an operator stays. */
export async function purgeInbound(session: StoreSession, tenant: string, before: number): Promise<void> {
  await session.delete(inboundTable, over, [tenant, 'done', before])
}
