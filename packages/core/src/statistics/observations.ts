/** Below this many observations no ranking is made. */
export const enoughObservations = 20

/** The two-sided 95 % quantile of the normal distribution. */
export const z95 = 1.959963984540054

/** Counts must be whole, and a part not larger than its whole. Throws a RangeError. */
export function requireCounts(successes: number, total: number): void {
  if (Number.isSafeInteger(successes) && Number.isSafeInteger(total) && successes >= 0 && total >= 0 && successes <= total) return
  throw new RangeError(`${successes} of ${total} are no counts`)
}
