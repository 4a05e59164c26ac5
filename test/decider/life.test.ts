import type { Crm, Identity } from '@guanxi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { day, fill, openDepot, parcel, people, stale, today } from './parcels.ts'

const id = 'depot.stale'
const [lost, waiting] = stale.rules

describe.each(engines.filter(({ name }) => name !== 'better-sqlite3'))('the life of a decider on $name', (engine) => {
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

  it('semantics:0.7 goes through its stages, each kept with who and when, and one step back', async () => {
    expect(await deciders().get(id)).toMatchObject({ stage: 'draft', version: 1, versions: 1, since: null, codeIsNewer: false })
    await deciders().advance(id, { to: 'shadow', note: 'looks good' })
    await deciders().advance(id, { to: 'pilot', pilot: { ownerId: 'ann' } })
    await deciders().advance(id, { to: 'on' })
    await deciders().advance(id, { to: 'off' })
    expect((await deciders().history(id)).map(({ stage, by }) => [stage, by])).toEqual([
      ['off', 'boss'],
      ['on', 'boss'],
      ['pilot', 'boss'],
      ['shadow', 'boss'],
    ])
    await expect(deciders().run(id)).rejects.toMatchObject({ code: 'DECIDER_STAGE' })
    expect(await deciders().rollback(id, 'too early')).toMatchObject({ stage: 'on' })
    await expect(deciders().advance(id, { to: 'pilot' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(crm.as(rep).deciders.advance(id, { to: 'on' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(deciders().get('depot.nothing')).rejects.toMatchObject({ code: 'DECIDER_UNKNOWN' })
  })

  it('in shadow writes down what it would have done, and nothing else', async () => {
    await deciders().advance(id, { to: 'shadow' })
    expect(await deciders().run(id)).toMatchObject({ status: 'done', run: { mode: 'shadow', affected: 28 } })
    expect((await parcels().find({ limit: 100 })).records.every(({ version }) => version === 1)).toBe(true)
    expect(await deciders().why('parcel', ids[10] ?? '')).toMatchObject([
      {
        mode: 'shadow',
        rule: 'waiting',
        because: { en: 'waiting for 40 days: Parcel 010, 10.5, yes' },
        values: { ownerId: ['ann', 'chief'] },
      },
    ])
    const { decisions } = await crm.as(admin).decisions.find({ mode: 'shadow', limit: 100 })
    expect(decisions).toHaveLength(29)
  })

  it('in a pilot acts on its part only', async () => {
    await deciders().advance(id, { to: 'pilot', pilot: { ownerId: 'bob' } })
    expect(await deciders().preview(id)).toMatchObject({ considered: 20, affected: 12, people: [{ id: 'bob', affected: 12 }] })
    expect(await deciders().explain(id, ids[10] ?? '')).toMatchObject({ holds: true, inPilot: false, affected: false })
    expect(await deciders().run(id)).toMatchObject({ status: 'done', run: { affected: 12 } })
    expect(await parcels().count({ where: { ownerId: 'ann' } })).toBe(20)
  })

  it('keeps versions: a new one counts when it is switched on, and the old sentences can still be read', async () => {
    await deciders().advance(id, { to: 'pilot', pilot: { ownerId: 'bob' } })
    await deciders().run(id)
    const rules = [{ id: 'rest', when: { status: 'waiting' }, set: { note: 'look' }, because: { 'zh-CN': '在等', en: 'it waits' } }]
    expect(await deciders().propose(id, { rules, note: 'simpler' })).toMatchObject({ version: 2, note: 'simpler' })
    expect(await deciders().get(id)).toMatchObject({ stage: 'pilot', version: 1, versions: 2 })
    await deciders().advance(id, { to: 'on' })
    expect(await deciders().get(id)).toMatchObject({ stage: 'on', version: 2 })
    expect(await deciders().preview(id)).toMatchObject({ version: 2, affected: 33 })
    expect((await deciders().preview(id, { version: 1 })).rules).toHaveLength(2)
    expect(await deciders().why('parcel', ids[11] ?? '')).toMatchObject([
      { version: 1, because: { en: 'waiting for 44 days: Parcel 011, 11.5, no' } },
    ])
    await expect(deciders().advance(id, { to: 'on', version: 7 })).rejects.toMatchObject({ code: 'DECIDER_VERSION' })
  })

  it('refuses rules that do not fit the fields, and says where', async () => {
    const because = { 'zh-CN': '因为', en: 'because' }
    const propose = (rule: object) =>
      deciders().propose(id, { rules: [{ id: 'a', when: {}, set: { note: 'x' }, because, ...rule } as never] })
    await expect(propose({ when: { color: 'red' } })).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
      path: expect.stringMatching(/^\/rules\/0\/when/),
    })
    await expect(propose({ when: { ownerId: { eq: { var: '$.actor.id' } } } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(propose({ set: { status: 'gone' } })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', path: '/rules/0/set/status' })
    await expect(propose({ set: { status: { var: 'note' } } })).rejects.toMatchObject({ code: 'RULE_TYPE' })
    await expect(propose({ set: { score: { var: 'name' } } })).rejects.toMatchObject({ code: 'RULE_TYPE' })
    await expect(propose({ set: { version: 3 } })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(propose({ because: { 'zh-CN': '{x}', en: 'x' } })).rejects.toMatchObject({ code: 'DECIDER_INVALID' })
    await expect(propose({ when: { sentAt: { lt: { setting: 'nothing' } } } })).rejects.toMatchObject({ code: 'SETTING_UNKNOWN' })
    expect(await deciders().versions(id)).toHaveLength(1)
  })

  it('follows a setting of the tenant', async () => {
    await crm.as(admin).settings.set([{ key: 'depot.patience', level: 'organisation', value: '60d' }])
    expect((await deciders().preview(id)).rules).toEqual([
      { id: 'lost', affected: 15 },
      { id: 'waiting', affected: 7 },
    ])
  })

  it('can be made by an admin, with fields of admins, checked against their rights', async () => {
    await crm.as(admin).definitions.addField('parcel', 'shelf', { type: 'string' })
    const made = await deciders().create({
      name: 'shelf-of-lost',
      object: 'parcel',
      label: { 'zh-CN': '失踪件上架', en: 'Shelf of lost parcels' },
      rules: [
        {
          id: 'shelf',
          when: { weight: { gt: 10 } },
          set: { 'custom.shelf': 'L' },
          because: { 'zh-CN': '重 {w}', en: 'weighs {w}', values: { w: { var: 'weight' } } },
        },
      ],
    })
    expect(made).toMatchObject({ id: 'admin.shelf-of-lost', stage: 'draft', object: 'parcel' })
    await deciders().advance(made.id, { to: 'on' })
    expect(await deciders().preview(made.id)).toMatchObject({
      path: { way: 'batches' },
      breaches: [
        { kind: 'team', team: 'south', affected: 5, limit: 1 },
        { kind: 'team', team: 'north', affected: 4, limit: 1 },
      ],
    })
    await deciders().propose(made.id, { limits: { blast: { share: null } } })
    await deciders().advance(made.id, { to: 'on' })
    expect(await deciders().run(made.id)).toMatchObject({ status: 'done', run: { affected: 9 } })
    expect((await parcels().get(ids[39] ?? '')).custom).toEqual({ shelf: 'L' })
    expect((await deciders().list()).map((one) => one.id)).toEqual(['admin.shelf-of-lost', id])
    await expect(
      deciders().create({ name: 'shelf-of-lost', object: 'parcel', label: { 'zh-CN': 'a', en: 'a' }, rules: [lost as never] }),
    ).rejects.toMatchObject({
      code: 'DECIDER_TAKEN',
    })
  })

  it('decides the past again: two versions, whose records, the cases that differ', async () => {
    await deciders().advance(id, { to: 'on' })
    const sooner = { ...waiting, when: { status: 'waiting', sentAt: { lt: { ago: 'P20D' } } } }
    await deciders().propose(id, { rules: [lost, sooner] as never })
    const found = await deciders().backtest(id, { days: 10, everyDays: 5 })
    expect(found).toMatchObject({
      current: 1,
      next: 2,
      instants: 3,
      from: today - 10 * day,
      considered: 40,
      decided: { current: 28, next: 31 },
      differing: { records: 4, onlyCurrent: 0, onlyNext: 3, otherwise: 1 },
      unknown: 4,
      people: [
        { id: 'chief', gained: 3, lost: 0 },
        { id: 'bob', gained: 0, lost: 2 },
        { id: 'ann', gained: 0, lost: 1 },
      ],
    })
    expect(found.share).toBe(4 / 40)
    expect(found.most).toHaveLength(4)
    expect(found.most.find((one) => one.id === ids[5])).toMatchObject({
      name: 'Parcel 005',
      current: null,
      next: { at: today, rule: 'waiting' },
    })
  })

  it('reads the values of then out of the log, and counts what has none', async () => {
    await crm
      .as(admin)
      .records(parcel)
      .update({ id: ids[20] ?? '', version: 'any' }, { status: 'new' }, { at: today - 3 * day })
    const before = await deciders().backtest(id, { days: 10, everyDays: 5, to: today })
    expect(before).toMatchObject({ current: null, decided: { current: 0, next: 28 } })
    const after = await deciders().backtest(id, { days: 1, everyDays: 1, to: today })
    expect(after.decided.next).toBe(27)
  })
})

describe('the rights that deciders are steered by', () => {
  it('who may define, but only see their own records, gets no numbers of others', async () => {
    const engine = engines.find(({ name }) => name === 'better-sqlite3')
    const database = await engine?.create()
    if (!database) throw new Error('there is no such engine')
    const access = { designer: { parcel: { define: 'all', read: 'own', update: 'own' } }, admin: '*' } as const
    const crm = await openDepot(database, { access })
    const { admin } = people()
    await fill(crm, admin, 10)
    const designer = crm.as({ id: 'ann', tenant: admin.tenant ?? '', roles: ['designer'] }).deciders
    expect(await designer.get(id)).toMatchObject({ stage: 'draft' })
    await expect(designer.preview(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(designer.backtest(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const because = { 'zh-CN': '因为', en: 'because' }
    const rules = [{ id: 'a', when: { 'houseId.city': 'Paris' }, set: { note: 'x' }, because }]
    await expect(designer.propose(id, { rules })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(designer.advance(id, { to: 'pilot', pilot: { 'houseId.city': 'Paris' } })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await crm.close()
    await database.drop()
  })
})
