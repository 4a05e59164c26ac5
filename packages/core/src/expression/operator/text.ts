import { operators } from './operator.ts'

/** Only A to Z: what `lower` does in both databases without a locale. */
const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** `-1` where nothing is cut off the end. */
const cut = (points: readonly string[], start: number, length: number | null): string => {
  const from = start < 0 ? Math.max(points.length + start, 0) : start
  const end = length === null ? points.length : length < 0 ? points.length + length : from + length
  return points.slice(from, Math.max(end, from)).join('')
}

export const texts = operators({
  contains: {
    cost: 3,
    strict: true,
    words: { 'zh-CN': '{0}包含{1}', en: '{0} contains {1}' },
    denied: { 'zh-CN': '{0}不包含{1}', en: '{0} does not contain {1}' },
    run:
      ([a, b]) =>
      (record, context) => {
        const whole = a?.(record, context)
        const part = b?.(record, context)
        return typeof whole === 'string' && typeof part === 'string' && whole.includes(part)
      },
  },
  startsWith: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}以{1}开头', en: '{0} starts with {1}' },
    denied: { 'zh-CN': '{0}不以{1}开头', en: '{0} does not start with {1}' },
    run:
      ([a, b]) =>
      (record, context) => {
        const whole = a?.(record, context)
        return typeof whole === 'string' && whole.startsWith(b?.(record, context) as string)
      },
  },
  endsWith: {
    cost: 3,
    strict: true,
    words: { 'zh-CN': '{0}以{1}结尾', en: '{0} ends with {1}' },
    denied: { 'zh-CN': '{0}不以{1}结尾', en: '{0} does not end with {1}' },
    run:
      ([a, b]) =>
      (record, context) => {
        const whole = a?.(record, context)
        return typeof whole === 'string' && whole.endsWith(b?.(record, context) as string)
      },
  },
  lower: {
    cost: 1,
    words: { 'zh-CN': '{0}（不分大小写）', en: '{0} in lower case' },
    run:
      ([a]) =>
      (record, context) => {
        const text = a?.(record, context)
        return typeof text === 'string' ? lowerAscii(text) : null
      },
  },
  length: {
    cost: 1,
    words: { 'zh-CN': '{0}的字数', en: 'the length of {0}' },
    run:
      ([a]) =>
      (record, context) => {
        const text = a?.(record, context)
        if (typeof text !== 'string') return null
        let points = 0
        for (const _ of text) points++
        return points
      },
  },
  part: {
    cost: 1,
    words: { 'zh-CN': '{0}的一部分', en: 'a part of {0}' },
    run:
      ([a, start, length]) =>
      (record, context) => {
        const text = a?.(record, context)
        if (typeof text !== 'string') return null
        return cut([...text], Number(start?.(record, context)), length ? Number(length(record, context)) : null)
      },
  },
  partFromEnd: {
    cost: 1,
    memoryOnly: 'PUSH_SUBSTR',
    words: { 'zh-CN': '{0}的一部分', en: 'a part of {0}' },
    run:
      ([a, start, length]) =>
      (record, context) => {
        const text = a?.(record, context)
        if (typeof text !== 'string') return null
        return cut([...text], Number(start?.(record, context)), length ? Number(length(record, context)) : null)
      },
  },
  join: {
    cost: 1,
    words: { 'zh-CN': '{0}加{1}', en: '{0} and {1} together' },
    run: (of) => (record, context) => of.map((part) => part(record, context) ?? '').join(''),
  },
  format: {
    cost: 1,
    memoryOnly: 'PUSH_FORMAT',
    words: { 'zh-CN': '{0}的文字', en: '{0} as text' },
    run:
      ([a]) =>
      (record, context) => {
        const value = a?.(record, context)
        return value === null ? null : String(value)
      },
  },
})
