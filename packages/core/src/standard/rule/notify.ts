import { defineAction } from '../../rule/action.ts'
import { defineMessage } from '../../template/define-message.ts'
import { words } from '../words.ts'

/** What rules tell people. */
export const ruleMessage = defineMessage('standard.rule', {
  label: words('规则提醒', 'Told by a rule'),
  purpose: 'work',
  data: { text: 'words' },
  title: words('{text}', '{text}'),
})

/** What is told, and whom: the owner unless somebody is named. */
interface Notice {
  readonly text: { readonly 'zh-CN': string; readonly en: string }
  readonly to?: string | null
}

const sentence = { type: 'string', minLength: 1, maxLength: 300 } as const

/** Tells somebody, in the inbox and by whatever the message is set up for. */
export const notify = defineAction<Notice>({
  id: 'standard.notify',
  label: words('通知', 'Tell somebody'),
  help: words('默认通知记录的负责人；没有负责人就不发。', 'The record’s owner unless somebody is named; nobody where it has none.'),
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: {
      text: {
        type: 'object',
        additionalProperties: false,
        required: ['zh-CN', 'en'],
        properties: { 'zh-CN': sentence, en: sentence },
        'x-text': true,
        'x-label': words('内容', 'Text'),
      },
      to: { type: ['string', 'null'], 'x-expression': true, 'x-person': true, 'x-label': words('通知谁', 'Whom') },
    },
  },
  async run(cases, context) {
    for (const { object, id, record, params, rule } of cases) {
      const person = params.to ?? record.ownerId
      if (typeof person !== 'string') continue
      await context.messages.send({
        template: ruleMessage,
        to: { person },
        data: { text: params.text },
        about: { object, id },
        key: `${rule.decider}/${rule.rule}/${id}/${String(record.version)}`,
        cause: { kind: 'rule', id: rule.decider, version: rule.version },
      })
    }
  },
})
