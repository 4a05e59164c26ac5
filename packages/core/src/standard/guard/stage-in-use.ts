import { batch } from '../../hook/hook.ts'
import { deal } from '../object/deal.ts'
import { pipeline } from '../object/pipeline.ts'
import { stage } from '../object/stage.ts'

/** A stage that holds deals is not deleted: they need another stage first. */
export const stageInUse = batch.before(
  stage,
  { id: 'stage-in-use', on: ['delete'], reads: [], database: true },
  async (changes, context) => {
    const stageId = { in: changes.map((change) => change.id) }
    const count = await context.records(deal).count({ where: { stageId } })
    if (count > 0) context.reject('STANDARD_STAGE_IN_USE', { count })
  },
)

/** A pipeline that holds deals is not deleted. */
export const pipelineInUse = batch.before(
  pipeline,
  { id: 'pipeline-in-use', on: ['delete'], reads: [], database: true },
  async (changes, context) => {
    const pipelineId = { in: changes.map((change) => change.id) }
    const count = await context.records(deal).count({ where: { pipelineId } })
    if (count > 0) context.reject('STANDARD_STAGE_IN_USE', { count })
  },
)
