import type { ObjectHandle } from '../object/handle.ts'
import type { Records } from '../record/records.ts'
import { pipeline } from './object/pipeline.ts'
import { type Stage, stage } from './object/stage.ts'

type FirstStage = Pick<Stage, 'name' | 'nameEn' | 'probability' | 'forecastCategory' | 'outcome'>

/** The pipeline every tenant starts with. */
export const defaultStages: readonly FirstStage[] = [
  { name: '初步接触', nameEn: 'Initial contact', probability: 10, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '需求确认', nameEn: 'Qualification', probability: 30, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '方案报价', nameEn: 'Proposal', probability: 60, forecastCategory: 'bestCase', outcome: 'open' },
  { name: '商务谈判', nameEn: 'Negotiation', probability: 90, forecastCategory: 'commit', outcome: 'open' },
  { name: '赢单', nameEn: 'Won', probability: 100, forecastCategory: 'closed', outcome: 'won' },
  { name: '输单', nameEn: 'Lost', probability: 0, forecastCategory: 'omitted', outcome: 'lost' },
]

/** Gives a new tenant its default pipeline. */
export async function provisionPipeline(tools: { records<T extends object>(object: ObjectHandle<T>): Records<T> }): Promise<void> {
  const { id } = await tools.records(pipeline).create({ name: '标准销售', nameEn: 'Standard sales', order: 1, isDefault: true })
  await tools
    .records(stage)
    .createMany(defaultStages.map((each, index) => ({ ...each, pipelineId: id, order: index + 1, idleLimitDays: 14 })))
}
