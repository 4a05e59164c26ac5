import { defineReasons } from './define-reasons.ts'

/** Reasons that every plugin may give, so that the same refusal reads the same everywhere. */
export const coreReasons = defineReasons({
  no_permission: {
    message: { 'zh-CN': '没有权限执行此操作。', en: 'You are not allowed to do this.' },
    hint: { 'zh-CN': '请联系管理员授权。', en: 'Ask an administrator for the right.' },
  },
  already_taken: { message: { 'zh-CN': '已被他人抢先。', en: 'Somebody else was faster.' } },
  record_changed: {
    message: { 'zh-CN': '记录在此期间已被修改。', en: 'The record has been changed in the meantime.' },
    hint: { 'zh-CN': '刷新后再试。', en: 'Look at it again and retry.' },
  },
  record_missing: { message: { 'zh-CN': '记录不存在，或没有权限查看。', en: 'The record does not exist, or you may not see it.' } },
  limit_reached: {
    data: { used: 'number', limit: 'number' },
    message: { 'zh-CN': '已达上限：{used}/{limit}。', en: 'The limit is reached: {used} of {limit}.' },
  },
  wait_until: {
    data: { until: 'instant' },
    message: { 'zh-CN': '须等到 {until}。', en: 'It has to wait until {until}.' },
  },
  person_away: { data: { person: 'person' }, message: { 'zh-CN': '{person} 不在岗。', en: '{person} is away.' } },
  person_away_until: {
    data: { person: 'person', until: 'instant' },
    message: { 'zh-CN': '{person} 休假至 {until}。', en: '{person} is away until {until}.' },
  },
  person_suspended: { data: { person: 'person' }, message: { 'zh-CN': '{person} 已停用。', en: '{person} is suspended.' } },
  person_left: { data: { person: 'person' }, message: { 'zh-CN': '{person} 已离职。', en: '{person} has left.' } },
  person_unknown: { data: { person: 'person' }, message: { 'zh-CN': '通讯录中没有 {person}。', en: '{person} is not in the directory.' } },
  needs_confirmation: {
    data: { count: 'number', limit: 'number' },
    message: {
      'zh-CN': '将影响 {count} 条，超过上限 {limit}，须先确认。',
      en: 'It would change {count}, above the limit of {limit}: somebody has to confirm it first.',
    },
  },
  rule_applied: { data: { sentence: 'words' }, message: { 'zh-CN': '{sentence}', en: '{sentence}' } },
  run_done: {
    data: { count: 'number', unknown: 'number' },
    message: {
      'zh-CN': '已处理 {count} 条；{unknown} 条因字段为空无法判断。',
      en: '{count} records done; {unknown} could not be judged because fields are empty.',
    },
  },
  allocation_done: {
    data: { count: 'number', unknown: 'number' },
    message: { 'zh-CN': '已分配 {count} 条；{unknown} 条没有合适的人。', en: '{count} records given; nobody was found for {unknown}.' },
  },
  run_undone: {
    data: { count: 'number', kept: 'number' },
    message: {
      'zh-CN': '已撤回 {count} 条；{kept} 条此后又有改动，保持不变。',
      en: '{count} records taken back; {kept} had changed since and were left alone.',
    },
  },
  insufficient_data: {
    data: { count: 'number', needed: 'number' },
    message: { 'zh-CN': '数据不足：只有 {count} 条，需要 {needed} 条。', en: 'There is too little data: {count} of {needed} needed.' },
  },
})
