import { toActor } from '../access/to-actor.ts'
import type { Kernel } from '../crm/kernel.ts'
import type { Records } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import { systemIdentity, systemScope } from '../scope/system-scope.ts'
import type { ClaimedJob } from './claimed-job.ts'
import { requireHeld } from './fence.ts'
import type { Job, JobContext } from './job.ts'

interface Footing {
  readonly scope: Scope
  readonly held: Scope
}

/** What jobs of the core stand on: plugins get no more than their context. */
const footings = new WeakMap<JobContext, Footing>()

/** The system in a job: each of its transactions fails once another worker has the job, or this process is told to stop. */
export function jobScope(context: JobContext): Scope {
  return footingOf(context).scope
}

/** The same for putting things in order at the end, also of a process that is told to stop. */
export function closingScope(context: JobContext): Scope {
  return footingOf(context).held
}

function footingOf(context: JobContext): Footing {
  const footing = footings.get(context)
  if (!footing) throw new TypeError('This is no context of a running job.')
  return footing
}

/** Runs a job once, as the system, in a scope of its own: nothing of one job reaches the next. */
export async function runJob(kernel: Kernel, job: Job | undefined, claimed: ClaimedJob, signal: AbortSignal): Promise<void> {
  if (!job) throw new Error(`No plugin of this process has the job ${claimed.job}.`)
  await job.run(claimed.input as never, jobContext(kernel, claimed, signal))
}

function jobContext(kernel: Kernel, claimed: ClaimedJob, signal: AbortSignal): JobContext {
  const { tenant, id, attempt, attempts, actor } = claimed
  const held: Scope = { ...systemScope(kernel, tenant), chain: [claimed.job], fence: (session) => requireHeld(session, claimed) }
  const fence: Scope['fence'] = async (session) => {
    signal.throwIfAborted()
    await requireHeld(session, claimed)
  }
  const scope: Scope = { ...held, fence }
  const context: JobContext = {
    tenant,
    key: id,
    attempt,
    attempts,
    actor,
    signal,
    session: kernel.session(scope, systemIdentity(tenant)),
    records: <T extends object>(object: { readonly name: string }) => kernel.records(scope, object.name) as Records<T>,
    as: (identity) => kernel.session({ ...scope, actor: toActor({ ...identity, tenant }), privileged: false }, { ...identity, tenant }),
    directory: {
      put: async (input) => {
        await kernel.directory.put(tenant, input, fence)
      },
    },
    now: kernel.clock,
    service: (ref) => kernel.container.resolve(ref),
    stillMine: async () => {
      signal.throwIfAborted()
      await requireHeld(kernel.store.direct, claimed)
    },
  }
  footings.set(context, { scope, held })
  return context
}
