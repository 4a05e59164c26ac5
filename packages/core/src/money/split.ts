import { crmError } from '../error/crm-error.ts'

/** Parts of one split at most. */
const maxParts = 10_000

/**
 * Splits a sum by weights so that the parts add up to the whole, exactly: each gets its share rounded towards zero, and the units left
 * over go to the largest remainders (Hamilton's method), ties to whoever stands earlier. Weights are whole numbers, such as basis points
 * or other sums. A negative sum is split like the positive one.
 */
export function splitByLargestRemainder(minor: number, weights: readonly number[]): number[] {
  requireMinor(minor)
  if (weights.length === 0 || weights.length > maxParts || !weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0))
    throw invalid('weights', `1 to ${maxParts} whole numbers, none negative, are expected`)
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (whole === 0n) throw invalid('weights', 'one of them must be more than 0')
  const size = BigInt(Math.abs(minor))
  const shares = weights.map((weight, index) => {
    const exact = size * BigInt(weight)
    return { index, part: exact / whole, remainder: exact % whole }
  })
  let left = size - shares.reduce((sum, { part }) => sum + part, 0n)
  const parts = shares.map(({ part }) => part)
  const byRemainder = shares.toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
  for (const { index, part } of byRemainder) {
    if (left === 0n) break
    parts[index] = part + 1n
    left -= 1n
  }
  return parts.map((part) => signed(Number(part), minor))
}

/** A share in basis points (1 % = 100), rounded half away from zero. */
export function percentOf(minor: number, basisPoints: number): number {
  requireMinor(minor)
  if (!Number.isSafeInteger(basisPoints)) throw invalid('basisPoints', 'a whole number is expected')
  const exact = BigInt(minor) * BigInt(basisPoints)
  const size = exact < 0n ? -exact : exact
  const rounded = (size * 2n + 10_000n) / 20_000n
  return requireMinor(signed(Number(rounded), exact < 0n ? -1 : 1))
}

function requireMinor(minor: number): number {
  if (Number.isSafeInteger(minor)) return minor
  throw invalid('minor', 'a whole number of minor units is expected')
}

/** There is no −0 in a book. */
function signed(size: number, sign: number): number {
  return sign < 0 && size !== 0 ? -size : size
}

function invalid(name: string, reason: string) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
}
