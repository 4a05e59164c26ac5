import { percentOf, splitByLargestRemainder } from '@guanxi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('semantics:0.6 money is split by largest remainder', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [10_000, [5_000, 3_000, 2_000], [5_000, 3_000, 2_000]],
    [101, [5_000, 3_000, 2_000], [51, 30, 20]],
    [5, [1, 2, 3, 4], [1, 1, 1, 2]],
    [1, [1, 1], [1, 0]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [1, 2], [0, 0]],
    [7, [0, 3, 0], [0, 7, 0]],
    [Number.MAX_SAFE_INTEGER, [1, 1], [4_503_599_627_370_496, 4_503_599_627_370_495]],
  ])('%i by %j is %j', (minor, weights, parts) => {
    expect(splitByLargestRemainder(minor, weights)).toEqual(parts)
  })

  test('parts add up, are off by less than a unit, and never cross a larger weight', () => {
    const weights = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 30 }).filter((list) => list.some((weight) => weight > 0))
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (minor, list) => {
        const parts = splitByLargestRemainder(minor, list)
        const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n)
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(minor))
        for (const [index, part] of parts.entries()) {
          const off = BigInt(part) * whole - BigInt(minor) * BigInt(list[index] ?? 0)
          expect((off < 0n ? -off : off) < whole).toBe(true)
        }
        const size = (index: number): number => Math.abs(parts[index] ?? 0)
        for (let a = 0; a < list.length; a++)
          for (let b = 0; b < list.length; b++) if ((list[a] ?? 0) > (list[b] ?? 0)) expect(size(a)).toBeGreaterThanOrEqual(size(b))
      }),
      { numRuns: 300 },
    )
  })

  test.each([[[]], [[0, 0]], [[-1, 2]], [[0.5, 0.5]]])('weights %j are refused', (weights) => {
    expect(() => splitByLargestRemainder(100, weights)).toThrow(expect.objectContaining({ code: 'PARAMETER_INVALID' }))
  })
})

describe('semantics:0.6 percentages are basis points, rounded half away from zero', () => {
  test.each([
    [1_000, 250, 25],
    [50, 100, 1],
    [49, 100, 0],
    [-50, 100, -1],
    [150, 100, 2],
    [333, 3_333, 111],
    [-1, 1, 0],
  ])('%i at %i is %i', (minor, basisPoints, expected) => {
    expect(percentOf(minor, basisPoints)).toBe(expected)
  })

  test('a percentage of the opposite sum is the opposite', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -20_000, max: 20_000 }), (minor, basisPoints) => {
        expect(percentOf(minor, basisPoints) + percentOf(-minor, basisPoints)).toBe(0)
      }),
    )
  })
})
