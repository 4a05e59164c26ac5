import { describe, expect, it } from 'vitest'
import { CrmError, crmError } from '../../src/error/crm-error.ts'
import { after, type BeforeChange, batch, before, type CheckChange, check, type HookContext } from '../../src/hook/hook.ts'
import { hookRecord } from '../../src/hook/hook-record.ts'
import { service } from '../../src/plugin/service.ts'
import type { Records } from '../../src/record/records.ts'
import { StoreFailure } from '../../src/store/errors.ts'
import { creating, type Deal, deal, runnerOf, scopeOf, updating } from './support.ts'

const noop = () => {}

/** The error a run ends with, however it is reported. */
async function errorOf(run: () => void | Promise<void>): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  throw new Error('It should have failed.')
}

/** Records that only count, each call answered when the test says so. */
function recordsThat(answer: () => Promise<number>): Records {
  return { count: answer } as Partial<Records> as Records
}

describe('which hooks run', () => {
  const ran: string[] = []
  const named = (id: string, options: Partial<Parameters<typeof before>[1]> = {}) =>
    before(deal, { id, ...options }, () => {
      ran.push(id)
    })
  const { runner } = runnerOf([
    named('all'),
    named('created', { on: ['create'] }),
    named('stage', { fields: ['stage'] }),
    named('size', { fields: ['custom.size'] }),
    named('custom', { fields: ['custom'] }),
    before({ ...deal, name: 'lead' }, { id: 'other' }, () => void ran.push('other')),
  ])
  const run = (record: Parameters<typeof runner.runBefore>[0][number]) => {
    ran.length = 0
    runner.runBefore([record], scopeOf())
    return ran
  }

  it('are those of the object that listen to the operation and to a field that was sent', () => {
    expect(run(updating({ stage: 'open' }, { title: 'x' }))).toEqual(['all'])
    expect(run(updating({ stage: 'open' }, { stage: 'won', title: 'x' }))).toEqual(['all', 'stage'])
  })

  it('are all that listen to create, whatever fields they name', () => {
    expect(run(creating({ title: 'x' }))).toEqual(['all', 'created', 'stage', 'size', 'custom'])
  })

  it('know admin fields by their full name, and all of them as custom', () => {
    const record = hookRecord({
      operation: 'update',
      object: 'deal',
      id: 'd1',
      previous: null,
      next: { custom: { size: 2 } },
      sent: ['custom.size'],
    })
    expect(run(record)).toEqual(['all', 'size', 'custom'])
  })

  it('are not narrowed by fields on delete and restore', () => {
    expect(run(hookRecord({ operation: 'delete', object: 'deal', id: 'd1', previous: {}, next: {}, sent: [] }))).toEqual([
      'all',
      'stage',
      'size',
      'custom',
    ])
  })

  it('are told beforehand by hooksFor', () => {
    expect(runner.hooksFor('deal', 'before', 'update', ['stage']).map(({ id }) => id)).toEqual(['sales:all', 'sales:stage'])
    expect(runner.hooksFor('ghost', 'before', 'update', ['stage'])).toEqual([])
  })

  it('get only those records of a batch that sent their fields', () => {
    const seen: string[][] = []
    const { runner } = runnerOf([
      batch.before(deal, { id: 'stage', fields: ['stage'] }, (changes) => void seen.push(changes.map(({ id }) => id))),
    ])
    runner.runBefore(
      [updating({}, { title: 'x' }, 'd1'), updating({}, { stage: 'won' }, 'd2'), updating({}, { stage: 'open' }, 'd3')],
      scopeOf(),
    )
    expect(seen).toEqual([['d2', 'd3']])
  })
})

describe('before', () => {
  it('shows each hook what the ones before it set, and records who set what', () => {
    const seen: unknown[] = []
    const { runner } = runnerOf([
      before(deal, { id: 'one' }, (change) => change.set({ stage: 'open', amount: 5 })),
      before(deal, { id: 'two' }, (change) => {
        seen.push(change.next.stage, [...change.touched])
        change.set({ amount: 6 })
        seen.push(change.next.amount)
      }),
    ])
    const record = creating({ title: 'x', amount: null })
    runner.runBefore([record], scopeOf())
    expect(seen).toEqual(['open', ['title', 'amount', 'stage'], 6])
    expect(record.next).toEqual({ title: 'x', stage: 'open', amount: 6 })
    expect(Object.fromEntries(record.authors)).toEqual({ stage: 'sales:one', amount: 'sales:two' })
    expect([...record.touched]).toEqual(['title', 'amount', 'stage'])
  })

  it('leaves a value alone that is there already: it keeps the caller as its author', () => {
    const { runner } = runnerOf([before(deal, { id: 'same' }, (change) => change.set({ stage: 'open', tags: ['a'], amount: undefined }))])
    const record = creating({ stage: 'open', tags: ['a'] })
    runner.runBefore([record], scopeOf())
    expect(record.authors.size).toBe(0)
  })

  it('merges admin fields one by one', () => {
    const { runner } = runnerOf([
      before({ ...deal } as never, { id: 'size' }, (change: BeforeChange) => change.set({ custom: { size: 3 } })),
    ])
    const record = creating({ title: 'x', custom: { colour: 'red' } })
    runner.runBefore([record], scopeOf())
    expect(record.next.custom).toEqual({ colour: 'red', size: 3 })
    expect(Object.fromEntries(record.authors)).toEqual({ 'custom.size': 'sales:size' })
  })

  it('refuses a field that does not exist, naming the hook and the field', async () => {
    const { runner } = runnerOf([before(deal, { id: 'typo' }, (change) => change.set({ stge: 'open' } as Partial<Deal>))])
    const record = creating({ title: 'x' })
    const error = await errorOf(() => runner.runBefore([record], scopeOf()))
    expect(error).toMatchObject({
      code: 'HOOK_FAILED',
      params: { hook: 'sales:typo' },
      cause: { code: 'FIELD_UNKNOWN', params: { field: 'stge' } },
    })
    expect(record.next).toEqual({ title: 'x' })
  })

  it.each<[string, (change: BeforeChange<Deal>) => void]>([
    ['a value', (change) => Object.assign(change.next, { stage: 'won' })],
    ['a list inside', (change) => change.next.tags?.push('new')],
    ['the record before', (change) => Object.assign(change.previous ?? {}, { stage: 'won' })],
    ['the record as a whole', (change) => Object.assign(change, { next: {} })],
  ])('lets nobody change %s past set', async (_, handler) => {
    const { runner } = runnerOf([before(deal, { id: 'sly' }, handler)])
    const error = await errorOf(() => runner.runBefore([updating({ tags: ['a'], stage: 'open' }, { title: 'x' })], scopeOf()))
    expect(error).toMatchObject({ code: 'HOOK_FAILED', cause: expect.any(TypeError) })
  })

  it('freezes nothing that the caller passed in or gets back', () => {
    const { runner } = runnerOf([before(deal, { id: 'any' }, (change) => change.set({ title: String(change.next.tags) }))])
    const record = creating({ tags: ['a'] })
    runner.runBefore([record], scopeOf())
    expect([record.next, record.next.tags].map(Object.isFrozen)).toEqual([false, false])
    expect(record.next).toEqual({ tags: ['a'], title: 'a' })
  })

  it('shows a record that is frozen already', () => {
    const seen: unknown[] = []
    const { runner } = runnerOf([before(deal, { id: 'look' }, (change) => void seen.push(change.next.tags, { ...change.next }))])
    runner.runBefore([creating(Object.freeze({ tags: ['a'] }))], scopeOf())
    expect(seen).toEqual([['a'], { tags: ['a'] }])
  })

  it('keeps handlers working that take the functions apart', async () => {
    const { runner } = runnerOf([
      before(deal, { id: 'apart' }, ({ next, set }, { reject }) => (next.stage ? reject('SALES_CLOSED') : set({ stage: 'open' }))),
    ])
    const record = creating({ title: 'x' })
    runner.runBefore([record], scopeOf())
    expect(record.next.stage).toBe('open')
    expect(await errorOf(() => runner.runBefore([record], scopeOf()))).toMatchObject({ code: 'SALES_CLOSED' })
  })
})

describe('check', () => {
  it('collects the messages of all hooks and all records', () => {
    const { runner } = runnerOf([
      check(deal, { id: 'one' }, (change) => change.invalid('title', 'SALES_CLOSED', { title: String(change.next.title) })),
      check(deal, { id: 'two' }, (change) => change.invalid(null, 'VALUE_REQUIRED')),
    ])
    const records = [creating({ title: 'a' }, 'd1'), creating({ title: 'b' }, 'd2')]
    runner.runCheck(records, scopeOf())
    expect(records.map(({ issues }) => issues.map((issue) => [issue.path, issue.toBody('zh').message]))).toEqual([
      [
        ['/title', '已关闭 a'],
        [null, '必填。'],
      ],
      [
        ['/title', '已关闭 b'],
        [null, '必填。'],
      ],
    ])
  })

  it('points to admin fields where they are', () => {
    const { runner } = runnerOf([
      check(deal, { id: 'size' }, (change) => (change as unknown as CheckChange).invalid('custom.a/b', 'SALES_CLOSED')),
    ])
    const record = creating({})
    runner.runCheck([record], scopeOf())
    expect(record.issues[0]?.path).toBe('/custom/a~1b')
  })

  it('names the hook that uses a code nobody defined', async () => {
    const { runner } = runnerOf([check(deal, { id: 'odd' }, (change) => change.invalid('title', 'SALES_NOPE'))])
    expect(await errorOf(() => runner.runCheck([creating({})], scopeOf()))).toMatchObject({
      code: 'HOOK_FAILED',
      details: { hook: 'sales:odd', object: 'deal', operation: 'create' },
    })
  })
})

describe('failures', () => {
  const failing = (error: unknown) =>
    runnerOf([
      before(deal, { id: 'bad' }, () => {
        throw error
      }),
    ]).runner
  const run = (error: unknown) => errorOf(() => failing(error).runBefore([creating({})], scopeOf()))

  it('that reject go to the caller as the plugin wrote them', async () => {
    const { runner } = runnerOf([after(deal, { id: 'no' }, (_, context) => context.reject('SALES_CLOSED', { title: 'x' }))])
    const error = await errorOf(() => runner.runAfter([creating({})], scopeOf()))
    expect(error).toBeInstanceOf(CrmError)
    expect(error).toMatchObject({ code: 'SALES_CLOSED', status: 422, message: 'SALES_CLOSED: Closed: x' })
  })

  it('of the hook itself are wrapped once, the cause kept and not shown', async () => {
    const cause = new Error('secret')
    const error = (await run(cause)) as CrmError
    expect(error).toMatchObject({ code: 'HOOK_FAILED', cause, details: { hook: 'sales:bad', object: 'deal', operation: 'create' } })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(await run(error)).toBe(error)
  })

  it('of what a hook wrote elsewhere are the hook’s failure, not the caller’s', async () => {
    expect(await run(crmError('CONFLICT'))).toMatchObject({ code: 'HOOK_FAILED', cause: { code: 'CONFLICT' } })
  })

  it('of the database pass through, so that the store can try again', async () => {
    const failure = new StoreFailure('deadlock', true)
    expect(await run(failure)).toBe(failure)
    expect(await run(crmError('REVISION_CHANGED'))).toMatchObject({ code: 'REVISION_CHANGED' })
  })

  it('of asynchronous handlers are the same', async () => {
    const { runner } = runnerOf([
      before(deal, { id: 'late' }, async () => {
        throw new Error('late')
      }),
    ])
    expect(await errorOf(() => runner.runBefore([creating({})], scopeOf()))).toMatchObject({
      code: 'HOOK_FAILED',
      params: { hook: 'sales:late' },
    })
  })

  it('stop the hooks after them', async () => {
    let reached = false
    const { runner } = runnerOf([
      before(deal, { id: 'bad' }, async () => {
        throw new Error('x')
      }),
      before(deal, { id: 'next' }, () => {
        reached = true
      }),
    ])
    await errorOf(() => runner.runBefore([creating({})], scopeOf()))
    expect(reached).toBe(false)
  })
})

describe('the context', () => {
  it.each<[string, (change: BeforeChange<Deal>, context: HookContext) => unknown]>([
    ['records', (_, context) => context.records(deal)],
    ['service', (_, context) => context.service(service('sales.clock'))],
    ['reject', (_, context) => context.reject('SALES_CLOSED')],
    ['set', (change) => change.set({ stage: 'late' })],
  ])('is dead once the hook returned: %s', async (_, use) => {
    let kept: (() => unknown) | undefined
    const { runner } = runnerOf([
      before(deal, { id: 'leaky', database: true }, (change, context) => {
        kept = () => use(change, context)
      }),
    ])
    const record = creating({})
    await runner.runBefore([record], scopeOf({ records: () => recordsThat(async () => 1) }))
    expect(kept).toThrow('HOOK_CONTEXT: The extension “sales:leaky” used its context after it had finished.')
    expect(record.next).toEqual({})
  })

  it('takes records with it that a hook kept', async () => {
    let kept: Records<Deal> | undefined
    const { runner } = runnerOf([
      after(deal, { id: 'leaky' }, (_, context) => {
        kept = context.records(deal)
      }),
    ])
    await runner.runAfter([creating({})], scopeOf({ records: () => recordsThat(async () => 1) }))
    expect(() => kept?.count()).toThrow('HOOK_CONTEXT')
  })

  it('waits for a call the hook forgot to await, and says so', async () => {
    let finish: (count: number) => void = noop
    let settled = false
    const slow = new Promise<number>((resolve) => {
      finish = resolve
    }).finally(() => {
      settled = true
    })
    const { runner } = runnerOf([after(deal, { id: 'hasty' }, (_, context) => void context.records(deal).count())])
    const ending = errorOf(() => runner.runAfter([creating({})], scopeOf({ records: () => recordsThat(() => slow) })))
    finish(1)
    expect(await ending).toMatchObject({ code: 'HOOK_CONTEXT', params: { hook: 'sales:hasty' } })
    expect(settled).toBe(true)
  })

  it('gives records to after hooks always, to the others only when they declare it', async () => {
    const counts: number[] = []
    const counting = async (_: unknown, context: HookContext) => void counts.push(await context.records(deal).count())
    const { runner } = runnerOf([
      check(deal, { id: 'quiet' }, counting),
      before(deal, { id: 'open', database: true }, counting),
      after(deal, { id: 'after' }, counting),
    ])
    const scope = scopeOf({ records: () => recordsThat(async () => 7) })
    await runner.runBefore([creating({})], scope)
    await runner.runAfter([creating({})], scope)
    expect(counts).toEqual([7, 7])
    expect(await errorOf(() => runner.runCheck([creating({})], scope))).toMatchObject({
      code: 'HOOK_UNDECLARED',
      params: { hook: 'sales:quiet', what: 'context.records' },
    })
    expect(await errorOf(() => runner.runBefore([creating({})], scopeOf()))).toMatchObject({ code: 'HOOK_UNDECLARED' })
  })

  it('says who acts and when, and resolves services', () => {
    const seen: unknown[] = []
    const { runner } = runnerOf([
      check(deal, { id: 'look' }, (_, context) => void seen.push(context.actor.id, context.now, context.service(service('a.b')))),
    ])
    runner.runCheck([creating({})], scopeOf({ service: (ref) => ref.id as never }))
    expect(seen).toEqual(['u1', 1_000, 'a.b'])
  })
})

describe('depth', () => {
  it('hands the chain on, and refuses the ninth level with all of it', async () => {
    let deepest: readonly string[] = []
    const { runner } = runnerOf([after(deal, { id: 'again' }, async (_, context) => void (await context.records(deal).count()))])
    const write = async (chain: readonly string[]): Promise<number> => {
      deepest = chain
      await runner.runAfter([creating({})], scopeOf({ chain, records: (_, next) => recordsThat(() => write(next)) }))
      return 0
    }
    const error = await errorOf(async () => void (await write([])))
    expect(deepest).toHaveLength(8)
    expect(error).toMatchObject({ code: 'HOOK_DEPTH', params: { limit: 8, chain: Array(9).fill('sales:again').join(' → ') } })
  })
})

describe('time', () => {
  it('of a hook over 50 ms is reported with its id', () => {
    let now = 0
    const spending = (milliseconds: number) => () => {
      now += milliseconds
    }
    const { runner, logged } = runnerOf([before(deal, { id: 'slow' }, spending(51)), before(deal, { id: 'fine' }, spending(50))], () => now)
    runner.runBefore([creating({})], scopeOf())
    expect(logged).toEqual([
      { level: 'warn', message: 'A hook was slow.', hook: 'sales:slow', object: 'deal', operation: 'create', records: 1, milliseconds: 51 },
    ])
  })

  it('is not spent on promises where every handler is synchronous', () => {
    const { runner } = runnerOf([check(deal, { id: 'a' }, noop), before(deal, { id: 'b' }, noop), after(deal, { id: 'c' }, noop)])
    const records = [creating({}, 'd1'), creating({}, 'd2')]
    expect([runner.runCheck(records, scopeOf()), runner.runBefore(records, scopeOf()), runner.runAfter(records, scopeOf())]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('keeps the order where synchronous and asynchronous handlers mix', async () => {
    const order: string[] = []
    const { runner } = runnerOf([
      before(deal, { id: 'a' }, async ({ id }) => {
        await null
        order.push(`a ${id}`)
      }),
      before(deal, { id: 'b' }, ({ id }) => void order.push(`b ${id}`)),
    ])
    await runner.runBefore([creating({}, 'd1'), creating({}, 'd2')], scopeOf())
    expect(order).toEqual(['a d1', 'a d2', 'b d1', 'b d2'])
  })
})

it('does nothing for no records', () => {
  const { runner } = runnerOf([
    before(deal, { id: 'a' }, () => {
      throw new Error('never')
    }),
  ])
  expect(runner.runBefore([], scopeOf())).toBeUndefined()
})
