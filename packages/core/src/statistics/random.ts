import { randomBytes } from 'node:crypto'

/** 128 bits as 32 hexadecimal digits: what a decision stores beside what it chose. */
export type Seed = string

const seedPattern = /^[0-9a-f]{32}$/

/** A seed nobody can foresee. */
export function newSeed(): Seed {
  return randomBytes(16).toString('hex')
}

/**
 * Chance that can be repeated: the same seed gives the same numbers, on every machine and in every version. The generator is
 * xoshiro128** 1.1 (D. Blackman, S. Vigna, “Scrambled linear pseudorandom number generators”, 2021). Not for secrets.
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #d: number

  /** Throws a RangeError where the seed is not 32 hexadecimal digits. */
  constructor(seed: Seed) {
    if (!seedPattern.test(seed)) throw new RangeError('A seed is 32 hexadecimal digits in lower case.')
    const word = (index: number): number => Number.parseInt(seed.slice(index * 8, index * 8 + 8), 16)
    // The generator never leaves the state of all zeros.
    const zero = /^0+$/.test(seed)
    this.#a = zero ? 1 : word(0)
    this.#b = word(1)
    this.#c = word(2)
    this.#d = word(3)
  }

  /** 32 random bits. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotate(this.#d, 11)
    return result
  }

  /** A number in [0, 1) with 53 random bits. */
  fraction(): number {
    return ((this.next() >>> 5) * 0x4000000 + (this.next() >>> 6)) / 0x20000000000000
  }

  /** A whole number from 0 to below `limit` (at most 2³²), each as likely as the other: values that would favour some are thrown away. */
  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 0x100000000) throw new RangeError(`${limit} is no limit from 1 to 2³²`)
    const fair = 0x100000000 - (0x100000000 % limit)
    for (;;) {
      const value = this.next()
      if (value < fair) return value % limit
    }
  }

  /** One of a list. Throws a RangeError for an empty one. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** One of a list, each as likely as its weight (whole or fractional, not negative, not all 0) says. */
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    const weights = items.map(weightOf)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (!(total > 0) || !Number.isFinite(total) || weights.some((weight) => weight < 0))
      throw new RangeError('Weights are not negative, and one is above 0.')
    let rest = this.fraction() * total
    const last = weights.findLastIndex((weight) => weight > 0)
    const index = weights.findIndex((weight, at) => {
      rest -= weight
      return rest < 0 || at === last
    })
    return items[index] as T
  }

  /** The list in random order; the one given stays as it is. (R. Durstenfeld, “Algorithm 235: Random permutation”, 1964.) */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const item = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = item
    }
    return shuffled
  }
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}
