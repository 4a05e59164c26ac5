import { before, check, defineObject, definePlugin, type ObjectHandle, type RecordOf, type Stored } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const jobDefinition = defineObject('errand', {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', maxLength: 60, search: true },
    state: { enum: ['open', 'won', 'lost'], default: 'open' },
    amount: { kind: 'money' },
    units: { type: 'integer', minimum: 0 },
    loud: { type: 'boolean' },
    code: { type: 'string', unique: true },
    nextId: { kind: 'reference', to: 'errand' },
  },
})
interface Job extends RecordOf<typeof jobDefinition> {}
const job: ObjectHandle<Job> = jobDefinition

const jobs = definePlugin({
  id: 'jobs',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(job)
    plugin.errors({ JOBS_WON_NEEDS_AMOUNT: { message: { 'zh-CN': '赢单要有金额。', en: 'A won job needs an amount.' } } })
    plugin.hook(
      check(job, { id: 'won', fields: ['state'], reads: ['state', 'amount'] }, (change) => {
        if (change.next.state === 'won' && !change.next.amount) change.invalid('amount', 'JOBS_WON_NEEDS_AMOUNT')
      }),
    )
    plugin.hook(
      before(job, { id: 'loud', fields: ['title'], reads: ['title'] }, (change) => {
        if (change.next.title?.endsWith('!')) change.set({ loud: true })
      }),
    )
  },
})

describe.each(engines)('changing each of many on $name', ({ name, create }) => {
  let database: Database
  let crm: TestCrm
  let statements = 0
  beforeAll(async () => {
    database = await create()
    crm = await createTestCrm({
      store: database.store({ observe: () => void statements++ }),
      plugins: [jobs()],
      standard: false,
      access: { admin: '*', rep: { errand: { read: 'own', update: 'own', create: 'all' } } },
    })
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })
  const records = () => crm.user().records(job)
  const made = async (count: number, title = 'job'): Promise<Stored<Job>[]> => {
    const { ids } = await records().createMany(Array.from({ length: count }, (_, index) => ({ title: `${title} ${index}` })))
    return Promise.all(ids.map((id) => records().get(id)))
  }

  test('each record gets its own values, hooks run for each, and each has its own change', async () => {
    const [first, second, third] = (await made(3)) as [Stored<Job>, Stored<Job>, Stored<Job>]
    const { ids } = await records().updateEach([
      { id: third.id, version: 1, set: { title: 'Third!', units: 3 } },
      { id: first.id, version: 1, set: { amount: { minor: 500, currency: 'CNY' } } },
      { id: second.id, version: 'any', set: { title: second.title } },
    ])
    expect(ids).toEqual([third.id, first.id])
    expect(await records().get(third.id)).toMatchObject({ title: 'Third!', units: 3, loud: true, version: 2 })
    expect(await records().get(first.id)).toMatchObject({ amount: { minor: 500, currency: 'CNY' }, units: null, version: 2 })
    expect(await records().get(second.id)).toMatchObject({ version: 1 })
    const [change] = (await records().changes(third.id)).entries
    expect(change).toMatchObject({ operation: 'update', version: 2, authors: { loud: 'jobs:loud' } })
    expect(change?.values).toEqual({ title: [third.title, 'Third!'], units: [null, 3], loud: [null, true] })
    expect((await records().changes(first.id)).entries[0]?.values).toEqual({ amount: [null, { minor: 500, currency: 'CNY' }] })
    expect((await records().find({ search: 'Third' })).records.map(({ id }) => id)).toEqual([third.id])
  })

  // SQLite's drivers take one prepared update after another: there the trips are within the process.
  test.runIf(name === 'postgres')('the number of statements does not grow with the records', async () => {
    const many = await made(200, 'many')
    statements = 0
    await records().updateEach(many.slice(0, 100).map(({ id, version }, index) => ({ id, version, set: { units: index } })))
    const hundred = statements
    statements = 0
    await records().updateEach(many.slice(190).map(({ id, version }, index) => ({ id, version, set: { units: index } })))
    expect(hundred).toBe(statements)
    expect(hundred).toBeLessThanOrEqual(6)
    expect(await records().count({ where: { units: { gte: 0 }, title: { startsWith: 'many' } } })).toBe(110)
  })

  test('what is wrong with any of them is answered together, and nothing is written', async () => {
    const [first, second, third] = (await made(3)) as [Stored<Job>, Stored<Job>, Stored<Job>]
    const wrong = records().updateEach([
      { id: first.id, version: 1, set: { units: -1 } },
      { id: second.id, version: 7, set: { units: 1 } },
      { id: '0190a5f0-0000-7000-8000-00000000000a', version: 1, set: {} },
      { id: third.id, version: 1, set: { units: 1 } },
    ])
    await expect(wrong).rejects.toMatchObject({ code: 'VALIDATION_FAILED', params: { count: 3 } })
    const { issues } = (await wrong.catch((error) => error.toBody('en'))).details
    expect(issues.map(({ code, path }: { code: string; path: string }) => `${path} ${code}`).sort()).toEqual([
      '/0/units VALUE_TOO_SMALL',
      '/1/version CONFLICT',
      '/2/id NOT_FOUND',
    ])
    const byHooks = records().updateEach([first, second].map(({ id, version }) => ({ id, version, set: { state: 'won' } })))
    const told = (await byHooks.catch((error) => error.toBody('en'))).details.issues
    expect(told.map(({ path }: { path: string }) => path)).toEqual(['/0/amount', '/1/amount'])
    expect(await records().get(third.id)).toMatchObject({ version: 1, units: null })
  })

  test('a lost race is a conflict that shows both values', async () => {
    const [first, second] = (await made(2)) as [Stored<Job>, Stored<Job>]
    await records().update(first, { units: 9 })
    const late = records().updateEach([
      { id: second.id, version: 1, set: { units: 1 } },
      { id: first.id, version: 1, set: { units: 2 } },
    ])
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', path: '/1/version' })
    const [issue] = (await late.catch((error) => error.toBody('en'))).details.issues
    expect(issue.details).toMatchObject({ current: { units: 9, version: 2 }, sent: { units: 2 }, version: 2 })
    expect(await records().get(second.id)).toMatchObject({ version: 1 })
  })

  test('two writers of the same records in opposite orders: one wins whole', async () => {
    const many = await made(20)
    const to = (units: number, order: readonly Stored<Job>[]) =>
      records().updateEach(order.map(({ id, version }) => ({ id, version, set: { units } })))
    const outcomes = await Promise.allSettled([to(1, many), to(2, many.toReversed())])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } })
    const units = new Set((await Promise.all(many.map(({ id }) => records().get(id)))).map((record) => record.units))
    expect(units.size).toBe(1)
  })

  test('each may have its own time, for those who may import', async () => {
    const [first, second] = (await made(2)) as [Stored<Job>, Stored<Job>]
    const [may, june] = [Date.parse('2025-05-01T00:00:00Z'), Date.parse('2025-06-01T00:00:00Z')]
    await records().updateEach(
      [
        { id: first.id, version: 1, set: { state: 'lost' }, at: may },
        { id: second.id, version: 1, set: { state: 'lost' } },
      ],
      { at: june, cause: { kind: 'import', id: 'file' } },
    )
    expect(await records().get(first.id)).toMatchObject({ updatedAt: may })
    expect((await records().changes(second.id)).entries[0]).toMatchObject({ at: june, cause: { kind: 'import', id: 'file' } })
    const rep = crm.user({ id: 'rep', roles: ['rep'] }).records(job)
    const own = await rep.create({ title: 'own' })
    await expect(rep.updateEach([{ id: own.id, version: 1, set: { units: 1 }, at: may }])).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('what the actor cannot reach is not there, and a wrong pointer is named', async () => {
    const [theirs] = (await made(1)) as [Stored<Job>]
    const rep = crm.user({ id: 'rep', roles: ['rep'] }).records(job)
    const own = await rep.create({ title: 'own' })
    const change = (id: string, set: Partial<Job>) => ({ id, version: 'any' as const, set })
    await expect(rep.updateEach([change(own.id, { units: 1 }), change(theirs.id, { units: 1 })])).rejects.toMatchObject({
      code: 'NOT_FOUND',
      path: '/1/id',
    })
    const lost = '0190a5f0-0000-7000-8000-00000000000b'
    await expect(records().updateEach([change(own.id, { nextId: lost }), change(theirs.id, { nextId: own.id })])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ code: 'VALUE_REFERENCE', path: '/0/nextId' }] },
    })
  })

  test('a key that is taken, a record named twice, and a repeated call', async () => {
    const [first, second] = (await made(2)) as [Stored<Job>, Stored<Job>]
    const code = `${first.id}-code`
    const both = [first, second].map(({ id, version }) => ({ id, version, set: { code } }))
    await expect(records().updateEach(both)).rejects.toMatchObject({ code: 'DUPLICATE_VALUE', path: '/code' })
    const twice = [first, first].map(({ id, version }, units) => ({ id: units ? id.toUpperCase() : id, version, set: { units } }))
    await expect(records().updateEach(twice)).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/1/id' })
    const call = () => records().updateEach([{ id: first.id, version: 1, set: { units: 5 } }], { idempotencyKey: `each ${first.id}` })
    expect(await call()).toEqual({ ids: [first.id] })
    expect(await call()).toEqual({ ids: [first.id] })
    expect(await records().get(first.id)).toMatchObject({ version: 2 })
  })

  test('nothing to change, too much to change, and no list at all', async () => {
    expect(await records().updateEach([])).toEqual({ ids: [] })
    const one = { id: '0190a5f0-0000-7000-8000-00000000000a', version: 'any', set: {} } as const
    await expect(records().updateEach(Array.from({ length: 10_001 }, () => one))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await expect(records().updateEach({} as never)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(records().updateEach([{ ...one, patch: {} }] as never)).rejects.toMatchObject({ code: 'PARAMETER_UNKNOWN' })
    await expect(records().updateEach([{ id: one.id, set: {} }] as never)).rejects.toMatchObject({ code: 'VERSION_REQUIRED' })
  })
})
