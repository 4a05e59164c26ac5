import type { DeciderAction } from '@guanxi/core/types'
import { coreActions } from '../../../core/src/rule/core-actions.ts'

const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const label = (zh: string, en: string) => ({ 'x-label': words(zh, en) })
const sentence = { type: 'string', minLength: 1, maxLength: 300 }
const shape = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({ type: 'object', required, properties })
const plugin = { phase: 'after', kinds: ['automation'] } as const

/** What rules on save can do: the core's own actions, and such as plugins bring along. */
export const ruleActions: readonly DeciderAction[] = [
  ...coreActions.map(({ id, label: name, help, phase, kinds, params }) => ({ id, label: name, help, phase, kinds, params })),
  {
    ...{ ...plugin, id: 'standard.task', label: words('建一条待办', 'Create a task') },
    help: words('记在记录的活动里，默认交给记录的负责人。', 'Among the record’s activities; its owner’s unless somebody else is named.'),
    params: shape(['title'], {
      title: { type: 'string', minLength: 1, maxLength: 200, 'x-text': true, ...label('要做什么', 'What is to be done') },
      days: { type: 'integer', minimum: 0, maximum: 3_650, default: 0, ...label('几天之内', 'Within how many days') },
      owner: { type: ['string', 'null'], 'x-expression': true, 'x-person': true, ...label('交给谁', 'For whom') },
    }),
  },
  {
    ...{ ...plugin, id: 'office.shout', label: words('喊一声', 'Shout'), help: words('在办公室里喊出来。', 'Out loud, in the office.') },
    params: shape(['text', 'loudness'], {
      text: { type: 'object', properties: { 'zh-CN': sentence, en: sentence }, 'x-text': true, ...label('喊什么', 'What') },
      loudness: {
        oneOf: [
          { const: 1, ...label('轻声', 'Softly') },
          { const: 9, ...label('大声', 'Loudly') },
        ],
        ...label('多大声', 'How loud'),
      },
      bell: { type: 'boolean', ...label('先摇铃', 'Ring the bell first') },
      rooms: { type: 'array', items: { enum: ['3F', '4F'] }, ...label('哪些楼层', 'On which floors') },
      on: { type: 'string', format: 'date', ...label('哪一天起', 'From which day on') },
      how: { type: 'object', properties: { pitch: { type: 'number' } }, ...label('音调', 'Pitch') },
    }),
  },
]
