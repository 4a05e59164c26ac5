/** Kept apart from the core's table, because browsers load it: codes of expressions with their sentences. */
export const expressionErrors = {
  RULE_OP: {
    status: 400,
    message: { 'zh-CN': '规则中没有运算「{op}」。', en: 'Rules have no operator “{op}”.' },
    hint: null,
  },
  RULE_SHAPE: {
    status: 400,
    message: { 'zh-CN': '规则此处的写法不对，应为{expected}。', en: 'This part of the rule is not well formed; expected {expected}.' },
    hint: null,
  },
  RULE_LIMIT: {
    status: 400,
    message: { 'zh-CN': '规则过大：{what} 最多 {limit}。', en: 'The rule is too large: {what}, at most {limit}.' },
    hint: null,
  },
  RULE_TYPE: {
    status: 400,
    message: {
      'zh-CN': '类型不符：此处需要 {expected}，而不是 {found}。',
      en: 'The types do not fit: {expected} is needed here, not {found}.',
    },
    hint: null,
  },
  RULE_FIELD: {
    status: 400,
    message: { 'zh-CN': '没有字段「{field}」，或不能用在此处。', en: 'There is no field “{field}”, or it cannot be used here.' },
    hint: {
      'zh-CN': '检查拼写；管理员自建字段以 custom. 开头。',
      en: 'Check the spelling; fields made by admins start with custom.',
    },
  },
  RULE_RANGE: {
    status: 400,
    message: { 'zh-CN': '计算结果可能过大或过小，无法保证精确。', en: 'The result may become too large or too small to be exact.' },
    hint: {
      'zh-CN': '为所用字段设定最小值和最大值，或减少相乘的项。',
      en: 'Give the fields a minimum and a maximum, or multiply fewer of them.',
    },
  },
  RULE_NULL_LITERAL: {
    status: 400,
    message: { 'zh-CN': '「空」只能用于等于或不等于。', en: 'Empty can only be used with equals or not equals.' },
    hint: null,
  },
  PUSH_MODE: {
    status: 400,
    message: {
      'zh-CN': '「{op}」只能在保存记录时使用，不能用于筛选和批量运行的规则。',
      en: '“{op}” works only while a record is saved, not in filters and rules that sweep.',
    },
    hint: null,
  },
  PUSH_CALENDAR: {
    status: 400,
    message: {
      'zh-CN': '逐条记录的月份运算不能在数据库中进行。',
      en: 'Months cannot be added to a field in filters and rules that sweep.',
    },
    hint: { 'zh-CN': '改用天数，或与「若干月前」比较。', en: 'Use days, or compare with “months ago”.' },
  },
  PUSH_SUBSTR: {
    status: 400,
    message: {
      'zh-CN': '从末尾数起的截取不能在数据库中进行。',
      en: 'Parts of a text counted from its end cannot be used in filters and rules that sweep.',
    },
    hint: null,
  },
  PUSH_FORMAT: {
    status: 400,
    message: {
      'zh-CN': '小数和是否不能在数据库中变为文字。',
      en: 'Fractions and yes/no cannot be turned into text in filters and rules that sweep.',
    },
    hint: null,
  },
  OPERATOR_ELSEWHERE: {
    status: 500,
    message: { 'zh-CN': '运算「{op}」只能在服务器上计算。', en: 'The operator “{op}” is computed by the server only.' },
    hint: {
      'zh-CN': '在服务器上计算，或用 formsWith 传入它的完整定义。',
      en: 'Evaluate it on the server, or give formsWith its whole definition.',
    },
  },
  PATH_NOT_LOADED: {
    status: 500,
    message: { 'zh-CN': '没有载入「{path}」的关联记录。', en: 'The related records of “{path}” are not loaded.' },
    hint: {
      'zh-CN': '按 relationsNeeded 载入关联记录。',
      en: 'Load what relationsNeeded lists into the record’s “related”.',
    },
  },
} as const

export type ExpressionErrorCode = keyof typeof expressionErrors
