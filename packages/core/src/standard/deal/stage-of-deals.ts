import type { BeforeChange, HookContext } from '../../hook/hook.ts'
import type { Stored } from '../../object/handle.ts'
import type { Deal } from '../object/deal.ts'
import { pipeline } from '../object/pipeline.ts'
import { type Stage, stage } from '../object/stage.ts'

/** Finds the stage a deal goes to. */
export type StageChoice = (change: BeforeChange<Deal>) => Stored<Stage>

/** What a change says about where the deal should be. */
interface Wish {
  readonly stageId: string | null
  readonly pipelineId: string | null
}

/** Reads the stages that all these changes need, once. */
export async function readStages(changes: readonly BeforeChange<Deal>[], context: HookContext): Promise<StageChoice> {
  const wishes = changes.map(wishOf)
  const fallback = wishes.some((wish) => !wish.stageId && !wish.pipelineId) ? await defaultPipeline(context) : null
  const ids = [...new Set(wishes.flatMap((wish) => wish.stageId ?? []))]
  const pipelineIds = [...new Set(wishes.flatMap((wish) => (wish.stageId ? [] : (wish.pipelineId ?? fallback ?? []))))]
  const { records } = await context.records(stage).find({
    where: { or: [...(ids.length ? [{ id: { in: ids } }] : []), ...(pipelineIds.length ? [{ pipelineId: { in: pipelineIds } }] : [])] },
    sort: ['order'],
    limit: 500,
  })
  const byId = new Map(records.map((record) => [record.id, record]))
  return (change) => {
    const { stageId, pipelineId } = wishOf(change)
    const found = stageId ? byId.get(stageId) : records.find((record) => record.pipelineId === (pipelineId ?? fallback))
    if (!found) return context.reject('STANDARD_STAGE_MISSING', {}, 'stageId')
    if (stageId && pipelineId && found.pipelineId !== pipelineId) return context.reject('STANDARD_STAGE_OF_OTHER_PIPELINE', {}, 'stageId')
    return found
  }
}

/** A stage that is sent wins; a pipeline sent alone means its first stage; a lost deal without either goes back where it was. */
function wishOf({ operation, previous, next, touched }: BeforeChange<Deal>): Wish {
  if (operation === 'create') return { stageId: next.stageId ?? null, pipelineId: next.pipelineId ?? null }
  const pipelineId = touched.has('pipelineId') ? (next.pipelineId ?? null) : null
  const stageId = touched.has('stageId') ? (next.stageId ?? previous?.lostFromStageId ?? null) : null
  if (stageId || pipelineId) return { stageId, pipelineId }
  return { stageId: previous?.stageId ?? null, pipelineId: null }
}

async function defaultPipeline(context: HookContext): Promise<string> {
  const { records } = await context.records(pipeline).find({ where: { isDefault: true }, sort: ['order'], limit: 1, fields: ['order'] })
  return records[0]?.id ?? context.reject('STANDARD_PIPELINE_MISSING', {}, 'stageId')
}
