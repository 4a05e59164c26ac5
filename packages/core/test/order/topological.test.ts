import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrderCycle, topological } from '../../src/order/topological.ts'

interface Item {
  readonly id: string
  readonly after: readonly string[]
}

const item = (id: string, ...after: string[]): Item => ({ id, after })
const ids = (items: readonly Item[]): string[] => items.map(({ id }) => id)

/** Items that only ever come after ones with a smaller index: never a circle. */
const acyclic = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: size }, (_, index) => `n${index}`),
        { minLength: size },
      ),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }),
    ),
  )
  .map(([names, pairs]) =>
    names.map((id, index) => item(id, ...pairs.filter(([from, to]) => from === index && to < index).map(([, to]) => names[to] ?? ''))),
  )

const anyGraph = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.array(fc.nat(size), { maxLength: 3 }).map((after) => item(`n${index}`, ...after.map((to) => `n${to}`))),
      ),
    ),
  )

describe('topological', () => {
  it('puts what is needed first, and ties in order of their ids', () => {
    expect(ids(topological([item('c'), item('b', 'z'), item('z'), item('a')]))).toEqual(['a', 'c', 'z', 'b'])
  })

  it('ignores ids that are not in the list', () => {
    expect(ids(topological([item('b', 'ghost'), item('a', 'b')]))).toEqual(['b', 'a'])
  })

  it('breaks ties by another comparison where one is given', () => {
    expect(ids(topological([item('a'), item('b'), item('c', 'b')], (x, y) => (x.id < y.id ? 1 : -1)))).toEqual(['b', 'c', 'a'])
  })

  it('names a circle as a path that starts and ends with its smallest id', () => {
    const cycle = () => topological([item('d', 'b'), item('b', 'c'), item('c', 'a'), item('a', 'b'), item('free')])
    expect(cycle).toThrow(OrderCycle)
    expect(cycle).toThrow('a → b → c → a')
  })

  it('names an item that comes after itself', () => {
    expect(() => topological([item('a', 'a')])).toThrow('a → a')
  })

  it('survives a chain of ten thousand without running out of stack', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => item(`n${index}`, `n${index + 1}`))
    expect(topological(chain)[0]?.id).toBe('n9999')
  })

  it('keeps every need before its follower, loses nothing, and never depends on the order of the list', () => {
    fc.assert(
      fc.property(acyclic, fc.func(fc.integer()), (items, shuffle) => {
        const ordered = topological(items)
        const place = new Map(ordered.map(({ id }, index) => [id, index]))
        expect([...place.keys()].sort()).toEqual(ids(items).sort())
        for (const { id, after } of ordered) for (const need of after) expect(place.get(need)).toBeLessThan(place.get(id) ?? -1)
        const shuffled = [...items].sort((a, b) => shuffle(a.id) - shuffle(b.id))
        expect(ids(topological(shuffled))).toEqual(ids(ordered))
      }),
    )
  })

  it('answers a real circle whenever it gives up, the same one for every order of the list', () => {
    fc.assert(
      fc.property(anyGraph, (items) => {
        const first = attempt(items)
        expect(attempt([...items].reverse())).toEqual(first)
        if (!Array.isArray(first)) return
        const byId = new Map(items.map((entry) => [entry.id, entry]))
        expect(first.at(0)).toBe(first.at(-1))
        for (const [index, id] of first.slice(0, -1).entries()) expect(byId.get(id)?.after).toContain(first[index + 1])
      }),
    )
  })
})

/** The path of the circle, or the order as text. */
function attempt(items: readonly Item[]): readonly string[] | string {
  try {
    return ids(topological(items)).join()
  } catch (error) {
    if (error instanceof OrderCycle) return error.path
    throw error
  }
}
