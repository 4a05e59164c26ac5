import { defineDecider } from '@guanxi/core'
import { SeededRandom } from '@guanxi/core/statistics'
import { decideAll } from '@guanxi/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assign, prospect, type Round, reasons } from '../decider/intake.ts'

const members = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[a-z]{1,6}$/), capacity: fc.nat(8), held: fc.nat(8), turn: fc.nat(5), away: fc.boolean() }),
  { selector: ({ id }) => id, maxLength: 8 },
)
const seeds = fc.stringMatching(/^[0-9a-f]{32}$/)
const now = Date.UTC(2026, 2, 2)

const roundOf = (given: readonly (typeof members extends fc.Arbitrary<(infer M)[]> ? M : never)[]): Round => ({
  members: given.map(({ away, ...member }) => ({ ...member, got: 0, denial: away ? reasons.make.nobody_free() : null })),
  turns: 5,
})
const subjectsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `p${index}` }))
const winners = (decisions: ReturnType<typeof decideAll>['decisions']) => decisions.map(({ set }) => set?.ownerId ?? null)

/** Everybody draws for themselves, whatever the others got. */
const lottery = defineDecider({
  id: 'intake.lottery',
  kind: 'allocation',
  object: prospect,
  subjects: { ownerId: { isNull: true } },
  sets: ['ownerId'],
  anyOrder: true,
  code: 1,
  load: async (): Promise<readonly string[]> => [],
  decide: (state: readonly string[], _, __, seed) => ({
    decision: { set: { ownerId: state[new SeededRandom(seed).below(state.length)] ?? '' }, reason: reasons.make.nobody_free() },
    state,
  }),
})

describe('allocations as pure functions', () => {
  test('semantics:0.9 the same input and seed give the same decisions', () => {
    fc.assert(
      fc.property(members, fc.nat(40), seeds, (given, count, seed) => {
        const once = decideAll(assign, roundOf(given), subjectsOf(count), { now, seed })
        const again = decideAll(assign, roundOf(given), subjectsOf(count), { now, seed })
        expect(again.decisions.map(({ set, reason }) => [set, reason.toJSON()])).toEqual(
          once.decisions.map(({ set, reason }) => [set, reason.toJSON()]),
        )
      }),
    )
  })

  test('nobody gets more than they have room for, nobody is passed over while they have room, and turns differ by one at most', () => {
    fc.assert(
      fc.property(members, fc.nat(40), seeds, (given, count, seed) => {
        const { decisions, state } = decideAll(assign, roundOf(given), subjectsOf(count), { now, seed })
        const room = given.map(({ away, capacity, held }) => (away ? 0 : Math.max(0, capacity - held)))
        const all = room.reduce((sum, one) => sum + one, 0)
        expect(winners(decisions).filter((one) => one !== null)).toHaveLength(Math.min(all, count))
        given.forEach(({ id }, index) => {
          expect(winners(decisions).filter((one) => one === id).length).toBeLessThanOrEqual(room[index] ?? 0)
        })
        const open = state.members.filter(({ denial, held, capacity }) => denial === null && held < capacity).map(({ got }) => got)
        if (open.length > 0) expect(Math.max(...open) - Math.min(...open)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('the order of the records does not matter where that is declared', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 6 }),
        fc.nat(20),
        seeds,
        (people, count, seed) => {
          expect(lottery.anyOrder).toBe(true)
          const subjects = subjectsOf(count)
          const order = subjects.toSorted((a, b) => (seed + a.id < seed + b.id ? 1 : -1))
          const straight = winners(decideAll(lottery, people, subjects, { now, seed }).decisions)
          const mixed = winners(decideAll(lottery, people, order, { now, seed }).decisions)
          expect(new Map(order.map(({ id }, index) => [id, mixed[index]]))).toEqual(
            new Map(order.map(({ id }) => [id, straight[Number(id.slice(1))]])),
          )
        },
      ),
    )
  })

  test('what is wrong with a declaration is said', () => {
    const load = async (): Promise<number> => 0
    const decide = (state: number) => ({ decision: { set: null, reason: reasons.make.nobody_free() }, state })
    const head = { id: 'intake.wrong', kind: 'allocation', object: prospect, subjects: {}, sets: ['ownerId'] } as const
    const input = { ...head, code: 1, load, decide }
    expect(() => defineDecider({ ...input, sets: [] })).toThrowError(/sets 1 to 20/)
    expect(() => defineDecider({ ...input, code: 0 })).toThrowError(/whole number from 1/)
    expect(() => defineDecider({ ...input, limits: { blast: { share: 7 } } })).toThrowError(/share/)
    expect(() => defineDecider({ ...input, earlier: [{ code: 1, load, decide }] })).toThrowError(/number of its own/)
  })
})
