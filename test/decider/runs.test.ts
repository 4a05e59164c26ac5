import type { Crm, DeciderRun, Identity } from '@guanxi/core'
import { digestMatches } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { day, fill, openDepot, parcel, people, today } from './parcels.ts'

const id = 'depot.stale'

describe.each(engines)('a run of a condition decider on $name', (engine) => {
  let database: Database
  let crm: Crm
  let admin: Identity
  let rep: Identity
  let ids: readonly string[]
  const deciders = () => crm.as(admin).deciders
  const parcels = () => crm.as(admin).records(parcel)

  beforeAll(async () => {
    database = await engine.create()
    crm = await openDepot(database)
  })

  beforeEach(async () => {
    ;({ admin, rep } = people())
    ids = await fill(crm, admin)
  })

  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const confirmed = async (): Promise<DeciderRun> => {
    await deciders().advance(id, { to: 'on' })
    const asked = await deciders().run(id)
    if (asked.status !== 'confirm') throw new Error('it should have asked')
    const result = await deciders().run(id, { confirm: asked.preview.token ?? '' })
    if (result.status !== 'done') throw new Error('it should have run')
    return result.run
  }

  it('semantics:0.7 counts before it runs: how many, whose, by which rule, with a sentence each, and what it cannot judge', async () => {
    const preview = await deciders().preview(id, { sample: 100 })
    expect(preview).toMatchObject({
      version: 1,
      considered: 40,
      affected: 28,
      share: 0.7,
      unknown: 4,
      rules: [
        { id: 'lost', affected: 15 },
        { id: 'waiting', affected: 13 },
      ],
      people: [
        { id: 'ann', affected: 16, holdings: 20 },
        { id: 'bob', affected: 12, holdings: 20 },
      ],
      teams: [
        { id: 'north', affected: 16, holdings: 20 },
        { id: 'south', affected: 12, holdings: 20 },
      ],
      breaches: [{ kind: 'records', team: null, affected: 28, limit: 20 }],
      path: { way: 'statement', because: [] },
    })
    expect(preview.sample).toHaveLength(28)
    const tenth = preview.sample.find((one) => one.id === ids[10])
    expect(tenth).toEqual({
      id: ids[10],
      name: 'Parcel 010',
      rule: 'waiting',
      because: { 'zh-CN': '已等待 40 天，Parcel 010，10.5，是', en: 'waiting for 40 days: Parcel 010, 10.5, yes' },
      values: { score: [10, 20], ownerId: ['ann', 'chief'], urgent: [true, true] },
    })
    expect(await parcels().count({ where: { ownerId: 'chief' } })).toBe(0)
  })

  it('says the same of one record in memory as of all in SQL', async () => {
    const preview = await deciders().preview(id, { sample: 100 })
    const due = new Map(preview.sample.map((one) => [one.id, one]))
    let unknown = 0
    for (const one of ids) {
      const answer = await deciders().explain(id, one)
      expect(answer.affected).toBe(due.has(one))
      if (answer.affected)
        expect(answer).toMatchObject({ rule: due.get(one)?.rule, because: due.get(one)?.because, values: due.get(one)?.values })
      if (answer.unknown) unknown++
    }
    expect(unknown).toBe(preview.unknown)
    const young = await deciders().explain(id, ids[2] ?? '')
    expect(young).toMatchObject({ holds: false, affected: false, rule: null, because: null })
    expect(young.rules.map(({ id: rule, holds }) => [rule, holds])).toEqual([
      ['lost', false],
      ['waiting', false],
    ])
    expect(young.rules[1]?.explanation.sentence.en).toMatch(/Sent at|sentAt/i)
  })

  it('does nothing in draft, and stops before writing where more would change than one may', async () => {
    await expect(deciders().run(id)).rejects.toMatchObject({ code: 'DECIDER_STAGE' })
    await deciders().advance(id, { to: 'on' })
    const asked = await deciders().run(id)
    expect(asked).toMatchObject({ status: 'confirm', preview: { affected: 28 } })
    expect(await parcels().count({ where: { ownerId: 'chief' } })).toBe(0)
    expect(await deciders().runs()).toEqual([])
    const { decisions } = await crm.as(admin).decisions.find({ decider: id })
    expect(decisions.map(({ outcome, reasons }) => [outcome, reasons.map(({ code }) => code)])).toEqual([
      ['denied', ['needs_confirmation']],
    ])
    await expect(deciders().run(id, { confirm: 'made.up' })).rejects.toMatchObject({ code: 'RUN_TOKEN' })
  })

  it('takes a confirmation for exactly the numbers that were shown', async () => {
    await deciders().advance(id, { to: 'on' })
    const asked = await deciders().run(id)
    const token = asked.status === 'confirm' ? (asked.preview.token ?? '') : ''
    await parcels().update({ id: ids[30] ?? '', version: 'any' }, { status: 'new' })
    await expect(deciders().run(id, { confirm: token })).rejects.toMatchObject({ code: 'RUN_TOKEN' })
    expect(await parcels().count({ where: { status: 'lost' } })).toBe(0)
  })

  it('sets by the first rule that holds, writes only what differs, and one change row each that names it', async () => {
    const run = await confirmed()
    expect(run).toMatchObject({ status: 'done', mode: 'live', affected: 28, version: 1, by: 'boss', skipped: { count: 0 } })
    const { records } = await parcels().find({ limit: 100, sort: ['name'] })
    expect(records.map(({ version }) => version)).toEqual(ids.map((_, index) => (index % 10 !== 9 && index * 4 >= 30 ? 2 : 1)))
    expect(records[10]).toMatchObject({ score: 20, ownerId: 'chief', urgent: true, status: 'waiting', updatedBy: 'boss', updatedAt: today })
    expect(records[12]).toMatchObject({ score: 10, urgent: true })
    expect(records[30]).toMatchObject({ status: 'lost', ownerId: null, urgent: false, score: null })
    const { entries } = await parcels().changes(ids[12] ?? '')
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      operation: 'update',
      version: 2,
      at: today,
      actor: { id: 'boss' },
      cause: { kind: 'decider', id, version: 1, run: run.id, rule: 1 },
      values: { score: [null, 10], ownerId: ['ann', 'chief'] },
    })
    for (const one of [10, 12, 30]) {
      const { entries: history } = await parcels().changes(ids[one] ?? '')
      expect(Object.keys(history[0]?.values ?? {})).not.toContain(one === 30 ? 'score' : 'status')
    }
    expect((await deciders().preview(id)).rules[0]).toEqual({ id: 'lost', affected: 0 })
    const { decisions } = await crm.as(admin).decisions.find({ decider: id })
    expect(decisions[0]).toMatchObject({ outcome: 'decided', inputs: { run: run.id, affected: 28, unknown: 4 } })
  })

  it('tells why, also later, to whoever may read the record', async () => {
    const run = await confirmed()
    const [why] = await crm.as(rep).deciders.why('parcel', ids[10] ?? '')
    expect(why).toEqual({
      decider: id,
      version: 1,
      rule: 'waiting',
      run: run.id,
      mode: 'live',
      at: today,
      because: { 'zh-CN': '已等待 40 天，Parcel 010，10.5，是', en: 'waiting for 40 days: Parcel 010, 10.5, yes' },
      facts: { days: 40, name: 'Parcel 010', price: '10.50', urgent: true },
      values: { score: [10, 20], ownerId: ['ann', 'chief'] },
      undone: false,
    })
    const log = await crm.as(rep).decisions.why({ object: 'parcel', id: ids[10] ?? '' })
    expect(log).toMatchObject({ decisions: [{ decider: id, version: 1, outcome: 'decided', winner: 'chief', at: today }], cursor: null })
    expect(log.decisions[0]?.configVersion).toBeGreaterThan(0)
    expect(log.decisions[0]?.reasons.map((reason) => reason.text({ locale: 'zh-CN' }))).toEqual(['已等待 40 天，Parcel 010，10.5，是'])
    await crm.as(admin).decisions.record([{ decider: 'depot.other', outcome: 'skipped', subject: { object: 'parcel', id: ids[10] ?? '' } }])
    const first = await crm.as(rep).decisions.why({ object: 'parcel', id: ids[10] ?? '' }, { limit: 1 })
    const rest = await crm.as(rep).decisions.why({ object: 'parcel', id: ids[10] ?? '' }, { limit: 1, cursor: first.cursor ?? '' })
    expect([...first.decisions, ...rest.decisions].map(({ decider }) => decider).toSorted()).toEqual(['depot.other', id])
    await expect(crm.as(rep).deciders.undo(run.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(crm.as(rep).deciders.preview(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await crm.as(rep).deciders.list()).toEqual([])
  })

  it('attack:J02 has one run for an instant, whoever asks how often', async () => {
    await deciders().advance(id, { to: 'on' })
    await deciders().propose(id, { limits: { blast: { records: null } } })
    await deciders().advance(id, { to: 'on', version: 2 })
    const results = await Promise.all(Array.from({ length: 4 }, () => deciders().run(id, { at: today - 1_000 })))
    const runs = results.map((result) => (result.status === 'done' ? result.run.id : ''))
    expect(new Set(runs).size).toBe(1)
    expect(await deciders().run(id, { at: today - 1_000 })).toMatchObject({ status: 'done', run: { id: runs[0], affected: 28 } })
    expect(await deciders().runs({ decider: id })).toHaveLength(1)
    expect((await parcels().get(ids[10] ?? '')).version).toBe(2)
    await expect(deciders().run(id, { at: today + day })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })

  it('is taken back: old values where nobody has written since, the others listed', async () => {
    const run = await confirmed()
    await parcels().update({ id: ids[10] ?? '', version: 'any' }, { note: 'called' })
    await parcels().remove({ id: ids[11] ?? '', version: 'any' })
    const undone = await deciders().undo(run.id)
    expect(undone).toMatchObject({ status: 'undone', undo: { undone: 26, left: 2, by: 'boss' } })
    expect(undone.undo?.kept.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))).toEqual([
      { id: ids[10], reason: 'record_changed' },
      { id: ids[11], reason: 'record_missing' },
    ])
    expect(await parcels().get(ids[12] ?? '')).toMatchObject({ score: null, ownerId: 'ann', urgent: true, version: 3 })
    expect(await parcels().get(ids[30] ?? '')).toMatchObject({ status: 'waiting', ownerId: 'ann', urgent: true })
    expect(await parcels().get(ids[10] ?? '')).toMatchObject({ ownerId: 'chief', score: 20 })
    const { entries } = await parcels().changes(ids[12] ?? '')
    expect(entries[0]?.cause).toMatchObject({ kind: 'undo', id, run: run.id })
    expect(await deciders().why('parcel', ids[12] ?? '')).toMatchObject([{ run: run.id, undone: true }])
    await expect(deciders().undo(run.id)).rejects.toMatchObject({ code: 'RUN_STATUS' })
  })

  it('keeps change rows whose digests match their values', async () => {
    await confirmed()
    const store = database.store()
    await store.open()
    const own = async () => (await store.direct.changesAfter(null, 5_000)).rows.filter((row) => row.tenant_id === admin.tenant)
    // Transactions elsewhere on the server may hold changes back for a while.
    await expect.poll(async () => (await own()).filter(({ cause }) => JSON.stringify(cause).includes('decider')).length).toBe(28)
    const rows = await own()
    await store.close()
    expect(rows.every(digestMatches)).toBe(true)
  })
})
