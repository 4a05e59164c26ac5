import { enqueueAll } from '../job/enqueue.ts'
import type { Job } from '../job/job.ts'
import type { UnitScope } from '../scope/scope.ts'

export const laneJobId = 'core.webhook-lane'

/** What somebody sends to see whether anybody answers: it waits for nothing, and is tried once. */
export const pingType = 'ping'
/** Lanes of a webhook: what is told of one record is always in the same. Pings have one more of their own. */
export const laneCount = 16
export const pingLane: number = laneCount + 1

/** What the job of a lane is told. */
export interface LaneInput {
  readonly hook: string
  readonly lane: number
}

/** Wakes lanes at a time, each once. */
export async function enqueueLanes(unit: UnitScope, hook: string, lanes: readonly { lane: number; at: number }[]): Promise<void> {
  const job = unit.kernel.contributions.jobs.find(({ id }) => id === laneJobId) as Job<LaneInput> | undefined
  if (!job) return
  const earliest = new Map<number, number>()
  for (const { lane, at } of lanes) earliest.set(lane, Math.min(at, earliest.get(lane) ?? at))
  await enqueueAll(
    unit,
    [...earliest].map(([lane, runAt]) => ({ job: job as unknown as Job, input: { hook, lane }, key: `${hook}:${lane}`, runAt })),
  )
}
