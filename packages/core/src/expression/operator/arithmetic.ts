import type { Closure } from '../context.ts'
import type { CallNode } from '../node.ts'
import { largestInt } from '../type.ts'
import { ofOne, ofTwo } from './of-values.ts'
import { operators } from './operator.ts'

type Two = (a: number, b: number) => number | null

/** A constant on the right is not asked for again and again. */
const two = (compute: Two) => ({
  run: (of: readonly Closure[], node: CallNode): Closure => {
    const [a] = of
    const right = node.of[1]
    if (!a || right?.is !== 'literal') return ofTwo(compute)(of)
    const y = right.value as number
    return (record, context) => {
      const x = a(record, context)
      return x === null ? null : compute(x as number, y)
    }
  },
})

const withConstant = (compute: (a: number, by: number) => number) => (of: readonly Closure[], node: CallNode) =>
  ofOne<number>((a) => compute(a, 10 ** (node.by ?? 0)))(of)

/** Held at what is exact. */
export const within = (value: number): number => Math.min(Math.max(value, -largestInt), largestInt)

export const arithmetic = operators({
  add: two((a, b) => a + b),
  subtract: two((a, b) => a - b),
  /** Sums of exact numbers that stay exact: beyond 2^53 - 1 they are held there. */
  addWithin: two((a, b) => within(a + b)),
  subtractWithin: two((a, b) => within(a - b)),
  multiply: two((a, b) => a * b),
  divide: two((a, b) => (b === 0 ? null : a / b)),
  remainder: two((a, b) => (b === 0 ? null : a % b)),
  greatest: two(Math.max),
  least: two(Math.min),
  round: { run: withConstant((a, unit) => Math.floor(a * unit + 0.5) / unit) },
  /** Whole numbers of 10^-scale as a fraction. */
  fraction: { cost: 0, run: withConstant((a, unit) => a / unit) },
  /** A decimal with more places. */
  rescale: { cost: 0, run: withConstant((a, unit) => a * unit) },
  /** A fraction as the nearest whole number of 10^-scale, held at 2^53 - 1: what a field of a coarser kind takes of it. */
  toUnits: { cost: 0, run: withConstant((a, unit) => within(Math.floor(a * unit + 0.5))) },
  /** A whole number where a fraction is due; the same value. */
  toNumber: { cost: 0, run: ([a]) => a as Closure },
  daysBetween: two((a, b) => Math.floor((b - a) / 86_400_000)),
  plusMilliseconds: two((a, b) => a + b),
})
