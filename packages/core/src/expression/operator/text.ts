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
    run:
      ([a, b]) =>
      (record, context) => {
        const whole = a?.(record, context)
        return typeof whole === 'string' && whole.endsWith(b?.(record, context) as string)
      },
  },
  lower: {
    cost: 1,
    run:
      ([a]) =>
      (record, context) => {
        const text = a?.(record, context)
        return typeof text === 'string' ? lowerAscii(text) : null
      },
  },
  length: {
    cost: 1,
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
    run: (of) => (record, context) => of.map((part) => part(record, context) ?? '').join(''),
  },
  format: {
    cost: 1,
    memoryOnly: 'PUSH_FORMAT',
    run:
      ([a]) =>
      (record, context) => {
        const value = a?.(record, context)
        return value === null ? null : String(value)
      },
  },
})
