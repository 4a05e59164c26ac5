import type { Closure } from '../context.ts'
import type { CallNode } from '../node.ts'
import { operators } from './operator.ts'

type Two = (a: number, b: number) => number | null

/** Null with a null operand, and wherever there is no result. */
const two =
  (compute: Two) =>
  ([a, b]: readonly Closure[], node: CallNode): Closure => {
    const right = node.of[1]
    if (!a || !b) throw new TypeError('Two operands are needed.')
    if (right?.is === 'literal') {
      const y = right.value as number
      return (record, context) => {
        const x = a(record, context)
        return x === null ? null : compute(x as number, y)
      }
    }
    return (record, context) => {
      const x = a(record, context)
      if (x === null) return null
      const y = b(record, context)
      return y === null ? null : compute(x as number, y as number)
    }
  }

const within = (value: number): number => Math.min(Math.max(value, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)

const one =
  (compute: (a: number, by: number) => number) =>
  ([a]: readonly Closure[], node: CallNode): Closure => {
    const by = Number(node.by)
    return (record, context) => {
      const x = a?.(record, context)
      return x === null ? null : compute(x as number, by)
    }
  }

export const arithmetic = operators({
  add: { cost: 1, run: two((a, b) => a + b) },
  subtract: { cost: 1, run: two((a, b) => a - b) },
  /** Sums of exact numbers that stay exact: beyond 2^53 - 1 they are held there. */
  addWithin: { cost: 1, run: two((a, b) => within(a + b)) },
  subtractWithin: { cost: 1, run: two((a, b) => within(a - b)) },
  multiply: { cost: 1, run: two((a, b) => a * b) },
  divide: { cost: 1, run: two((a, b) => (b === 0 ? null : a / b)) },
  remainder: {
    cost: 1,
    run: two((a, b) => (b === 0 ? null : a % b)),
  },
  greatest: { cost: 1, run: two(Math.max) },
  least: { cost: 1, run: two(Math.min) },
  round: {
    cost: 1,
    run: one((a, digits) => Math.floor(a * 10 ** digits + 0.5) / 10 ** digits),
  },
  /** Whole numbers of 10^-scale as a fraction. */
  fraction: { cost: 0, run: one((a, scale) => a / 10 ** scale) },
  /** A decimal with more places. */
  rescale: { cost: 0, run: one((a, places) => a * 10 ** places) },
  /** A whole number where a fraction is due; the same value. */
  toNumber: { cost: 0, run: ([a]) => a as Closure },
  daysBetween: {
    cost: 1,
    run: two((a, b) => Math.floor((b - a) / 86_400_000)),
  },
  plusMilliseconds: { cost: 1, run: two((a, b) => a + b) },
})
