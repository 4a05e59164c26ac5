import { enqueueAll } from '../job/enqueue.ts'
import { type Job, jobRequest } from '../job/job.ts'
import type { UnitScope } from '../scope/scope.ts'
import type { StoredSend } from './rows.ts'

/** The job that brings a send to its channel. */
export const sendJobId = 'core.send-message'

const priorities = { urgent: 'high', normal: 'normal', low: 'low' } as const

/** One job for each send, under its id: never two at a time, wherever they run. */
export async function enqueueSends(unit: UnitScope, sends: readonly Pick<StoredSend, 'id' | 'dueAt' | 'priority'>[]): Promise<void> {
  const job = unit.kernel.contributions.jobs.find(({ id }) => id === sendJobId) as Job<{ readonly id: string }> | undefined
  if (!job || sends.length === 0) return
  await enqueueAll(
    unit,
    sends.map(({ id, dueAt, priority }) => jobRequest(job, { id }, { key: id, runAt: dueAt, priority: priorities[priority] })),
  )
}
