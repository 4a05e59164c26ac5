import { type Consumer, defineConsumer } from '../consumer/consumer.ts'
import { inboundLimits } from '../inbound/inbound.ts'
import { purgeInbound } from '../inbound/inbound-job.ts'
import { defineJob, type Job } from '../job/job.ts'
import { closingScope, jobScope } from '../job/run-job.ts'
import { defineSchedule, type Schedule } from '../job/schedule.ts'
import { inUnit, nowOf, type Scope } from '../scope/scope.ts'
import { pendingLanes, purgeDeliveries } from './delivery-rows.ts'
import { fanOut } from './fan-out.ts'
import { runLane } from './lane.ts'
import { enqueueLanes, type LaneInput, laneJobId } from './lane-job.ts'
import { allPlan, decodeWebhook } from './rows.ts'
import { webhookSend } from './send-job.ts'

const laneInput = {
  type: 'object',
  additionalProperties: false,
  required: ['hook', 'lane'],
  properties: { hook: { type: 'string' }, lane: { type: 'integer' } },
} as const
const noInput = { type: 'object', additionalProperties: false } as const
const day = 86_400_000

/** What webhooks do in the background. */
export interface WebhookWork {
  readonly consumers: readonly Consumer[]
  readonly jobs: readonly Job[]
  readonly schedules: readonly Schedule[]
}

/** Told of every change, brings it to the webhooks that want it, and takes care of what was left lying. */
export function webhookWork(systemOf: (tenant: string) => Scope): WebhookWork {
  const feed = defineConsumer({
    id: 'core.webhooks',
    batch: 100,
    run: (changes, { tenant }) => fanOut(systemOf(tenant), changes),
  })
  const lane = defineJob<LaneInput>({
    id: laneJobId,
    input: laneInput,
    attempts: 20,
    run: (input, context) => runLane(jobScope(context), closingScope(context), input, context),
  })
  const care = defineJob<object>({
    id: 'core.webhook-care',
    input: noInput,
    priority: 'low',
    concurrency: 1,
    run: (_, context) => takeCare(jobScope(context)),
  })
  const schedule = defineSchedule<object>({ id: care.id, job: care, input: {}, times: { every: '10m' } })
  return {
    consumers: [feed],
    jobs: [lane, care, webhookSend] as unknown as Job[],
    schedules: [schedule] as unknown as Schedule[],
  }
}

/** Old deliveries go; lanes that nobody would wake are woken: an owner is back, a process died between two statements. */
async function takeCare(scope: Scope): Promise<void> {
  const { kernel, actor } = scope
  const { direct } = kernel.store
  const keepDays = kernel.webhooks?.keepDays ?? 0
  await purgeDeliveries(direct, actor.tenant, kernel.clock() - keepDays * day)
  await purgeInbound(direct, actor.tenant, kernel.clock() - inboundLimits.keepDays * day)
  for (const { id, state, circuit } of (await direct.select(allPlan, [actor.tenant])).map(decodeWebhook)) {
    if (state !== 'active' || (circuit.openUntil ?? 0) > kernel.clock()) continue
    await inUnit(scope, async (unit) => {
      const now = nowOf(unit)
      const lanes = await pendingLanes(unit.unit.session, actor.tenant, id)
      const overdue = lanes.filter(({ due }) => due <= now)
      await enqueueLanes(
        unit,
        id,
        overdue.map(({ lane }) => ({ lane, at: now })),
      )
    })
  }
}
