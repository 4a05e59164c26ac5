import type { Kernel } from '../crm/kernel.ts'
import type { Scope } from '../scope/scope.ts'
import { messageTable } from '../store/system-tables.ts'
import { deliverSend, recoverSend } from './deliver.ts'
import { abandonedPlan, duePlan } from './plans.ts'

/** Brings queued sends to their channels. No timer before `start`, none after `stop`. */
export interface MessagePump {
  /** Delivers everything that is due. */
  flush(): Promise<void>
  start(): void
  /** Ends with the sends under way. */
  stop(): Promise<void>
}

const pollMilliseconds = 1_000
const pageSize = 100
const together = 4

/** The pump of one CRM. Several processes share the work: each send is taken by one of them. */
export function createMessagePump(kernel: Kernel, systemOf: (tenant: string) => Scope): MessagePump {
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let stopping = false
  const flush = (): Promise<void> => {
    const pass = last.then(() => deliverDue(kernel, systemOf, () => !stopping))
    last = pass.catch(() => {})
    return pass
  }
  const poll = async (): Promise<void> => {
    await flush().catch((error: unknown) =>
      kernel.log({ level: 'error', message: 'Messages could not be delivered.', error: String(error) }),
    )
    if (timer) schedule()
  }
  const schedule = (): void => {
    timer = setTimeout(poll, pollMilliseconds)
    timer.unref()
  }
  return {
    flush,
    start: () => {
      stopping = false
      if (!timer) schedule()
    },
    stop: async () => {
      stopping = true
      if (timer) clearTimeout(timer)
      timer = null
      await last
      stopping = false
    },
  }
}

async function deliverDue(kernel: Kernel, systemOf: (tenant: string) => Scope, goOn: () => boolean): Promise<void> {
  const { direct } = kernel.store
  for (const tenant of await direct.tenants(messageTable)) {
    const now = kernel.clock()
    const system = systemOf(tenant)
    for (const row of await direct.select(abandonedPlan, [tenant, pageSize, 'sending', now])) await recoverSend(system, String(row.id))
    for (let full = true; full && goOn(); ) {
      const rows = await direct.select(duePlan, [tenant, pageSize, 'queued', now])
      full = rows.length === pageSize
      await inLanes(
        rows.map((row) => String(row.id)),
        (id) => (goOn() ? deliverSend(system, id) : Promise.resolve()),
      )
    }
  }
}

async function inLanes(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const queue = [...ids]
  const lane = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) await work(id)
  }
  await Promise.all(Array.from({ length: Math.min(together, queue.length) }, lane))
}
