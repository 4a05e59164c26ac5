import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { option, says, words } from '../words.ts'

const activityDefinition = defineObject(
  'activity',
  {
    type: 'object',
    required: ['kind', 'subject'],
    properties: {
      kind: {
        kind: 'choice',
        index: true,
        options: [
          option('call', '电话', 'Call'),
          option('visit', '拜访', 'Visit'),
          option('meeting', '会议', 'Meeting'),
          option('im', '即时消息', 'Message'),
          option('email', '邮件', 'E-mail'),
          option('note', '备注', 'Note'),
        ],
        ...says('方式', 'Kind', '怎样联系的。', 'How contact was made.'),
      },
      subject: {
        kind: 'anyReference',
        ...says('对象', 'About', '线索、客户、联系人或商机。', 'The lead, customer, contact or deal.'),
      },
      contactId: { kind: 'reference', to: 'contact', ...says('联系人', 'Contact', '与谁联系。', 'Who was contacted.') },
      summary: { kind: 'text', maxLength: 200, search: true, ...says('摘要', 'Summary', '一句话说明。', 'In one line.') },
      details: { kind: 'longText', ...says('详情', 'Details', '谈了什么。', 'What was said.') },
      occurredAt: { kind: 'instant', index: true, ...says('发生时间', 'When', '不填为现在。', 'Now unless given.') },
      outcome: {
        kind: 'choice',
        options: [
          option('information', '获得信息', 'Information gained'),
          option('commitment', '获得承诺', 'Commitment gained'),
          option('objection', '明确异议', 'Objection named'),
          option('refused', '被拒绝', 'Refused'),
          option('not_reached', '未联系上', 'Not reached'),
        ],
        ...says('结果', 'Outcome', '阶段性成果；未联系上不算成果。', 'What was gained; not reached is no result.'),
      },
      nextStep: { kind: 'text', maxLength: 200, ...says('下一步', 'Next step', '接下来做什么。', 'What comes next.') },
      nextStepOn: { kind: 'date', index: true, ...says('下一步日期', 'Next step on', '计划哪一天做。', 'The day it is planned for.') },
      durationSec: { kind: 'integer', minimum: 0, ...says('时长', 'Duration', '秒。', 'Seconds.') },
      location: { kind: 'text', maxLength: 200, ...says('地点', 'Location', '拜访或会议的地点。', 'Where the visit or meeting was.') },
      validity: {
        kind: 'choice',
        readOnly: true,
        default: 'unchecked',
        options: [option('unchecked', '未核验', 'Unchecked'), option('valid', '有效', 'Valid'), option('invalid', '无效', 'Invalid')],
        ...says('有效性', 'Validity', '跟进是否有效。', 'Whether it counts as a follow-up.'),
      },
    },
  },
  {
    label: words('活动记录', 'Activity'),
    pluralLabel: words('活动记录', 'Activities'),
    help: words('一次电话、拜访、会议、消息、邮件或备注。', 'A call, visit, meeting, message, e-mail or note.'),
    nameField: 'summary',
    columns: ['occurredAt', 'kind', 'summary', 'subject', 'outcome', 'nextStep', 'ownerId'],
    indexes: [
      ['ownerId', 'occurredAt'],
      ['subject', 'occurredAt'],
    ],
    sections: [
      { label: words('联系', 'Contact'), fields: ['kind', 'subject', 'contactId', 'occurredAt', 'durationSec', 'location', 'ownerId'] },
      { label: words('内容', 'Content'), fields: ['summary', 'details', 'outcome', 'validity'] },
      { label: words('下一步', 'Next step'), fields: ['nextStep', 'nextStepOn'] },
    ],
  },
)

/** 活动记录: a call, visit, meeting, message, e-mail or note. */
export interface Activity extends RecordOf<typeof activityDefinition> {}

export const activity: ObjectHandle<Activity> = activityDefinition
