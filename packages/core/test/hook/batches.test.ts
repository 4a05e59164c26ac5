import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BeforeChange, batch, before, check, type Hook, type HookOperation } from '../../src/hook/hook.ts'
import { type HookRecord, hookRecord } from '../../src/hook/hook-record.ts'
import { creating, type Deal, deal, runnerOf, scopeOf, updating } from './support.ts'

/** What a generated hook does: to which operations and fields it listens, what it sets, whether it is asynchronous. */
const hookShape = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  on: fc.option(fc.uniqueArray(fc.constantFrom<HookOperation>('create', 'update'), { minLength: 1 }), { nil: undefined }),
  fields: fc.option(fc.uniqueArray(fc.constantFrom('title', 'stage', 'amount'), { minLength: 1 }), { nil: undefined }),
  after: fc.uniqueArray(fc.constantFrom('sales:a', 'sales:b'), { maxLength: 1 }),
  target: fc.constantFrom<keyof Deal>('title', 'stage', 'amount'),
  asynchronous: fc.boolean(),
  whole: fc.boolean(),
  refuses: fc.boolean(),
})

type Shape = typeof hookShape extends fc.Arbitrary<infer S> ? S : never

const values = fc.record({ title: fc.string(), stage: fc.constantFrom('open', 'won'), amount: fc.nat() }, { requiredKeys: [] })

/** Each hook's effect depends on what the hooks before it did, so a wrong order shows. */
function hookOf(shape: Shape, seen: Map<string, string[]>): Hook {
  const { id, on, fields, asynchronous, whole, target } = shape
  const options = { id, on, fields, after: shape.after.filter((other) => other < `sales:${id}`) }
  const apply = (change: BeforeChange<Deal>) => {
    seen.set(change.id, [...(seen.get(change.id) ?? []), id])
    const trace = `${JSON.stringify(change.next)}${id}`
    change.set(target === 'amount' ? { amount: trace.length } : { [target]: `${trace.length}${id}` })
  }
  if (shape.refuses)
    return check(deal, options, (change) => change.invalid('title', 'SALES_CLOSED', { title: `${id}${String(change.next.title)}` }))
  if (whole)
    return batch.before(deal, options, (changes) =>
      asynchronous ? Promise.resolve().then(() => changes.forEach(apply)) : changes.forEach(apply),
    )
  return before(deal, options, (change) => (asynchronous ? Promise.resolve().then(() => apply(change)) : apply(change)))
}

const outcome = ({ id, next, touched, authors, issues }: HookRecord) => ({
  id,
  next,
  touched: [...touched],
  authors: [...authors],
  issues: issues.map((issue) => issue.message),
})

describe('a batch', () => {
  it.each<[HookOperation, (patch: Record<string, unknown>, id: string) => HookRecord]>([
    ['create', creating],
    ['update', (patch, id) => updating({ title: 'before', stage: null, amount: 1 }, patch, id)],
    [
      'update',
      (patch, id) => hookRecord({ operation: 'update', object: 'deal', id, previous: null, next: patch, sent: Object.keys(patch) }),
    ],
    ['delete', (patch, id) => hookRecord({ operation: 'delete', object: 'deal', id, previous: patch, next: patch, sent: [] })],
    ['restore', (patch, id) => hookRecord({ operation: 'restore', object: 'deal', id, previous: patch, next: patch, sent: [] })],
  ])('gives every record the hooks, order, values, authors and messages it gets alone: %s', async (_, recordOf) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(hookShape, { selector: ({ id }) => id, maxLength: 5 }),
        fc.array(values, { minLength: 1, maxLength: 5 }),
        async (shapes, patches) => {
          const run = async (groups: HookRecord[][]) => {
            const seen = new Map<string, string[]>()
            const { runner } = runnerOf(shapes.map((shape) => hookOf(shape, seen)))
            for (const group of groups) {
              await runner.runCheck(group, scopeOf())
              await runner.runBefore(group, scopeOf())
            }
            return { seen, records: groups.flat().map(outcome) }
          }
          const records = () => patches.map((patch, index) => recordOf(patch, `d${index}`))
          expect(await run([records()])).toEqual(await run(records().map((record) => [record])))
        },
      ),
    )
  })
})
