import type { Closure } from '../context.ts'
import { ofOne, testTwo } from './of-values.ts'
import { operators } from './operator.ts'

/** Only A to Z: what `lower` does in both databases without a locale. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** A part by code points. Counted from the end where the start or the length is negative, as `slice` has it. */
const part =
  ([a, start, length]: readonly Closure[]): Closure =>
  (record, context) => {
    const text = a?.(record, context)
    if (typeof text !== 'string') return null
    const rest = [...text].slice(start?.(record, context) as number)
    return rest.slice(0, length?.(record, context) as number | undefined).join('')
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
