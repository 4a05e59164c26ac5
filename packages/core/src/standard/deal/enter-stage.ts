import { type BeforeChange, batch, type HookContext } from '../../hook/hook.ts'
import type { Stored } from '../../object/handle.ts'
import { type Deal, deal } from '../object/deal.ts'
import type { Stage } from '../object/stage.ts'
import { entryRank } from './rank.ts'
import { readStages } from './stage-of-deals.ts'

const reopenDays = 30
const day = 24 * 60 * 60 * 1000

/** Everything that follows from a deal's stage: pipeline, probability, forecast, status and times. */
export const enterStage = batch.before(
  deal,
  {
    id: 'deal-stage',
    on: ['create', 'update'],
    fields: ['stageId', 'pipelineId'],
    reads: [
      'stageId',
      'pipelineId',
      'status',
      'probability',
      'stageProbability',
      'lostReason',
      'competitor',
      'closedAt',
      'lostFromStageId',
    ],
    database: true,
  },
  async (changes, context) => {
    const stageOf = await readStages(changes, context)
    for (const change of changes) {
      const stage = stageOf(change)
      if (change.previous?.stageId === stage.id) change.set({ stageId: stage.id, pipelineId: stage.pipelineId })
      else change.set(entered(change, stage, context))
    }
  },
)

function entered(change: BeforeChange<Deal>, stage: Stored<Stage>, context: HookContext): Partial<Deal> {
  const { previous, next } = change
  const status = stage.outcome ?? 'open'
  refuseLateReopening(change, status, context)
  if (status === 'lost') demandReason(change, context)
  const now = next.updatedAt ?? context.now
  const closed = status !== 'open'
  return {
    stageId: stage.id,
    pipelineId: stage.pipelineId,
    status,
    probability: probabilityIn(change, stage),
    stageProbability: stage.probability,
    forecastCategory: (change.touched.has('forecastCategory') && next.forecastCategory) || stage.forecastCategory,
    stageSince: now,
    rank: (change.touched.has('rank') && next.rank) || entryRank(now, change.id),
    lastProgressAt: now,
    closedAt: closed ? now : null,
    lostFromStageId: status === 'lost' ? (previous?.status === 'lost' ? previous.lostFromStageId : (previous?.stageId ?? null)) : null,
    ...(previous?.status === 'lost' && status !== 'lost' && { lostReason: null, competitor: null }),
  }
}

/** A probability set by hand stays while the deal is open; the outcome of a closed deal is certain. */
function probabilityIn({ previous, next, touched }: BeforeChange<Deal>, stage: Stored<Stage>): number | null {
  if (stage.outcome === 'won' || stage.outcome === 'lost') return stage.probability
  if (touched.has('probability') && next.probability !== null) return next.probability ?? stage.probability
  const byHand = previous?.status === 'open' && previous.probability !== null && previous.probability !== previous.stageProbability
  return byHand ? previous.probability : stage.probability
}

function refuseLateReopening({ previous }: BeforeChange<Deal>, status: string, context: HookContext): void {
  if (previous?.status !== 'lost' || status === 'lost') return
  if (context.now - (previous.closedAt ?? 0) > reopenDays * day)
    context.reject('STANDARD_DEAL_REOPEN_EXPIRED', { days: reopenDays }, 'stageId')
}

function demandReason({ next }: BeforeChange<Deal>, context: HookContext): void {
  if (!next.lostReason) context.reject('STANDARD_LOST_REASON_REQUIRED', {}, 'lostReason')
  if (next.lostReason === 'competitor' && !next.competitor) context.reject('STANDARD_COMPETITOR_REQUIRED', {}, 'competitor')
}
