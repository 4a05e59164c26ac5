import { compareRates, isApart, newSeed, rateOf, SeededRandom, stableShare, survivalAt, survivalCurve } from '@guanxi/core/statistics'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('semantics:0.9 rates', () => {
  test.each([
    // numerator, denominator, low, high
    [10, 50, 0.1124, 0.3304],
    [120, 240, 0.4372, 0.5628],
    [0, 20, 0, 0.1611],
    [20, 20, 0.8389, 1],
    [81, 263, 0.2553, 0.3662],
  ])('the Wilson interval of %i of %i', (numerator, denominator, low, high) => {
    const rate = rateOf(numerator, denominator)
    expect(rate.low).toBeCloseTo(low, 4)
    expect(rate.high).toBeCloseTo(high, 4)
  })

  test('below twenty observations nothing is ranked', () => {
    expect(rateOf(4, 10)).toMatchObject({ rate: 0.4, state: 'insufficient_data' })
    expect(rateOf(0, 0)).toEqual({ numerator: 0, denominator: 0, rate: null, low: 0, high: 1, state: 'insufficient_data' })
    expect([19, 20].map((n) => rateOf(1, n).state)).toEqual(['insufficient_data', 'ok'])
  })

  test('a gap is named only where the intervals do not meet', () => {
    expect(isApart(rateOf(120, 240), rateOf(10, 50))).toBe(true)
    expect(isApart(rateOf(120, 240), rateOf(4, 10))).toBe(false)
    expect(isApart(rateOf(120, 240), rateOf(23, 50))).toBe(false)
  })

  test('the interval holds the rate, is mirrored by the complement, and narrows with data', () => {
    const counts = fc.integer({ min: 1, max: 100_000 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)))
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { low, high, rate } = rateOf(k, n)
        expect(low).toBeLessThanOrEqual(rate ?? 0)
        expect(high).toBeGreaterThanOrEqual(rate ?? 0)
        expect(rateOf(n - k, n).high).toBeCloseTo(1 - low, 10)
        expect(rateOf(k * 4, n * 4).high - rateOf(k * 4, n * 4).low).toBeLessThan(high - low)
      }),
    )
  })

  test.each([
    [3, 2],
    [-1, 5],
    [0.5, 2],
  ])('%d of %d are no counts', (k, n) => {
    expect(() => rateOf(k, n)).toThrow(RangeError)
  })
})

describe('semantics:0.9 comparisons', () => {
  const of = (numerator: number, denominator: number) => ({ numerator, denominator })

  test.each([
    [50, 64, 'up', 1.9996],
    [64, 50, 'down', -1.9996],
    [50, 63, 'flat', 1.8542],
    [50, 50, 'flat', 0],
  ])('%i%% to %i%% of a hundred is %s', (before, after, trend, z) => {
    const comparison = compareRates(of(before, 100), of(after, 100))
    expect(comparison.trend).toBe(trend)
    expect(comparison.z).toBeCloseTo(z, 4)
  })

  test('too little data on either side says nothing', () => {
    expect(compareRates(of(1, 19), of(90, 100))).toEqual({ trend: 'insufficient_data', z: null })
    expect(compareRates(of(0, 20), of(0, 20))).toEqual({ trend: 'flat', z: 0 })
  })

  test('the other way round is the opposite', () => {
    const counts = fc.integer({ min: 20, max: 5_000 }).chain((n) => fc.record({ numerator: fc.nat(n), denominator: fc.constant(n) }))
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(compareRates(a, b).z ?? 0).toBeCloseTo(-(compareRates(b, a).z ?? 0), 10)
      }),
    )
  })
})

describe('semantics:0.9 seeded chance', () => {
  test('is the generator of its authors', () => {
    // Numbers of the reference implementation for these two states.
    const one = new SeededRandom('964d4a0cd40ab895ad7fdecb3006f0f0')
    expect(Array.from({ length: 4 }, () => one.next().toString(16))).toEqual(['f1391922', '6fe53806', 'a5be2840', 'f510ee70'])
    const other = new SeededRandom('00000001000000020000000300000004')
    expect(Array.from({ length: 4 }, () => other.next())).toEqual([11_520, 0, 5_927_040, 70_819_200])
  })

  test('the same seed gives the same answer, another one another', () => {
    const seed = newSeed()
    expect(seed).toMatch(/^[0-9a-f]{32}$/)
    const items = Array.from({ length: 50 }, (_, index) => index)
    expect(new SeededRandom(seed).shuffle(items)).toEqual(new SeededRandom(seed).shuffle(items))
    expect(newSeed()).not.toBe(seed)
    expect(items).toEqual(items.toSorted((a, b) => a - b))
  })

  test('numbers below a limit are as likely as each other', () => {
    const random = new SeededRandom('0123456789abcdef0123456789abcdef')
    const counts = [0, 0, 0, 0, 0, 0]
    for (let index = 0; index < 60_000; index++) {
      const face = random.below(6)
      counts[face] = (counts[face] ?? 0) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    // 99.9 % quantile of chi-squared with 5 degrees of freedom.
    expect(chi).toBeLessThan(20.5)
    expect(counts.reduce((sum, count) => sum + count)).toBe(60_000)
  })

  test('weights decide how likely, and nothing of weight 0 is picked', () => {
    const random = new SeededRandom('fedcba9876543210fedcba9876543210')
    const weights = { a: 1, b: 3, c: 0 } as const
    const counts = { a: 0, b: 0, c: 0 }
    for (let index = 0; index < 40_000; index++) counts[random.pickWeighted(['a', 'b', 'c'] as const, (item) => weights[item])] += 1
    expect(counts.c).toBe(0)
    expect(counts.b / counts.a).toBeCloseTo(3, 0)
    expect(() => random.pickWeighted(['a'], () => 0)).toThrow(RangeError)
    expect(() => random.pick([])).toThrow(RangeError)
  })

  test('fractions stay in [0, 1), and a shuffle keeps what it was given', () => {
    const seeds = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        const random = new SeededRandom(seed)
        const fraction = random.fraction()
        expect(fraction >= 0 && fraction < 1).toBe(true)
        expect(random.shuffle(items).toSorted()).toEqual(items.toSorted())
      }),
    )
  })

  test.each(['', 'xyz', '0123456789ABCDEF0123456789ABCDEF', '0'.repeat(31)])('%j is no seed', (seed) => {
    expect(() => new SeededRandom(seed)).toThrow(RangeError)
  })

  test('a pilot share is stable, even, and independent of other purposes', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `record-${index}`)
    const tenth = ids.filter((id) => stableShare(id, 'rule:1') < 0.1)
    expect(tenth.length).toBeGreaterThan(900)
    expect(tenth.length).toBeLessThan(1_100)
    expect(tenth.every((id) => stableShare(id, 'rule:1') < 0.2)).toBe(true)
    const both = tenth.filter((id) => stableShare(id, 'rule:2') < 0.1)
    expect(both.length).toBeLessThan(tenth.length / 5)
  })
})

describe('semantics:0.9 Kaplan–Meier', () => {
  /** Weeks of remission under 6-MP (Freireich et al. 1963), as textbooks give them; negative = censored. */
  const weeks = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
  const curve = survivalCurve(weeks.map((week) => ({ time: Math.abs(week), happened: week > 0 })))

  test('the curve and its intervals are those of the textbooks', () => {
    const rounded = curve.steps.map(({ time, atRisk, survival, low, high }) => [
      time,
      atRisk,
      ...[survival, low, high].map((x) => Number(x.toFixed(3))),
    ])
    expect(rounded).toEqual([
      [6, 21, 0.857, 0.62, 0.952],
      [7, 17, 0.807, 0.563, 0.923],
      [10, 15, 0.753, 0.503, 0.889],
      [13, 12, 0.69, 0.432, 0.849],
      [16, 11, 0.627, 0.368, 0.805],
      [22, 7, 0.538, 0.268, 0.747],
      [23, 6, 0.448, 0.188, 0.68],
    ])
    expect(curve).toMatchObject({ observations: 21, happened: 9, median: 23 })
  })

  test('between steps the curve stays', () => {
    expect(survivalAt(curve, 5)).toBe(1)
    expect(survivalAt(curve, 9.5)).toBe(survivalAt(curve, 7))
    expect(survivalAt(curve, 1_000)).toBeCloseTo(0.448, 3)
  })

  test('without censoring it is the share that is left', () => {
    const times = fc.array(fc.nat(50), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(times, fc.nat(50), (all, at) => {
        const whole = survivalCurve(all.map((time) => ({ time, happened: true })))
        expect(survivalAt(whole, at)).toBeCloseTo(all.filter((time) => time > at).length / all.length, 10)
      }),
    )
  })

  test('nothing happened, nothing watched, nonsense', () => {
    expect(survivalCurve([{ time: 3, happened: false }])).toEqual({ steps: [], observations: 1, happened: 0, median: null })
    expect(survivalCurve([])).toMatchObject({ steps: [], observations: 0 })
    expect(() => survivalCurve([{ time: -1, happened: true }])).toThrow(RangeError)
  })
})
