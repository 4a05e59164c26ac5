import { enoughObservations, requireCounts, z95 } from './observations.ts'

/** A rate as it is shown: never without its counts and its interval. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** 0 to 1; null without observations. */
  readonly rate: number | null
  /** Wilson 95 % interval; 0 to 1 without observations. */
  readonly low: number
  readonly high: number
  /** `insufficient_data` below 20 observations: no ranking is made. */
  readonly state: 'ok' | 'insufficient_data'
}

/**
 * A rate with its Wilson score interval (E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal
 * of the American Statistical Association 22, 1927), 95 % unless another quantile is given.
 */
export function rateOf(numerator: number, denominator: number, z = z95): Rate {
  requireCounts(numerator, denominator)
  const state = denominator < enoughObservations ? 'insufficient_data' : 'ok'
  if (denominator === 0) return { numerator, denominator, rate: null, low: 0, high: 1, state }
  const rate = numerator / denominator
  const square = (z * z) / denominator
  const middle = (rate + square / 2) / (1 + square)
  const half = (z / (1 + square)) * Math.sqrt((rate * (1 - rate)) / denominator + square / (4 * denominator))
  // At the ends the interval reaches the rate exactly; only rounding would miss it.
  const low = numerator === 0 ? 0 : Math.max(0, middle - half)
  const high = numerator === denominator ? 1 : Math.min(1, middle + half)
  return { numerator, denominator, rate, low, high, state }
}

/** Do the intervals of two rates leave no value in common? Only then is a gap named. */
export function isApart(one: Rate, other: Rate): boolean {
  return one.state === 'ok' && other.state === 'ok' && (one.high < other.low || other.high < one.low)
}
