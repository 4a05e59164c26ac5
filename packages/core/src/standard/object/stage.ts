import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { forecastCategories } from '../forecast-category.ts'
import { option, says, words } from '../words.ts'

const stageDefinition = defineObject(
  'stage',
  {
    type: 'object',
    required: ['pipelineId', 'name'],
    properties: {
      pipelineId: {
        kind: 'reference',
        to: 'pipeline',
        index: true,
        ...says('商机管道', 'Pipeline', '属于哪个管道。', 'The pipeline it is part of.'),
      },
      name: { kind: 'text', maxLength: 100, ...says('名称', 'Name', '中文名称。', 'Name in Chinese.') },
      nameEn: { kind: 'text', maxLength: 100, ...says('英文名称', 'English name', '英文界面显示的名称。', 'Name shown in English.') },
      order: { kind: 'integer', default: 0, ...says('顺序', 'Order', '小的在前。', 'Lower comes first.') },
      probability: {
        kind: 'integer',
        minimum: 0,
        maximum: 100,
        default: 0,
        ...says('赢单概率', 'Probability', '百分比，商机进入阶段时采用。', 'Percent, taken over by deals that enter the stage.'),
      },
      forecastCategory: {
        kind: 'choice',
        default: 'pipeline',
        options: forecastCategories,
        ...says('预测类别', 'Forecast category', '在预测中算作哪一类。', 'How a forecast counts it.'),
      },
      outcome: {
        kind: 'choice',
        default: 'open',
        options: [option('open', '进行中', 'Open'), option('won', '赢单', 'Won'), option('lost', '输单', 'Lost')],
        ...says('结果', 'Outcome', '商机到此是否结束。', 'Whether a deal ends here.'),
      },
      idleLimitDays: {
        kind: 'integer',
        minimum: 1,
        default: 14,
        ...says('停滞天数', 'Idle limit', '这么多天没有进展即为停滞。', 'A deal is stale after so many days without progress.'),
      },
    },
  },
  {
    label: words('阶段', 'Stage'),
    pluralLabel: words('阶段', 'Stages'),
    help: words('商机管道中的一步。', 'One step of a pipeline.'),
    nameField: 'name',
    columns: ['name', 'nameEn', 'pipelineId', 'order', 'probability', 'forecastCategory', 'outcome', 'idleLimitDays'],
    indexes: [['pipelineId', 'order']],
  },
)

/** 阶段: one step of a pipeline. */
export interface Stage extends RecordOf<typeof stageDefinition> {}

export const stage: ObjectHandle<Stage> = stageDefinition
