import { type CrmError, defineLedger, definePlugin, type Posting, type Session } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../../../../test/support/engines.ts'
import { books, claim, claims, points } from './books.ts'

describe.each(engines)('ledgers on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let user: Session
  let statements: string[]
  let tenants = 0

  beforeAll(async () => {
    database = await engine.create()
    statements = []
    crm = await createTestCrm({
      store: database.store({ observe: ({ sql }) => void statements.push(sql) }),
      plugins: [books()],
      standard: false,
    })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })
  beforeEach(async () => {
    tenants += 1
    user = crm.user({ tenant: `t${tenants}` })
    // The tenant and its plans are there before statements are counted.
    await user.records(claim).create({ name: 'first' })
  })

  const post = (extra: Partial<Posting> = {}): Posting => ({ ledger: points, account: 'c1', amount: 100, key: 'k', ...extra })
  const balanceOf = (account: string) => user.ledgers.balance(points, account)
  const sumOf = async (ledger = points, account = 'c1') =>
    (await user.ledgers.entries(ledger, account, { limit: 500 })).entries.reduce((sum, { amount }) => sum + amount, 0)

  test('semantics:0.6 an entry is part of the write that carries it, from a hook or from the caller', async () => {
    const made = await user.records(claim).create({ name: 'a', rep: 'li' }, { post: [post({ key: 'welcome', data: { gift: true } })] })
    expect(await user.ledgers.balance(claims, 'li')).toBe(1)
    expect(await balanceOf('c1')).toBe(100)
    const { entries } = await user.ledgers.entries(points, 'c1')
    expect(entries).toMatchObject([
      {
        account: 'c1',
        amount: 100,
        key: 'welcome',
        record: { object: 'claim', id: made.id },
        reverses: null,
        data: { gift: true },
        actor: { id: 'ada' },
      },
    ])
    expect((await user.ledgers.entries(claims, 'li')).entries).toMatchObject([{ reason: 'claimed' }])
  })

  test('entries are found by the record whose writes carried them, reversals too, page by page', async () => {
    const made = await user.records(claim).create({ name: 'a', rep: 'li' }, { post: [post({ key: 'one' }), post({ key: 'two' })] })
    const other = await user.records(claim).create({ name: 'b', rep: 'wang' })
    await user.records(claim).update(made, { note: 'x' }, { post: [post({ key: 'three' })] })
    await user.ledgers.reverse(points, 'one')
    await user.ledgers.post([post({ key: 'alone' })])
    const about = { object: 'claim', id: made.id }
    const { entries } = await user.ledgers.entriesOf(about)
    expect(new Set(entries.slice(0, 2).map(({ key }) => key))).toEqual(new Set(['reversal:one', 'three']))
    expect(entries.map(({ key }) => key).sort()).toEqual([`claim:${made.id}`, 'one', 'reversal:one', 'three', 'two'])
    expect(entries.every(({ record }) => record?.id === made.id && record.object === 'claim')).toBe(true)
    const first = await user.ledgers.entriesOf(about, { limit: 3 })
    const second = await user.ledgers.entriesOf(about, { limit: 3, cursor: first.cursor ?? '' })
    expect([...first.entries, ...second.entries]).toEqual(entries)
    expect(second.cursor).toBeNull()
    expect((await user.ledgers.entriesOf({ object: 'claim', id: other.id })).entries).toHaveLength(1)
    await expect(user.ledgers.entriesOf({ object: 'claim', id: claims.name })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a post costs no statement of its own where a write is one statement', async () => {
    if (engine.name !== 'postgres') return expect(engine.name).not.toBe('postgres')
    await user.records(claim).create({ name: 'a', rep: 'li' })
    statements.length = 0
    await user.records(claim).create({ name: 'b', rep: 'li' })
    expect(statements).toHaveLength(1)
  })

  test('a full ceiling refuses the whole write and takes nothing', async () => {
    const records = user.records(claim)
    for (const name of ['a', 'b', 'c']) await records.create({ name, rep: 'li' })
    const refused = records.create({ name: 'd', rep: 'li' }, { post: [post()] })
    await expect(refused).rejects.toMatchObject({
      code: 'LEDGER_LIMIT',
      details: { full: [{ ledger: 'books.claims', account: 'li', amount: 1, limit: 3 }] },
    })
    expect(await records.count()).toBe(4)
    expect([await user.ledgers.balance(claims, 'li'), await balanceOf('c1')]).toEqual([3, 0])
  })

  test('a floor: points cannot be spent that are not there', async () => {
    await user.ledgers.post([post({ key: 'earn', amount: 50, limit: 0 })])
    await user.ledgers.post([post({ key: 'spend', amount: -30, limit: 0 })])
    await expect(user.ledgers.post([post({ key: 'more', amount: -21, limit: 0 })])).rejects.toMatchObject({ code: 'LEDGER_LIMIT' })
    await user.ledgers.post([post({ key: 'all', amount: -20, limit: 0 })])
    expect(await balanceOf('c1')).toBe(0)
    const { id, version } = await user.records(claim).create({ name: 'x' })
    await expect(
      user.records(claim).update({ id, version }, { note: 'y' }, { post: [post({ key: 'u', amount: -1, limit: 0 })] }),
    ).rejects.toMatchObject({ code: 'LEDGER_LIMIT' })
    expect((await user.records(claim).get(id)).note).toBeNull()
  })

  test('what moves away from the limit is never refused, even over it', async () => {
    await user.ledgers.post([{ ledger: claims, account: 'li', amount: 10, key: 'many' }])
    await user.ledgers.post([{ ledger: claims, account: 'li', amount: -2, key: 'release', limit: 3 }])
    expect(await user.ledgers.balance(claims, 'li')).toBe(8)
  })

  test('semantics:0.6 a key is never posted twice, and the write with it is not made', async () => {
    await user.ledgers.post([post()])
    await expect(user.ledgers.post([post({ amount: 1 })])).rejects.toMatchObject({ code: 'LEDGER_REPEATED' })
    await expect(user.records(claim).create({ name: 'a' }, { post: [post()] })).rejects.toMatchObject({ code: 'LEDGER_REPEATED' })
    await expect(user.ledgers.post([post({ key: 'x' }), post({ key: 'x' })])).rejects.toMatchObject({ code: 'LEDGER_REPEATED' })
    expect([await balanceOf('c1'), await sumOf(), await user.records(claim).count()]).toEqual([100, 100, 1])
  })

  test('a repeated call with its idempotency key answers again and posts once', async () => {
    const create = () => user.records(claim).create({ name: 'a', rep: 'li' }, { idempotencyKey: 'one', post: [post()] })
    const first = await create()
    expect((await create()).id).toBe(first.id)
    expect([await balanceOf('c1'), await sumOf()]).toEqual([100, 100])
  })

  test('semantics:0.6 a correction is a reversal that points at the original, once', async () => {
    await user.ledgers.post([post()])
    const [original] = (await user.ledgers.entries(points, 'c1')).entries
    const reversal = await user.ledgers.reverse(points, 'k', { reason: 'mistake' })
    expect(reversal).toMatchObject({
      amount: -100,
      reverses: 'k',
      key: 'reversal:k',
      reason: 'mistake',
      account: 'c1',
    })
    expect([await balanceOf('c1'), await sumOf()]).toEqual([0, 0])
    await expect(user.ledgers.reverse(points, 'k')).rejects.toMatchObject({ code: 'LEDGER_REPEATED' })
    await expect(user.ledgers.reverse(points, reversal.key)).rejects.toMatchObject({ code: 'LEDGER_REVERSAL' })
    await expect(user.ledgers.reverse(claims, 'k')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await user.ledgers.entries(points, 'c1')).entries.map(({ id }) => id)).toEqual([reversal.id, original?.id])
  })

  test('an update, a removal and a restore carry entries; one that changes nothing else is written all the same', async () => {
    const records = user.records(claim)
    const { id } = await records.create({ name: 'a', note: 'same' })
    await records.update({ id, version: 1 }, { note: 'other' }, { post: [post({ key: '1', amount: 1 })] })
    await records.update({ id, version: 2 }, { note: 'other' }, { post: [post({ key: '2', amount: 10 })] })
    expect((await records.get(id)).version).toBe(3)
    await records.remove({ id, version: 3 }, { post: [post({ key: '3', amount: 100 })] })
    await records.restore({ id, version: 4 }, { post: [post({ key: '4', amount: 1_000 })] })
    expect([await balanceOf('c1'), await sumOf()]).toEqual([1_111, 1_111])
    await expect(records.update({ id, version: 1 }, { note: 'z' }, { post: [post({ key: '5' })] })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(await balanceOf('c1')).toBe(1_111)
  })

  test('bulk writes post for each record, all or nothing', async () => {
    const records = user.records(claim)
    const rows = (count: number, rep: string) => Array.from({ length: count }, (_, index) => ({ name: `${rep}${index}`, rep }))
    await records.createMany([...rows(3, 'li'), ...rows(2, 'wang'), { name: 'none' }])
    expect(Object.fromEntries(await user.ledgers.balances(claims, ['li', 'wang', 'zhao']))).toEqual({ li: 3, wang: 2, zhao: 0 })
    await expect(records.createMany([...rows(1, 'zhao'), ...rows(2, 'wang')])).rejects.toMatchObject({ code: 'LEDGER_LIMIT' })
    expect(Object.fromEntries(await user.ledgers.balances(claims, ['li', 'wang', 'zhao']))).toEqual({ li: 3, wang: 2, zhao: 0 })
    expect(await records.count()).toBe(7)
  })

  test('in a transaction that is taken back nothing is posted', async () => {
    const failing = user.transaction(async (inside) => {
      await inside.records(claim).create({ name: 'a', rep: 'li' })
      await inside.ledgers.post([post()])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect([await user.ledgers.balance(claims, 'li'), await balanceOf('c1')]).toEqual([0, 0])
  })

  test('of many at once exactly as many succeed as there is room for', async () => {
    const tries = Array.from({ length: 20 }, (_, index) => user.records(claim).create({ name: `n${index}`, rep: 'li' }))
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    for (const result of results) if (result.status === 'rejected') expect((result.reason as CrmError).code).toBe('LEDGER_LIMIT')
    expect([await user.ledgers.balance(claims, 'li'), await sumOf(claims, 'li')]).toEqual([3, 3])
  })

  test('semantics:0.6 balances equal their sums, whatever is posted in whatever order', async () => {
    const account = fc.constantFrom('a', 'b', '账户 “3”', 'd\\e')
    const step = fc.record({
      account,
      amount: fc.integer({ min: -50, max: 50 }).filter((amount) => amount !== 0),
      how: fc.nat(3),
      limited: fc.boolean(),
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        run += 1
        const own = crm.user({ tenant: `p${tenants}-${run}` })
        const model = new Map<string, number>()
        for (const [index, { account: name, amount, how, limited }] of steps.entries()) {
          const posting = post({ account: name, amount, key: `${index}`, limit: limited ? 0 : null })
          const before = model.get(name) ?? 0
          const refused = limited && amount < 0 && before + amount < 0
          const act = async (): Promise<unknown> => {
            if (how === 0) return own.ledgers.post([posting])
            if (how === 1) return own.records(claim).create({ name: 'x' }, { post: [posting] })
            const { id } = await own.records(claim).create({ name: 'x' })
            return own.records(claim).update({ id, version: 1 }, { note: how === 2 ? 'y' : null }, { post: [posting] })
          }
          if (refused) await expect(act()).rejects.toMatchObject({ code: 'LEDGER_LIMIT' })
          else {
            await act()
            model.set(name, before + amount)
          }
        }
        for (const [name, expected] of model) expect(await own.ledgers.balance(points, name)).toBe(expected)
        const { accounts, differences } = await own.ledgers.recount(points)
        expect(differences).toEqual([])
        expect(accounts).toBeGreaterThanOrEqual(model.size)
      }),
      { numRuns: 12 },
    )
  })

  test('a recount finds a balance that somebody bent, and puts it right', async () => {
    await user.ledgers.post([post(), post({ account: 'c2', key: 'k2', amount: 7 })])
    const store = database.store()
    await store.open()
    const { balanceTable } = await import('@guanxi/core/store')
    await store.direct.put(
      { table: balanceTable, columns: ['tenant_id', 'kind', 'key', 'used'] },
      [[`t${tenants}`, 'ledger:books.points', 'c2', 5]],
      'replace',
    )
    await store.close()
    const found = { accounts: 2, differences: [{ account: 'c2', balance: -5, sum: 7 }] }
    expect(await user.ledgers.recount(points)).toEqual({ ...found, repaired: false })
    expect(await user.ledgers.recount(points, { repair: true })).toEqual({ ...found, repaired: true })
    expect(await user.ledgers.recount(points)).toEqual({ accounts: 2, differences: [], repaired: false })
    expect(await balanceOf('c2')).toBe(7)
  })

  test('entries come page by page, newest first', async () => {
    await user.ledgers.post(Array.from({ length: 7 }, (_, index) => post({ key: `${index}`, amount: index + 1 })))
    const amounts: number[] = []
    let cursor: string | undefined
    do {
      const page = await user.ledgers.entries(points, 'c1', { limit: 3, ...(cursor && { cursor }) })
      amounts.push(...page.entries.map(({ amount }) => amount))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(amounts).toEqual([7, 6, 5, 4, 3, 2, 1])
    await expect(user.ledgers.entries(points, 'c1', { cursor: 'x' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })

  test('one tenant’s books are nobody else’s', async () => {
    await user.ledgers.post([post()])
    const other = crm.user({ tenant: 'other' })
    expect(await other.ledgers.balance(points, 'c1')).toBe(0)
    expect((await other.ledgers.entries(points, 'c1')).entries).toEqual([])
    await other.ledgers.post([post({ amount: 1, key: `k${tenants}` })])
    expect(await balanceOf('c1')).toBe(100)
  })

  test.each<[string, Partial<Posting> | null]>([
    ['an amount of 0', { amount: 0 }],
    ['half an amount', { amount: 0.5 }],
    ['an amount beyond exact numbers', { amount: 1e16 }],
    ['no account', { account: '' }],
    ['a key that is too long', { key: 'k'.repeat(201) }],
    ['a limit that is no number', { limit: Number.NaN }],
    ['a field nobody knows', { note: 'x' } as never],
    ['a ledger of no plugin', { ledger: defineLedger('books.other', { label: { 'zh-CN': '甲', en: 'A' }, unit: 'count' }) }],
  ])('%s is refused', async (_, wrong) => {
    const posting = post(wrong ?? {})
    await expect(user.ledgers.post([posting])).rejects.toMatchObject({ code: expect.stringMatching(/^(PARAMETER_|LEDGER_UNKNOWN)/) })
    await expect(user.records(claim).create({ name: 'a' }, { post: [posting] })).rejects.toThrow()
    expect(await user.records(claim).count()).toBe(1)
  })

  test('many at once take no postings of the caller', async () => {
    await expect(user.records(claim).createMany([{ name: 'a' }], { post: [post()] } as never)).rejects.toMatchObject({
      code: 'PARAMETER_UNKNOWN',
    })
  })
})

test('a ledger is declared with its words, unit and prefix', async () => {
  const { sqlite } = await import('@guanxi/adapters/sqlite')
  const wrong = definePlugin({
    id: 'books',
    version: '1.0.0',
    core: '^0.1.0',
    setup: (p) => {
      p.ledger(defineLedger('other.claims', { label: { 'zh-CN': '', en: 'A' }, unit: 'metre' as never, bound: 'wall' as never }))
    },
  })
  const error = await createTestCrm({ store: sqlite(':memory:'), plugins: [wrong()] }).catch((one: CrmError) => one)
  const { problems } = (error as CrmError).details as { problems: string[] }
  expect(problems).toHaveLength(4)
})
