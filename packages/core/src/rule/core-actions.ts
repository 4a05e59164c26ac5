import type { Words } from '../locale/locale.ts'
import type { Action } from './action.ts'
import { createRecords, setRelated, tellWebhook } from './core-runs.ts'

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })
const sentence = { type: 'string', minLength: 1, maxLength: 500 } as const
const shape = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})
const own = { objects: null, run: null } as const

/** What every rule can do: refuse, set fields, hand over, give points, write other records. */
export const coreActions: readonly Action[] = [
  {
    ...own,
    id: 'reject',
    label: words('拒绝保存', 'Refuse to save'),
    help: words('显示一句话，可指向某个字段。', 'Shows a sentence, at a field if one is named.'),
    phase: 'check',
    kinds: ['validation'],
    params: shape(['message'], {
      message: {
        type: 'object',
        additionalProperties: false,
        required: ['zh-CN', 'en'],
        properties: { 'zh-CN': sentence, en: sentence },
        'x-text': true,
        'x-label': words('提示', 'Sentence'),
      },
      field: { type: 'string', 'x-field': 'self', 'x-label': words('字段', 'Field') },
    }),
  },
  {
    ...own,
    id: 'set',
    label: words('设置字段', 'Set fields'),
    help: words('在同一次保存中设置本记录的字段。', 'Sets fields of the record in the same save.'),
    phase: 'before',
    kinds: ['compute', 'automation'],
    params: shape(['values'], {
      values: {
        type: 'object',
        minProperties: 1,
        maxProperties: 20,
        'x-fields': 'self',
        'x-label': words('字段与值', 'Fields and values'),
      },
    }),
  },
  {
    ...own,
    id: 'assign',
    label: words('交给某人', 'Hand over'),
    help: words('设置负责人，可同时设置团队。', 'Sets the owner, and the team if one is named.'),
    phase: 'before',
    kinds: ['compute', 'automation'],
    params: shape(['owner'], {
      owner: { type: ['string', 'null'], 'x-expression': true, 'x-person': true, 'x-label': words('负责人', 'Owner') },
      team: { type: ['string', 'null'], 'x-expression': true, 'x-team': true, 'x-label': words('团队', 'Team') },
    }),
  },
  {
    ...own,
    id: 'points',
    label: words('加分', 'Give points'),
    help: words('可为负数；所有成立的规则相加。', 'May be negative; those of all rules that hold are added up.'),
    phase: 'before',
    kinds: ['score'],
    params: shape(['points'], {
      points: { type: 'integer', minimum: -1_000_000, maximum: 1_000_000, 'x-expression': true, 'x-label': words('分数', 'Points') },
    }),
  },
  {
    ...own,
    run: setRelated,
    id: 'related',
    label: words('设置关联记录', 'Set a related record'),
    help: words('设置本记录所指向的那条记录的字段。', 'Sets fields of the record that this one points to.'),
    phase: 'after',
    kinds: ['automation'],
    params: shape(['through', 'values'], {
      through: { type: 'string', 'x-field': 'self', 'x-label': words('通过哪个字段', 'Through which field') },
      values: {
        type: 'object',
        minProperties: 1,
        maxProperties: 20,
        'x-fields': 'through',
        'x-label': words('字段与值', 'Fields and values'),
      },
    }),
  },
  {
    ...own,
    run: createRecords,
    id: 'create',
    label: words('新建记录', 'Create a record'),
    help: words('例如一条待办的活动记录。', 'Such as an activity to be done.'),
    phase: 'after',
    kinds: ['automation'],
    params: shape(['object', 'values'], {
      object: { type: 'string', 'x-object': true, 'x-label': words('对象', 'Object') },
      values: {
        type: 'object',
        maxProperties: 50,
        'x-fields': 'object',
        'x-text': true,
        'x-label': words('字段与值', 'Fields and values'),
      },
    }),
  },
  {
    ...own,
    run: tellWebhook,
    id: 'webhook',
    label: words('调用 Webhook', 'Call a webhook'),
    help: words('把记录、规则和选定的值发给一个 Webhook。', 'Tells a webhook the record, the rule, and the values chosen.'),
    phase: 'after',
    kinds: ['automation'],
    params: shape(['webhook'], {
      webhook: { type: 'string', minLength: 1, maxLength: 100, 'x-webhook': true, 'x-label': words('Webhook', 'Webhook') },
      values: {
        type: 'object',
        maxProperties: 20,
        propertyNames: { pattern: '^[a-zA-Z][a-zA-Z0-9]{0,59}$' },
        'x-expressions': true,
        'x-label': words('值', 'Values'),
      },
    }),
  },
]
