import type { Closure } from '../context.ts'
import { ofOne, testTwo } from './of-values.ts'
import { operators } from './operator.ts'

/** Only A to Z: what `lower` does in both databases without a locale. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** A part by code points. Counted from the end where the start or the length is negative, as JsonLogic has it. */
const part =
  ([a, start, length]: readonly Closure[]): Closure =>
  (record, context) => {
    const text = a?.(record, context)
    if (typeof text !== 'string') return null
    const points = [...text]
    const first = Number(start?.(record, context))
    const from = first < 0 ? Math.max(points.length + first, 0) : first
    const count = length ? Number(length(record, context)) : points.length
    return points.slice(from, Math.max(count < 0 ? points.length + count : from + count, from)).join('')
  }

export const texts = operators({
  contains: { cost: 3, ...testTwo<string>((whole, found) => whole.includes(found)) },
  startsWith: testTwo<string>((whole, start) => whole.startsWith(start)),
  endsWith: { cost: 3, ...testTwo<string>((whole, end) => whole.endsWith(end)) },
  lower: { run: ofOne(lowerAscii) },
  length: { run: ofOne<string>((text) => [...text].length) },
  part: { run: part },
  partFromEnd: { memoryOnly: 'PUSH_SUBSTR', run: part },
  join: {
    run: (of) => (record, context) => of.map((one) => one(record, context) ?? '').join(''),
  },
  format: { memoryOnly: 'PUSH_FORMAT', run: ofOne(String) },
})
