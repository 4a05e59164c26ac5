import { randomUUID } from 'node:crypto'
import type { DeciderRun, Identity } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { intake, prospect } from './intake.ts'

const id = 'intake.assign'
const start = Date.parse('2026-03-02T10:00:00+08:00')
const day = 86_400_000

describe.each(engines)('an allocation on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let second: TestCrm
  let admin: Identity
  const mine = () => crm.as(admin)
  const { deciders, prospects } = { deciders: () => mine().deciders, prospects: () => mine().records(prospect) }
  const add = async (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      name: `P${String(index).padStart(3, '0')}`,
      score: index % 2,
      ownerId: null,
    }))
    return (await prospects().createMany(rows)).ids
  }
  const owners = async () => {
    const { records } = await prospects().find({ sort: ['-score', 'name'], limit: 100 })
    return records.map(({ ownerId }) => ownerId)
  }
  const run = async (options: { at?: number; confirm?: string } = {}): Promise<DeciderRun> => {
    const result = await deciders().run(id, options)
    if (result.status !== 'done') throw new Error('it waits')
    return result.run
  }

  beforeAll(async () => {
    database = await engine.create()
    const options = { plugins: [intake()], standard: false, now: start } as const
    crm = await createTestCrm({ store: database.store(), ...options })
    second = await createTestCrm({ store: database.store(), ...options })
  })
  beforeEach(async () => {
    for (const one of [crm, second]) one.clock.now = start
    admin = { id: 'ada', roles: ['admin'], tenant: randomUUID() }
    const person = (name: string, more = {}) => ({ id: name, name, teamIds: ['sales'], ...more })
    await crm.directory.put({
      tenant: admin.tenant ?? '',
      teams: [{ id: 'sales', name: 'Sales' }],
      people: [person('ann'), person('bob'), person('cat', { state: 'away' }), { id: 'dan', name: 'dan' }],
    })
  })
  afterAll(async () => {
    await crm.close()
    await second.close()
    await database.drop()
  })

  it('semantics:0.3 gives by turns to whoever has room, says why and why not me, and goes on with the turn in the next run', async () => {
    const ids = await add(5)
    const preview = await deciders().preview(id)
    expect(preview).toMatchObject({ considered: 5, affected: 5, unknown: 0, token: null, metrics: { most: 3 }, path: { way: 'statement' } })
    expect(preview.people).toEqual([
      { id: 'ann', affected: 3, holdings: 0 },
      { id: 'bob', affected: 2, holdings: 0 },
    ])
    expect(preview.sample[0]).toMatchObject({ name: 'P001', rule: 'turn_came', values: { ownerId: [null, 'ann'] } })
    expect(await owners()).toEqual([null, null, null, null, null])
    const parts = [await deciders().cases(id, { limit: 2 })]
    for (let part = parts[0]; part?.after; parts.push(part)) part = await deciders().cases(id, { limit: 2, after: part.after })
    expect(parts.flatMap(({ cases }) => cases.map((one) => one.values.ownerId?.[1]))).toEqual(['ann', 'bob', 'ann', 'bob', 'ann'])
    const answer = await deciders().explain(id, ids[1] ?? '')
    expect(answer).toMatchObject({ holds: true, affected: true, rule: 'turn_came', values: { ownerId: [null, 'ann'] } })
    expect(answer.candidates.map((one) => [one.id, one.won])).toEqual([
      ['ann', true],
      ['bob', false],
      ['cat', false],
    ])
    await expect(deciders().run(id)).rejects.toMatchObject({ code: 'DECIDER_STAGE' })
    await deciders().advance(id, { to: 'on' })
    const done = await run()
    expect(done).toMatchObject({ status: 'done', affected: 5, planned: 5, metrics: { most: 3 }, skipped: { count: 0 } })
    expect(done.seed).toMatch(/^[0-9a-f]{32}$/)
    expect(await owners()).toEqual(['ann', 'bob', 'ann', 'bob', 'ann'])
    const [change] = (await prospects().changes(ids[1] ?? '')).entries
    expect(change).toMatchObject({ version: 2, values: { ownerId: [null, 'ann'] }, cause: { kind: 'decider', id, run: done.id } })
    expect(await deciders().why('prospect', ids[1] ?? '')).toMatchObject([{ rule: 'turn_came', run: done.id, undone: false }])
    const why = await mine().decisions.why({ object: 'prospect', id: ids[1] ?? '' })
    expect(why.decisions.map(({ winner, reasons }) => [winner, reasons.map(({ code }) => code)])).toEqual([['ann', ['turn_came']]])
    const lost = await crm.as({ id: 'cat', roles: ['rep'], tenant: admin.tenant ?? '' }).decisions.whyNot('cat')
    expect(lost.entries).toHaveLength(6)
    expect(new Set(lost.entries.flatMap(({ own }) => own.reasons.map(({ code }) => code)))).toEqual(new Set(['person_away']))
    // Bob's turn comes next; of two more he gets the first, and then nobody has room.
    await add(2)
    crm.clock.now += 1
    const next = await run()
    expect(next).toMatchObject({ affected: 1 })
    expect(next.seed).not.toBe(done.seed)
    const { decisions } = await mine().decisions.find({ decider: id, limit: 2 })
    expect(decisions.map(({ outcome, winner }) => [outcome, winner]).toSorted()).toContainEqual(['skipped', null])
    expect((await deciders().undo(done.id)).undo).toMatchObject({ undone: 5, left: 0 })
    expect((await owners()).filter((owner) => owner === null)).toHaveLength(6)
  })

  it('attack:J02 gives a record once and nobody too much, also where two processes run it for different instants', async () => {
    await add(9)
    await deciders().advance(id, { to: 'on' })
    const other = second.as(admin).deciders
    const results = await Promise.all([0, 1, 2, 3].map((ago) => (ago % 2 === 0 ? deciders() : other).run(id, { at: start - ago })))
    expect(results.map((result) => (result.status === 'done' ? result.run.affected : -1)).reduce((sum, one) => sum + one, 0)).toBe(6)
    const all = await owners()
    for (const one of ['ann', 'bob']) expect(all.filter((owner) => owner === one)).toHaveLength(3)
    const { records } = await prospects().find({ limit: 100 })
    expect(records.every(({ version, ownerId }) => version === (ownerId === null ? 1 : 2))).toBe(true)
  })

  it('semantics:0.7 waits above its limit, only notes in shadow, and keeps to a pilot', async () => {
    await mine().settings.set([{ key: 'intake.capacity', level: 'organisation', value: 20 }])
    await add(12)
    await deciders().advance(id, { to: 'shadow' })
    expect(await run()).toMatchObject({ mode: 'shadow', affected: 12 })
    expect((await owners()).every((owner) => owner === null)).toBe(true)
    expect((await mine().decisions.find({ mode: 'shadow', limit: 50 })).decisions).toHaveLength(13)
    await deciders().advance(id, { to: 'on' })
    const asked = await deciders().run(id, { wait: true })
    if (asked.status !== 'confirm') throw new Error('it should have asked')
    expect(asked).toMatchObject({
      run: { status: 'waiting', planned: 12 },
      preview: { breaches: [{ kind: 'records', affected: 12, limit: 10 }] },
    })
    expect(await deciders().confirm(asked.run?.id ?? '', asked.preview.token ?? '')).toMatchObject({
      status: 'done',
      run: { affected: 12 },
    })
    await add(4)
    await deciders().advance(id, { to: 'pilot', pilot: { score: 1 } })
    crm.clock.now += 1
    expect(await run()).toMatchObject({ affected: 2 })
    await deciders().propose(id, { subjects: { ownerId: { isNull: true }, score: { gt: 5 } }, limits: { blast: { records: null } } })
    await deciders().advance(id, { to: 'on' })
    expect(await deciders().preview(id)).toMatchObject({ version: 2, considered: 0 })
    await expect(deciders().propose(id, { subjects: { nothing: 1 } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(deciders().propose(id, { rules: [] })).rejects.toMatchObject({ code: 'DECIDER_KIND' })
  })

  it('decides the past again, each record when it came, its own state carried forward', async () => {
    for (const ago of [5, 4, 3]) {
      crm.clock.now = start - ago * day
      await add(2)
    }
    crm.clock.now = start
    await deciders().propose(id, { subjects: { ownerId: { isNull: true }, score: 1 } })
    const narrow = await deciders().backtest(id, { version: 2, against: 1, days: 7 })
    expect(narrow).toMatchObject({
      considered: 6,
      decided: { current: 6, next: 3 },
      unknown: 0,
      metrics: { current: { most: 3 }, next: { most: 2 } },
    })
    expect(narrow.differing).toMatchObject({ onlyCurrent: 3 })
    expect(await owners()).toEqual([null, null, null, null, null, null])
  })
})

describe('an allocation through hooks', () => {
  it('leaves out and names what a hook refuses', async () => {
    const engine = engines.find(({ name }) => name === 'better-sqlite3')
    if (!engine) throw new Error('no such engine')
    const database = await engine.create()
    const watched = (owner: unknown, reject: () => never) => (owner === 'bob' ? reject() : undefined)
    const crm = await createTestCrm({ store: database.store(), plugins: [intake(watched)], standard: false, now: start })
    try {
      await crm.directory.put({
        tenant: 'test',
        teams: [{ id: 'sales', name: 'Sales' }],
        people: ['ann', 'bob'].map((name) => ({ id: name, name, teamIds: ['sales'] })),
      })
      await crm
        .user()
        .records(prospect)
        .createMany(Array.from({ length: 4 }, (_, index) => ({ name: `P${index}`, ownerId: null })))
      const { deciders } = crm.user()
      await deciders.advance(id, { to: 'on' })
      expect((await deciders.preview(id)).path).toMatchObject({ way: 'batches' })
      const result = await deciders.run(id)
      expect(result).toMatchObject({ run: { affected: 2, skipped: { count: 2 } } })
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})
