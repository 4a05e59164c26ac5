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
  DECIDER_CODE: entry(
    409,
    '本进程没有自动规则 {decider} 的代码版本 {code}。',
    'This process has not the code {code} of the decider {decider}.',
    '提出并启用采用新代码的版本，或在插件的 earlier 中保留旧代码。',
    'Propose and switch on a version of the new code, or keep the old one in `earlier` of the plugin.',
  ),
  DECIDER_STAGE: entry(
    409,
    '自动规则 {decider} 处于「{stage}」，此时不能这样做。',
    'The decider {decider} is in “{stage}”, where this cannot be done.',
    '先用 advance 把它切换到影子、试点或启用。',
    'Move it to shadow, pilot or on with advance first.',
  ),
  DECIDER_KIND: entry(
    409,
    '自动规则 {decider} 的类型是「{kind}」，不能这样做。',
    'The decider {decider} is of the kind “{kind}”, with which this cannot be done.',
    '保存时起作用的规则用 replay 试算，其他的用 preview。',
    'Try those that act on save with replay, the others with preview.',
  ),
  ACTION_INVALID: entry(422, '动作 {action} 有误：{reason}。', 'The action {action} is wrong: {reason}.'),
  ACTION_UNKNOWN: entry(
    422,
    '没有动作「{action}」，或它不能用在这里。',
    'There is no action “{action}”, or it is not for this.',
    '可用的动作见 actions。',
    'See actions for those there are.',
  ),
  RULE_RELATED: entry(
    422,
    '保存时的规则只看本记录的字段，不能用「{field}」。',
    'A rule on save looks at the record’s own fields, not at “{field}”.',
    '把它需要的值存成本记录的字段。',
    'Keep what it needs in a field of the record.',
  ),
  RULE_ELEVATED: entry(
    403,
    '只有能读写「{object}」全部记录和相关字段的人，才能让规则以更高权限运行。',
    'Only who may read and write all records of “{object}”, and the fields concerned, may let a rule run with more rights.',
  ),
  RULE_LOOP: entry(
    409,
    '规则互相触发，没有尽头：{chain}。没有保存任何内容。',
    'Rules set each other off without end: {chain}. Nothing was saved.',
    '请管理员停用或修改其中一条规则。',
    'Ask an administrator to switch one of them off, or to change it.',
  ),
  RULE_BUDGET: entry(
    409,
    '规则用完了一次保存的预算 {limit}，停在 {rule}。没有保存任何内容。',
    'Rules have used up the budget of one save, {limit}, at {rule}. Nothing was saved.',
    '请管理员简化或停用这条规则。',
    'Ask an administrator to make it simpler, or to switch it off.',
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
