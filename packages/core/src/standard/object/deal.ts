import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { forecastCategories } from '../forecast-category.ts'
import { sources } from '../source.ts'
import { option, says, words } from '../words.ts'

const dealDefinition = defineObject(
  'deal',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('名称', 'Name', '要卖什么给谁。', 'What is sold to whom.') },
      customerId: { kind: 'reference', to: 'customer', index: true, ...says('客户', 'Customer', '买方。', 'The buyer.') },
      contactId: { kind: 'reference', to: 'contact', ...says('联系人', 'Contact', '买方的主要联系人。', 'The buyer’s main person.') },
      amount: { kind: 'money', ...says('预计金额', 'Amount', '预计成交的金额。', 'What the deal is expected to bring.') },
      closeDate: {
        kind: 'date',
        index: true,
        ...says('预计成交日', 'Close date', '预计签约的日期。', 'When it is expected to be signed.'),
      },
      pipelineId: {
        kind: 'reference',
        to: 'pipeline',
        index: true,
        ...says('商机管道', 'Pipeline', '随阶段确定。', 'Follows from the stage.'),
      },
      stageId: {
        kind: 'reference',
        to: 'stage',
        index: true,
        ...says('阶段', 'Stage', '不选则进入默认管道的第一阶段。', 'The first stage of the default pipeline unless chosen.'),
      },
      status: {
        kind: 'choice',
        readOnly: true,
        index: true,
        default: 'open',
        options: [option('open', '进行中', 'Open'), option('won', '赢单', 'Won'), option('lost', '输单', 'Lost')],
        ...says('状态', 'Status', '由阶段决定。', 'Follows from the stage.'),
      },
      probability: {
        kind: 'integer',
        minimum: 0,
        maximum: 100,
        ...says(
          '赢单概率',
          'Probability',
          '默认取自阶段；手工改过后保留手工的值，清空即恢复。',
          'Taken from the stage; a value set by hand stays until it is emptied.',
        ),
      },
      weightedAmount: {
        kind: 'money',
        formula: { logic: { '/': [{ '*': [{ minor: [{ var: 'amount' }] }, { var: 'probability' }] }, 100] }, currency: 'amount' },
        ...says('加权金额', 'Weighted amount', '预计金额乘以赢单概率。', 'The amount by its probability.'),
      },
      stageProbability: {
        kind: 'integer',
        readOnly: true,
        ...says('阶段概率', 'Stage probability', '当前阶段的默认概率。', 'The default of the present stage.'),
      },
      forecastCategory: {
        kind: 'choice',
        options: forecastCategories,
        ...says('预测类别', 'Forecast category', '进入阶段时取自阶段。', 'Taken from the stage when the deal enters it.'),
      },
      lostReason: {
        kind: 'choice',
        options: [
          option('price', '价格', 'Price'),
          option('competitor', '选择了竞争对手', 'Chose a competitor'),
          option('no_budget', '没有预算', 'No budget'),
          option('no_decision', '搁置', 'No decision'),
          option('requirements', '需求不符', 'Requirements not met'),
          option('timing', '时机不对', 'Timing'),
          option('no_response', '失去联系', 'No response'),
          option('other', '其他', 'Other'),
        ],
        ...says('输单原因', 'Reason it was lost', '输单时必填。', 'Needed to lose a deal.'),
      },
      competitor: {
        kind: 'text',
        maxLength: 200,
        ...says('竞争对手', 'Competitor', '因竞争对手输单时必填。', 'Needed when a competitor was chosen.'),
      },
      productIds: { kind: 'links', to: 'product', ...says('产品', 'Products', '涉及的产品。', 'Products it is about.') },
      source: { kind: 'choice', options: sources, ...says('来源', 'Source', '商机从哪里来。', 'Where the deal came from.') },
      stageSince: {
        kind: 'instant',
        readOnly: true,
        ...says('进入阶段', 'In stage since', '进入当前阶段的时间。', 'When it entered its stage.'),
      },
      daysInStage: {
        kind: 'integer',
        formula: { logic: { daysBetween: [{ var: 'stageSince' }, { now: [] }] } },
        ...says('停留天数', 'Days in stage', '在当前阶段停留的整天数。', 'Whole days since it entered its stage.'),
      },
      rank: {
        kind: 'text',
        maxLength: 200,
        ...says('看板位置', 'Place on the board', '在同一阶段中的先后，小的在上。', 'Order among the cards of a stage, lower ones on top.'),
      },
      lastProgressAt: {
        kind: 'instant',
        readOnly: true,
        index: true,
        ...says(
          '最近进展',
          'Last progress',
          '有效跟进、换阶段或客户回复的最近时间。',
          'Last follow-up with a result, stage change or reply.',
        ),
      },
      closedAt: {
        kind: 'instant',
        readOnly: true,
        index: true,
        ...says('关闭时间', 'Closed', '赢单或输单的时间。', 'When it was won or lost.'),
      },
      lostFromStageId: {
        kind: 'reference',
        to: 'stage',
        readOnly: true,
        ...says('输单前阶段', 'Lost from stage', '重新打开时回到这个阶段。', 'Reopening brings it back to this stage.'),
      },
      previousDealId: {
        kind: 'reference',
        to: 'deal',
        ...says('前一商机', 'Previous deal', '接续哪个已关闭的商机。', 'The closed deal this one continues.'),
      },
      description: { kind: 'longText', ...says('说明', 'Description', '背景和约定。', 'Background and agreements.') },
      activities: {
        kind: 'children',
        to: 'activity',
        by: 'subject',
        ...says('活动记录', 'Activities', '商机上的往来。', 'What happened on the deal.'),
      },
    },
  },
  {
    label: words('商机', 'Deal'),
    pluralLabel: words('商机', 'Deals'),
    help: words('一次可能成交的生意。', 'A piece of business that may be won.'),
    nameField: 'name',
    boards: ['stageId'],
    columns: ['name', 'customerId', 'stageId', 'amount', 'closeDate', 'ownerId', 'lastProgressAt'],
    indexes: [
      ['ownerId', 'status'],
      ['stageId', 'rank'],
      ['status', 'closeDate'],
    ],
    sections: [
      { label: words('商机', 'Deal'), fields: ['name', 'customerId', 'contactId', 'amount', 'weightedAmount', 'closeDate', 'ownerId'] },
      {
        label: words('阶段', 'Stage'),
        fields: [
          'stageId',
          'pipelineId',
          'status',
          'probability',
          'forecastCategory',
          'stageProbability',
          'stageSince',
          'daysInStage',
          'lastProgressAt',
        ],
      },
      { label: words('输单', 'Loss'), fields: ['lostReason', 'competitor', 'closedAt', 'lostFromStageId', 'previousDealId'] },
      { label: words('内容', 'Content'), fields: ['productIds', 'source', 'description'] },
    ],
  },
)

/** 商机: a piece of business that may be won. */
export interface Deal extends RecordOf<typeof dealDefinition> {}

export const deal: ObjectHandle<Deal> = dealDefinition
