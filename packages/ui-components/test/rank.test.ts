import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankBetween, rankOnTop } from '../src/board/rank.ts'

const shape = /^[0-9A-Za-z]*[1-9A-Za-z]$/
const rank = fc.stringMatching(/^[0-9A-Za-z]{0,12}[1-9A-Za-z]$/)
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('A rank', () => {
  it('lies between any two others, and ends where there is room below it', () => {
    fc.assert(
      fc.property(rank, rank, random, (a, b, chance) => {
        fc.pre(a !== b)
        const [above, below] = a < b ? [a, b] : [b, a]
        const found = rankBetween(above, below, () => chance)
        expect(above < found && found < below).toBe(true)
        expect(found).toMatch(shape)
      }),
    )
  })

  it('lies above the first and below the last', () => {
    fc.assert(
      fc.property(rank, random, (one, chance) => {
        expect(rankBetween(null, one, () => chance) < one).toBe(true)
        expect(rankBetween(one, null, () => chance) > one).toBe(true)
      }),
    )
    expect(rankBetween(null, null)).toMatch(shape)
  })

  it('is found below the first where two are the same', () => {
    expect(rankBetween('A', 'A') > 'A').toBe(true)
  })

  it('grows by about one letter in five placements into the same gap', () => {
    let below = 'z'
    for (let count = 0; count < 500; count += 1) below = rankBetween('A', below)
    expect(below.length).toBeLessThan(200)
  })

  it('keeps a hundred in the order they were placed, wherever each was put', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 100 }), (places) => {
        const order: string[] = []
        for (const place of places) {
          const at = place % (order.length + 1)
          order.splice(at, 0, rankBetween(order[at - 1] ?? null, order[at] ?? null))
        }
        expect([...order].sort()).toEqual(order)
        expect(new Set(order).size).toBe(order.length)
      }),
    )
  })

  it('on top of the others leaves room for those who come later', () => {
    const first = rankOnTop(1_000_000, 'a', null)
    const second = rankOnTop(2_000_000, 'b', first)
    expect(second < first).toBe(true)
    expect(rankOnTop(1_500_000, 'c', second) < second).toBe(true)
  })
})
