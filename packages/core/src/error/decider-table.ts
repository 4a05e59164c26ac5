import type { ErrorEntry } from './crm-error.ts'
import { entry } from './entry.ts'

/** What deciders and their runs are refused for. */
export const deciderErrors = {
  DECIDER_INVALID: entry(422, '自动规则 {decider} 有误：{reason}。', 'The decider {decider} is wrong: {reason}.'),
  DECIDER_UNKNOWN: entry(404, '没有自动规则「{decider}」。', 'There is no decider “{decider}”.'),
  DECIDER_TAKEN: entry(
    409,
    '自动规则「{decider}」已存在。',
    'There is a decider “{decider}” already.',
    '换一个名称。',
    'Choose another name.',
  ),
  DECIDER_VERSION: entry(404, '自动规则 {decider} 没有版本 {version}。', 'The decider {decider} has no version {version}.'),
  DECIDER_STAGE: entry(
    409,
    '自动规则 {decider} 处于「{stage}」，此时不能这样做。',
    'The decider {decider} is in “{stage}”, where this cannot be done.',
    '先用 advance 把它切换到影子、试点或启用。',
    'Move it to shadow, pilot or on with advance first.',
  ),
  RUN_TOKEN: entry(
    409,
    '确认码与现在的数字不符，或已过期。',
    'The confirmation is not for the numbers as they are now, or is too old.',
    '重新预览，核对数字后再确认。',
    'Preview again, look at the numbers, and confirm those.',
  ),
  RUN_STATUS: entry(409, '这次运行的状态是「{status}」，此时不能这样做。', 'The run is “{status}”, where this cannot be done.'),
} as const satisfies Record<string, ErrorEntry>
