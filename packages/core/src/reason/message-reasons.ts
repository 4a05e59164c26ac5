import { defineReasons } from './define-reasons.ts'

/** Why a message waits, was not sent, or failed. */
export const messageReasons = defineReasons({
  message_no_address: {
    data: { channel: 'text' },
    message: { 'zh-CN': '没有可用于「{channel}」的地址。', en: 'There is no address for “{channel}”.' },
    hint: { 'zh-CN': '补充邮箱后再发。', en: 'Enter an e-mail address and send it again.' },
  },
  message_no_channel: {
    data: { channel: 'text' },
    message: { 'zh-CN': '没有设置渠道「{channel}」。', en: 'The channel “{channel}” is not set up.' },
  },
  message_channel_unfit: {
    data: { channel: 'text' },
    message: { 'zh-CN': '渠道「{channel}」不能发给这个收件人。', en: 'The channel “{channel}” does not reach this recipient.' },
  },
  message_muted: {
    data: { channel: 'text' },
    message: { 'zh-CN': '收件人关闭了「{channel}」。', en: 'The recipient has switched “{channel}” off.' },
  },
  message_not_readable: {
    message: { 'zh-CN': '收件人无权查看这条记录。', en: 'The recipient may not see the record it is about.' },
  },
  message_consent_unknown: {
    data: { purpose: 'text' },
    message: { 'zh-CN': '对方没有同意用于「{purpose}」。', en: 'They have not agreed to “{purpose}”.' },
  },
  message_consent_refused: {
    message: { 'zh-CN': '对方拒绝用这种方式联系。', en: 'They have refused to be contacted this way.' },
  },
  message_point_expired: {
    message: { 'zh-CN': '这个联系方式已失效。', en: 'This contact point is not valid any more.' },
  },
  message_cap: {
    data: { limit: 'number', days: 'number' },
    message: { 'zh-CN': '{days} 天内最多发 {limit} 条，已达上限。', en: 'The limit of {limit} in {days} days is reached.' },
  },
  message_cap_until: {
    data: { limit: 'number', days: 'number', until: 'instant' },
    message: {
      'zh-CN': '{days} 天内最多发 {limit} 条，推迟到 {until}。',
      en: 'The limit of {limit} in {days} days is reached; it waits until {until}.',
    },
  },
  message_quiet_until: {
    data: { until: 'instant' },
    message: { 'zh-CN': '现在是免打扰时间，推迟到 {until}。', en: 'These are quiet hours; it waits until {until}.' },
  },
  message_working_hours: {
    data: { until: 'instant' },
    message: { 'zh-CN': '收件人不在工作时间，推迟到 {until}。', en: 'The recipient is off work; it waits until {until}.' },
  },
  message_stale: {
    data: { after: 'duration' },
    message: { 'zh-CN': '等待超过 {after}，不再发送。', en: 'It waited more than {after} and is not sent any more.' },
  },
  message_refused: {
    data: { channel: 'text', error: 'text' },
    message: { 'zh-CN': '「{channel}」拒收：{error}', en: '“{channel}” did not take it: {error}' },
  },
  message_retry: {
    data: { channel: 'text', error: 'text', until: 'instant' },
    message: {
      'zh-CN': '「{channel}」暂时不可用（{error}），{until} 再试。',
      en: '“{channel}” is not available ({error}); next try {until}.',
    },
  },
  message_outcome_unknown: {
    data: { channel: 'text' },
    message: {
      'zh-CN': '交给「{channel}」时进程中断，不知道是否发出。',
      en: 'The process ended while handing it to “{channel}”; nobody knows whether it went out.',
    },
    hint: { 'zh-CN': '核实后选择重发或放弃。', en: 'Look there, then send it again or give it up.' },
  },
  message_no_template: {
    data: { template: 'text' },
    message: { 'zh-CN': '没有插件提供消息「{template}」。', en: 'No plugin has the message “{template}” any more.' },
    hint: { 'zh-CN': '装回插件后重发。', en: 'Install the plugin again, then send it again.' },
  },
  message_dropped: {
    data: { person: 'person' },
    message: { 'zh-CN': '{person} 放弃了这条消息。', en: '{person} gave it up.' },
  },
})
