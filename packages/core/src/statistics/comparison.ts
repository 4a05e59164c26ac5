import { enoughObservations, requireCounts } from './observations.ts'

/** How a rate stands against an earlier one. */
export interface Comparison {
  readonly trend: 'up' | 'down' | 'flat' | 'insufficient_data'
  /** The test statistic; positive when the rate rose. Null with too little data. */
  readonly z: number | null
}

/** A count out of a total. */
export interface Counts {
  readonly numerator: number
  readonly denominator: number
}

/** From this on a difference is called one. */
const significant = 1.96

/**
 * The two-proportion z test with the pooled rate (NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3): |z| ≥ 1.96 is up or down,
 * anything less is flat. Below 20 observations on either side nothing is said.
 */
export function compareRates(before: Counts, after: Counts): Comparison {
  for (const { numerator, denominator } of [before, after]) requireCounts(numerator, denominator)
  if (Math.min(before.denominator, after.denominator) < enoughObservations) return { trend: 'insufficient_data', z: null }
  const pooled = (before.numerator + after.numerator) / (before.denominator + after.denominator)
  const variance = pooled * (1 - pooled) * (1 / before.denominator + 1 / after.denominator)
  if (variance === 0) return { trend: 'flat', z: 0 }
  const z = (after.numerator / after.denominator - before.numerator / before.denominator) / Math.sqrt(variance)
  if (Math.abs(z) < significant) return { trend: 'flat', z }
  return { trend: z > 0 ? 'up' : 'down', z }
}
