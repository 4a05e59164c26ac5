import { coreReasons, definePlugin, defineReasons, type Session } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../../../../test/support/engines.ts'

const reasons = defineReasons({
  best_load: { data: { load: 'number' }, message: { 'zh-CN': '负荷最低：{load}。', en: 'The lowest load: {load}.' } },
})
const route = definePlugin({ id: 'route', version: '1.0.0', core: '^0.1.0', setup: (p) => void p.reasons(reasons) })
const lead = '0198f3a0-7c1e-7abc-8def-0123456789ab'

describe.each(engines)('decisions on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let user: Session
  let tenants = 0

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), plugins: [route()], access: { admin: '*', rep: { lead: ['read'] } } })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })
  beforeEach(() => {
    tenants += 1
    user = crm.user({ tenant: `t${tenants}` })
  })

  const decide = (extra: object = {}) =>
    user.decisions.record([
      {
        decider: 'route.load',
        version: 3,
        subject: { object: 'lead', id: lead },
        outcome: 'decided',
        winner: 'li',
        reasons: [reasons.make.best_load({ load: 2 })],
        inputs: { region: '华东' },
        seed: '0123456789abcdef0123456789abcdef',
        candidates: [
          { id: 'zhao', reasons: [coreReasons.make.person_suspended({ person: 'zhao' })] },
          { id: 'wang', rank: 2, facts: { load: 5 }, reasons: [reasons.make.best_load({ load: 2 })] },
          { id: 'li', rank: 1, facts: { load: 2 } },
        ],
        ...extra,
      },
    ])

  test('semantics:0.3 why: inputs, rule and configuration version, candidates with reasons, winner, seed', async () => {
    const { version } = await user.settings.set([{ key: 'calendar.zone', level: 'organisation', value: 'UTC' }])
    const [id = ''] = await decide()
    const decision = await user.decisions.explain(id)
    expect(decision).toMatchObject({
      ...{ decider: 'route.load', version: 3, configVersion: version, mode: 'live', outcome: 'decided', winner: 'li', at: crm.clock.now },
      ...{
        subject: { object: 'lead', id: lead },
        inputs: { region: '华东' },
        seed: '0123456789abcdef0123456789abcdef',
        actor: { id: 'ada' },
      },
    })
    expect(decision.reasons.map((reason) => reason.text({ locale: 'zh-CN' }))).toEqual(['负荷最低：2。'])
    expect(decision.candidates.map(({ id: who, won, rank }) => [who, won, rank])).toEqual([
      ['li', true, 1],
      ['wang', false, 2],
      ['zhao', false, null],
    ])
    expect(decision.candidates[2]?.reasons[0]?.text()).toBe('zhao is suspended.')
  })

  test('why not me: one’s own reasons only, for everybody', async () => {
    const [id] = await decide()
    await decide({ winner: 'wang' })
    const wang = crm.user({ id: 'wang', tenant: `t${tenants}`, roles: ['rep'] })
    const { entries, cursor } = await wang.decisions.whyNot('wang')
    expect(cursor).toBeNull()
    expect(entries).toMatchObject([
      { decision: { id, decider: 'route.load', outcome: 'decided' }, own: { id: 'wang', rank: 2, facts: { load: 5 } } },
    ])
    expect(JSON.stringify(entries)).not.toContain('zhao')
    expect(JSON.stringify(entries)).not.toContain('"li"')
    for (const forbidden of [
      wang.decisions.whyNot('li'),
      wang.decisions.find(),
      wang.decisions.explain(id ?? ''),
      wang.decisions.record([]),
    ])
      await expect(forbidden).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('of a record, of a decider, of a mode, page by page, newest first', async () => {
    const ids: string[] = []
    for (let index = 0; index < 5; index++) ids.push(...(await decide({ mode: index % 2 === 0 ? 'live' : 'shadow' })))
    await decide({ subject: null, decider: 'route.other', outcome: 'denied', winner: null, candidates: [] })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await user.decisions.find({ subjectId: lead, limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.decisions.map(({ id }) => id))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(ids.toReversed())
    expect((await user.decisions.find({ mode: 'shadow' })).decisions).toHaveLength(2)
    expect((await user.decisions.find({ decider: 'route.other' })).decisions).toMatchObject([
      { outcome: 'denied', subject: null, winner: null },
    ])
    expect((await user.decisions.find({ subjectId: 'x' })).decisions).toEqual([])
    expect((await crm.user({ tenant: 'other' }).decisions.find()).decisions).toEqual([])
  })

  test('kept as long as its decider says, then purged with everybody in it', async () => {
    const [short = ''] = await decide({ keepDays: 30 })
    const [long = ''] = await decide()
    crm.clock.now += 30 * 86_400_000
    expect(await user.decisions.purge()).toBe(1)
    await expect(user.decisions.explain(short)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await user.decisions.explain(long)).candidates).toHaveLength(3)
    expect((await user.decisions.whyNot('wang')).entries).toHaveLength(1)
  })

  test('why is for everybody who may read the record, without inputs and without the others', async () => {
    const made = await user.records('lead').create({ name: '蓝海' })
    const about = { object: 'lead', id: String(made.id) }
    await decide({ subject: about })
    await decide({ subject: about, mode: 'shadow' })
    const rep = crm.user({ tenant: `t${tenants}`, id: 'li', roles: ['rep'] })
    const { decisions } = await rep.decisions.why(about)
    expect(decisions).toHaveLength(1)
    expect(decisions[0]).toMatchObject({ decider: 'route.load', winner: 'li', reasons: [{ code: 'best_load' }] })
    expect(JSON.stringify(decisions)).not.toMatch(/华东|zhao|0123456789abcdef/)
    await expect(rep.decisions.why({ object: 'lead', id: lead })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const stranger = crm.user({ tenant: `t${tenants}`, id: 'x', roles: ['nobody'] })
    await expect(stranger.decisions.why(about)).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) })
  })

  test('a decision lives and dies with the transaction it belongs to', async () => {
    const failing = user.transaction(async (inside) => {
      await inside.decisions.record([{ decider: 'route.load', outcome: 'skipped' }])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect((await user.decisions.find()).decisions).toEqual([])
  })

  test.each([
    ['somebody twice', { candidates: [{ id: 'a' }, { id: 'a' }] }],
    ['no decider', { decider: '' }],
    ['a time that is none', { at: 1.5 }],
    ['kept for ever', { keepDays: 100_000 }],
    ['inputs without end', { inputs: { text: 'x'.repeat(100_001) } }],
  ])('%s is refused', async (_, extra) => {
    await expect(decide(extra)).rejects.toMatchObject({ code: expect.stringMatching(/PARAMETER_INVALID|LIMIT_EXCEEDED/) })
  })
})
