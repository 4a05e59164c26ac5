import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { says, words } from '../words.ts'

const pipelineDefinition = defineObject(
  'pipeline',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 100, ...says('名称', 'Name', '中文名称。', 'Name in Chinese.') },
      nameEn: { kind: 'text', maxLength: 100, ...says('英文名称', 'English name', '英文界面显示的名称。', 'Name shown in English.') },
      order: { kind: 'integer', default: 0, ...says('顺序', 'Order', '小的在前。', 'Lower comes first.') },
      isDefault: {
        kind: 'boolean',
        default: false,
        index: true,
        ...says('默认', 'Default', '没有选阶段的新商机进入这里。', 'New deals without a stage go here.'),
      },
    },
  },
  {
    label: words('商机管道', 'Pipeline'),
    pluralLabel: words('商机管道', 'Pipelines'),
    help: words('一种销售过程，由若干阶段组成。', 'One way of selling, made of stages.'),
    nameField: 'name',
    columns: ['name', 'nameEn', 'order', 'isDefault'],
  },
)

/** 商机管道: one way of selling, made of stages. */
export interface Pipeline extends RecordOf<typeof pipelineDefinition> {}

export const pipeline: ObjectHandle<Pipeline> = pipelineDefinition
