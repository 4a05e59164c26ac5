import { toActor } from '../access/to-actor.ts'
import type { Kernel } from '../crm/kernel.ts'
import type { Records } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import { systemIdentity, systemScope } from '../scope/system-scope.ts'
import type { ClaimedJob } from './claimed-job.ts'
import { requireHeld } from './fence.ts'
import type { Job, JobContext } from './job.ts'

/** Runs a job once, as the system, in a scope of its own: nothing of one job reaches the next. */
export async function runJob(kernel: Kernel, job: Job | undefined, claimed: ClaimedJob, signal: AbortSignal): Promise<void> {
  if (!job) throw new Error(`No plugin of this process has the job ${claimed.job}.`)
  await job.run(claimed.input as never, jobContext(kernel, claimed, signal))
}

function jobContext(kernel: Kernel, claimed: ClaimedJob, signal: AbortSignal): JobContext {
  const { tenant, id, attempt, attempts, actor } = claimed
  const scope: Scope = {
    ...systemScope(kernel, tenant),
    chain: [claimed.job],
    fence: async (session) => {
      signal.throwIfAborted()
      await requireHeld(session, claimed)
    },
  }
  return {
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
        signal.throwIfAborted()
        await kernel.directory.put(tenant, input)
      },
    },
    now: kernel.clock,
    service: (ref) => kernel.container.resolve(ref),
    stillMine: async () => {
      signal.throwIfAborted()
      await requireHeld(kernel.store.direct, claimed)
    },
  }
}
