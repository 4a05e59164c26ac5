import { defineSetting, type Setting } from '../settings/setting.ts'
import type { MessagePurpose, MessageTemplate } from '../template/define-message.ts'
import type { MessageText } from '../template/text.ts'
import type { MessageChannel } from './channel.ts'

const group = { 'zh-CN': '消息', en: 'Messages' }
/** Own words of messages stand apart: there are many. */
const texts = { 'zh-CN': '消息文字', en: 'Words of messages' }

/** The settings sending goes by. */
export function messageSettings(channels: readonly MessageChannel[], country: string) {
  return {
    channels: defineSetting('messages.channels', {
      group,
      type: 'choices',
      default: channels.map(({ id }) => id),
      options: channels.map(({ id, label }) => ({ value: id, label })),
      label: { 'zh-CN': '站外渠道', en: 'Channels outside the inbox' },
      help: { 'zh-CN': '没有选中的渠道不发；站内消息总会送达。', en: 'Others are not used; the inbox always gets its messages.' },
    }),
    locale: defineSetting('messages.locale', {
      group,
      type: 'choice',
      default: country === 'CN' ? 'zh-CN' : 'en',
      options: [
        { value: 'zh-CN', label: { 'zh-CN': '中文', en: 'Chinese' } },
        { value: 'en', label: { 'zh-CN': '英文', en: 'English' } },
      ],
      label: { 'zh-CN': '消息语言', en: 'Language of messages' },
      help: { 'zh-CN': '收件人没有自己的语言时使用。', en: 'Where the recipient has none of their own.' },
    }),
    workingHours: defineSetting('messages.workingHours', {
      group,
      type: 'boolean',
      default: true,
      label: { 'zh-CN': '只在工作时间打扰同事', en: 'Disturb colleagues in working hours only' },
      help: {
        'zh-CN': '工作消息在站外等到上班再发，紧急的除外。',
        en: 'Work messages wait outside the inbox until work begins, urgent ones do not.',
      },
    }),
    quietFrom: defineSetting('messages.quietFrom', {
      group,
      type: 'time',
      default: '21:00',
      label: { 'zh-CN': '免打扰开始', en: 'Quiet from' },
      help: { 'zh-CN': '营销消息在此之后推迟。', en: 'Marketing waits from then on.' },
    }),
    quietTo: defineSetting('messages.quietTo', {
      group,
      type: 'time',
      default: '09:00',
      label: { 'zh-CN': '免打扰结束', en: 'Quiet until' },
    }),
    deferLimit: defineSetting('messages.deferLimit', {
      group,
      type: 'duration',
      default: '48h',
      label: { 'zh-CN': '最多推迟', en: 'Waits at most' },
      help: { 'zh-CN': '因上限或请假要推迟更久的不再发送。', en: 'What a cap or an absence would hold longer is not sent.' },
    }),
    staleAfter: defineSetting('messages.staleAfter', {
      group,
      type: 'duration',
      default: '24h',
      label: { 'zh-CN': '过期', en: 'Stale after' },
      help: { 'zh-CN': '该发时没能发出，超过这么久就不再发。', en: 'What could not go when it was due is dropped after that.' },
    }),
    dayCap: {
      work: dayCap('work', null, '每人每天工作消息上限', 'Work messages a person in 24 hours'),
      service: dayCap('service', null, '每人每天服务消息上限', 'Service messages a person in 24 hours'),
      marketing: dayCap('marketing', 1, '每人每天营销消息上限', 'Marketing messages a person in 24 hours'),
    },
    weekCap: defineSetting('messages.weekCap', {
      group,
      type: 'integer',
      nullable: true,
      minimum: 0,
      default: 3,
      stricter: 'lower',
      label: { 'zh-CN': '每人 7 天内营销消息上限', en: 'Marketing messages a person in 7 days' },
      help: { 'zh-CN': '按滚动 7×24 小时计算，所有渠道合计。', en: 'Rolling 7 × 24 hours, all channels together.' },
    }),
  } as const
}

/** Settings of one CRM. */
export type MessageSettings = ReturnType<typeof messageSettings>

function dayCap(purpose: MessagePurpose, limit: number | null, zh: string, en: string) {
  return defineSetting(`messages.dayCap.${purpose}`, {
    group,
    type: 'integer',
    nullable: true,
    minimum: 0,
    default: limit,
    stricter: 'lower',
    label: { 'zh-CN': zh, en },
    help: {
      'zh-CN': '站外渠道合计，滚动 24 小时；留空表示不限。',
      en: 'Channels outside the inbox together, rolling 24 hours; empty means no limit.',
    },
  })
}

/** All of them as a list. */
export function listSettings({ dayCap, ...others }: MessageSettings): readonly Setting[] {
  return [...Object.values(others), ...Object.values(dayCap)]
}

/** The setting that holds a tenant's own words for a message. */
export function textSetting({ key, definition }: MessageTemplate): Setting<MessageText | null> {
  return defineSetting(`${key}.text`, {
    group: texts,
    type: 'message',
    nullable: true,
    default: null,
    levels: ['organisation'],
    data: definition.data ?? {},
    label: definition.label,
  })
}
