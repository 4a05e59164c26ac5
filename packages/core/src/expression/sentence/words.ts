import type { OperatorName } from '../operator/table.ts'

interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** How an operator is said: `{0}` and `{1}` are its operands, `{by}` its own constant. */
export interface OperatorWords {
  readonly words: Words
  /** Conditions: when it does not hold. */
  readonly denied?: Words
}

/** The words of the core's operators; one without them does not compile. Apart from the operators, so that browsers load them when asked. */
export const operatorWords: Readonly<Record<OperatorName, OperatorWords>> = {
  add: { words: { 'zh-CN': '{0} + {1}', en: '{0} + {1}' } },
  subtract: { words: { 'zh-CN': '{0} − {1}', en: '{0} − {1}' } },
  addWithin: { words: { 'zh-CN': '{0} + {1}', en: '{0} + {1}' } },
  subtractWithin: { words: { 'zh-CN': '{0} − {1}', en: '{0} − {1}' } },
  multiply: { words: { 'zh-CN': '{0} × {1}', en: '{0} × {1}' } },
  divide: { words: { 'zh-CN': '{0} ÷ {1}', en: '{0} ÷ {1}' } },
  remainder: { words: { 'zh-CN': '{0} 除以 {1} 的余数', en: 'the rest of {0} ÷ {1}' } },
  greatest: { words: { 'zh-CN': '{0}与{1}中较大者', en: 'the greater of {0} and {1}' } },
  least: { words: { 'zh-CN': '{0}与{1}中较小者', en: 'the lesser of {0} and {1}' } },
  round: { words: { 'zh-CN': '{0}取 {by} 位小数', en: '{0} rounded to {by} places' } },
  fraction: { words: { 'zh-CN': '{0}', en: '{0}' } },
  rescale: { words: { 'zh-CN': '{0}', en: '{0}' } },
  toUnits: { words: { 'zh-CN': '{0}', en: '{0}' } },
  toNumber: { words: { 'zh-CN': '{0}', en: '{0}' } },
  daysBetween: { words: { 'zh-CN': '{0}至{1}的天数', en: 'the days from {0} to {1}' } },
  plusMilliseconds: { words: { 'zh-CN': '{0}之后 {1} 毫秒', en: '{1} ms after {0}' } },
  coalesce: { words: { 'zh-CN': '{0}，若空则{1}', en: '{0}, or else {1}' } },
  choose: { words: { 'zh-CN': '若{0}则{1}', en: '{1} if {0}' } },
  minorUnits: { words: { 'zh-CN': '{0}', en: '{0}' } },
  datesBetween: { words: { 'zh-CN': '{0}至{1}的天数', en: 'the days from {0} to {1}' } },
  plusMonths: { words: { 'zh-CN': '{0}之后 {1} 个月', en: '{1} months after {0}' } },
  equal: { words: { 'zh-CN': '{0}是{1}', en: '{0} is {1}' }, denied: { 'zh-CN': '{0}不是{1}', en: '{0} is not {1}' } },
  isNull: { words: { 'zh-CN': '{0}为空', en: '{0} is empty' }, denied: { 'zh-CN': '{0}不为空', en: '{0} is not empty' } },
  less: {
    words: { 'zh-CN': '{0}小于{1}', en: '{0} is less than {1}' },
    denied: { 'zh-CN': '{0}不小于{1}', en: '{0} is not less than {1}' },
  },
  lessOrEqual: {
    words: { 'zh-CN': '{0}不超过{1}', en: '{0} is at most {1}' },
    denied: { 'zh-CN': '{0}超过{1}或为空', en: '{0} is not at most {1}' },
  },
  greater: {
    words: { 'zh-CN': '{0}大于{1}', en: '{0} is more than {1}' },
    denied: { 'zh-CN': '{0}不大于{1}', en: '{0} is not more than {1}' },
  },
  greaterOrEqual: {
    words: { 'zh-CN': '{0}不低于{1}', en: '{0} is at least {1}' },
    denied: { 'zh-CN': '{0}低于{1}或为空', en: '{0} is not at least {1}' },
  },
  oneOf: { words: { 'zh-CN': '{0}属于{1}', en: '{0} is one of {1}' }, denied: { 'zh-CN': '{0}不属于{1}', en: '{0} is none of {1}' } },
  hasAny: {
    words: { 'zh-CN': '{0}含有{1}之一', en: '{0} has one of {1}' },
    denied: { 'zh-CN': '{0}不含{1}中任何一项', en: '{0} has none of {1}' },
  },
  hasAll: {
    words: { 'zh-CN': '{0}含有全部{1}', en: '{0} has all of {1}' },
    denied: { 'zh-CN': '{0}没有含全{1}', en: '{0} does not have all of {1}' },
  },
  and: { words: { 'zh-CN': '{0}，且{1}', en: '{0} and {1}' } },
  or: { words: { 'zh-CN': '{0}，或{1}', en: '{0} or {1}' } },
  not: { words: { 'zh-CN': '并非{0}', en: 'not {0}' } },
  isTrue: { words: { 'zh-CN': '{0}为是', en: '{0} is yes' }, denied: { 'zh-CN': '{0}不为是', en: '{0} is not yes' } },
  isFilled: { words: { 'zh-CN': '{0}已填写', en: '{0} is filled in' }, denied: { 'zh-CN': '{0}未填写', en: '{0} is empty' } },
  isNotZero: { words: { 'zh-CN': '{0}不为零', en: '{0} is not zero' }, denied: { 'zh-CN': '{0}为零或为空', en: '{0} is zero or empty' } },
  isNotEmpty: { words: { 'zh-CN': '{0}不为空', en: '{0} is not empty' }, denied: { 'zh-CN': '{0}为空', en: '{0} is empty' } },
  changed: { words: { 'zh-CN': '{0}有改动', en: '{0} changed' }, denied: { 'zh-CN': '{0}没有改动', en: '{0} did not change' } },
  contains: {
    words: { 'zh-CN': '{0}包含{1}', en: '{0} contains {1}' },
    denied: { 'zh-CN': '{0}不包含{1}', en: '{0} does not contain {1}' },
  },
  startsWith: {
    words: { 'zh-CN': '{0}以{1}开头', en: '{0} starts with {1}' },
    denied: { 'zh-CN': '{0}不以{1}开头', en: '{0} does not start with {1}' },
  },
  endsWith: {
    words: { 'zh-CN': '{0}以{1}结尾', en: '{0} ends with {1}' },
    denied: { 'zh-CN': '{0}不以{1}结尾', en: '{0} does not end with {1}' },
  },
  lower: { words: { 'zh-CN': '{0}（不分大小写）', en: '{0} in lower case' } },
  length: { words: { 'zh-CN': '{0}的字数', en: 'the length of {0}' } },
  part: { words: { 'zh-CN': '{0}的一部分', en: 'a part of {0}' } },
  partFromEnd: { words: { 'zh-CN': '{0}的一部分', en: 'a part of {0}' } },
  join: { words: { 'zh-CN': '{0}加{1}', en: '{0} and {1} together' } },
  format: { words: { 'zh-CN': '{0}的文字', en: '{0} as text' } },
}

/** Points in time are earlier and later, not less and more. */
export const timeWords: Partial<Record<OperatorName, OperatorWords>> = {
  less: {
    words: { 'zh-CN': '{0}早于{1}', en: '{0} is earlier than {1}' },
    denied: { 'zh-CN': '{0}不早于{1}', en: '{0} is not earlier than {1}' },
  },
  lessOrEqual: {
    words: { 'zh-CN': '{0}不晚于{1}', en: '{0} is not later than {1}' },
    denied: { 'zh-CN': '{0}晚于{1}或为空', en: '{0} is later than {1} or empty' },
  },
  greater: {
    words: { 'zh-CN': '{0}晚于{1}', en: '{0} is later than {1}' },
    denied: { 'zh-CN': '{0}不晚于{1}', en: '{0} is not later than {1}' },
  },
  greaterOrEqual: {
    words: { 'zh-CN': '{0}不早于{1}', en: '{0} is not earlier than {1}' },
    denied: { 'zh-CN': '{0}早于{1}或为空', en: '{0} is earlier than {1} or empty' },
  },
}
