import { definePlugin, defineSetting, type PluginRecorder, type Setting, type SettingChange } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../../../../test/support/engines.ts'

const label = { 'zh-CN': '甲', en: 'A' }
const holding = defineSetting('pool.holding', { type: 'integer', nullable: true, default: 50, minimum: 0, stricter: 'lower', label })
const coolDown = defineSetting('pool.coolDown', { type: 'duration', nullable: true, default: '7d', stricter: 'higher', label })
const clock = defineSetting('pool.clock', { type: 'duration', default: '24h', stricter: 'lower', label })
const masked = defineSetting('pool.masked', { type: 'boolean', default: false, stricter: 'true', label })
const outcome = defineSetting('pool.outcome', {
  type: 'choice',
  default: 'pool',
  options: ['pool', 'flash', 'reassign'].map((value) => ({ value, label })),
  stricter: ['reassign', 'flash', 'pool'],
  label,
})
const only = defineSetting('pool.kind', { type: 'text', default: 'x', levels: ['place', 'organisation'], label })

const pool = definePlugin({
  id: 'pool',
  version: '1.0.0',
  core: '^0.1.0',
  setup: (p) => {
    for (const setting of [holding, coolDown, clock, masked, outcome, only] as Setting[]) p.setting(setting)
  },
})

describe.each(engines)('settings on $name', (engine) => {
  let database: Database
  let crm: TestCrm

  beforeAll(async () => {
    database = await engine.create()
  })
  afterAll(() => database.drop())

  let tenants = 0
  beforeEach(async () => {
    tenants += 1
    crm = await createTestCrm({ store: database.store(), tenant: `t${tenants}`, plugins: [pool()] })
    await crm.directory.put({
      teams: [
        { id: 'company', name: '公司' },
        { id: 'east', name: '华东', parentId: 'company' },
        { id: 'shanghai', name: '上海', parentId: 'east' },
        { id: 'key', name: '大客户', parentId: 'company' },
      ],
      people: [
        { id: 'li', name: '李', roles: ['rep'], teamIds: ['shanghai'] },
        { id: 'wang', name: '王', roles: ['rep', 'senior'], teamIds: ['shanghai', 'key'] },
      ],
    })
  })
  afterEach(() => crm.close())

  const set = (changes: readonly SettingChange[], options?: { version: number }) => crm.user().settings.set(changes, options)
  const of = (person: string, places: readonly string[] = []) => ({ person, places })
  const limit = (person: string, places?: readonly string[]) => crm.user().settings.get(holding, of(person, places))

  test('semantics:0.2 the most specific level wins', async () => {
    const steps: [SettingChange, number | null][] = [
      [{ key: 'pool.holding', level: 'organisation', value: 60 }, 60],
      [{ key: 'pool.holding', level: 'place', target: 'pool:north', value: 55 }, 55],
      [{ key: 'pool.holding', level: 'team', target: 'company', value: 45 }, 45],
      [{ key: 'pool.holding', level: 'team', target: 'east', value: 42 }, 42],
      [{ key: 'pool.holding', level: 'team', target: 'shanghai', value: 41 }, 41],
      [{ key: 'pool.holding', level: 'role', target: 'rep', value: 70 }, 70],
      [{ key: 'pool.holding', level: 'person', target: 'li', value: 80 }, 80],
    ]
    expect(await limit('li', ['pool:north'])).toBe(50)
    for (const [change, expected] of steps) {
      await set([change])
      expect(await limit('li', ['pool:north']), JSON.stringify(change)).toBe(expected)
    }
    for (const [index, [change]] of [...steps].reverse().entries()) {
      await set([{ key: change.key, level: change.level, ...(change.target && { target: change.target }), unset: true }])
      expect(await limit('li', ['pool:north'])).toBe([70, 41, 42, 45, 55, 60, 50][index])
    }
  })

  test('semantics:0.2 at one level the stricter value wins', async () => {
    await set([
      { key: 'pool.holding', level: 'role', target: 'rep', value: 30 },
      { key: 'pool.holding', level: 'role', target: 'senior', value: 60 },
      { key: 'pool.coolDown', level: 'team', target: 'shanghai', value: '2d' },
      { key: 'pool.coolDown', level: 'team', target: 'key', value: '72h' },
      { key: 'pool.clock', level: 'role', target: 'rep', value: '4wh' },
      { key: 'pool.clock', level: 'role', target: 'senior', value: '2h' },
      { key: 'pool.masked', level: 'role', target: 'rep', value: true },
      { key: 'pool.masked', level: 'role', target: 'senior', value: false },
      { key: 'pool.outcome', level: 'role', target: 'rep', value: 'flash' },
      { key: 'pool.outcome', level: 'role', target: 'senior', value: 'reassign' },
    ])
    const { settings } = crm.user()
    expect(await settings.get(holding, of('wang'))).toBe(30)
    expect(await settings.get(coolDown, of('wang'))).toBe('72h')
    expect(await settings.get(clock, of('wang'))).toBe('2h')
    expect(await settings.get(masked, of('wang'))).toBe(true)
    expect(await settings.get(outcome, of('wang'))).toBe('reassign')
  })

  test('semantics:0.2 a team that is nearer beats a stricter one further up', async () => {
    await set([
      { key: 'pool.holding', level: 'team', target: 'company', value: 10 },
      { key: 'pool.holding', level: 'team', target: 'key', value: 90 },
    ])
    expect(await limit('wang')).toBe(90)
    expect(await limit('li')).toBe(10)
  })

  test('semantics:0.2 null is no limit and has to be written; 0 is zero', async () => {
    await set([{ key: 'pool.holding', level: 'person', target: 'li', value: null }])
    expect(await limit('li')).toBeNull()
    await set([{ key: 'pool.holding', level: 'person', target: 'li', value: 0 }])
    expect(await limit('li')).toBe(0)
    await set([
      { key: 'pool.holding', level: 'role', target: 'rep', value: null },
      { key: 'pool.holding', level: 'role', target: 'senior', value: 500 },
    ])
    expect(await limit('wang')).toBe(500)
    await expect(set([{ key: 'pool.clock', level: 'organisation', value: null }])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    await expect(set([{ key: 'pool.holding', level: 'organisation' }])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('semantics:0.2 why 40: level, record, version, by whom, and what lost', async () => {
    crm.clock.now = Date.parse('2026-03-02T02:00:00Z')
    const { version: first } = await set([{ key: 'pool.holding', level: 'organisation', value: 60 }])
    const { version } = await crm
      .user({ id: 'boss', roles: ['admin'] })
      .settings.set([{ key: 'pool.holding', level: 'team', target: 'east', value: 40 }])
    expect(version).toBe(first + 1)
    expect(await crm.user().settings.explain(holding, of('li'))).toEqual({
      key: 'pool.holding',
      value: 40,
      level: 'team',
      target: 'east',
      version,
      configVersion: version,
      at: crm.clock.now,
      by: 'boss',
      passed: [{ key: 'pool.holding', value: 60, level: 'organisation', target: '', version: first, at: crm.clock.now, by: 'ada' }],
    })
    expect(await crm.user().settings.explain(clock, of('li'))).toMatchObject({
      value: '24h',
      level: 'default',
      target: null,
      version: 0,
      passed: [],
    })
  })

  test('every version stays in the history', async () => {
    const versions = []
    for (const value of [1, 2]) versions.push((await set([{ key: 'pool.holding', level: 'organisation', value }])).version)
    versions.push((await set([{ key: 'pool.holding', level: 'organisation', unset: true }])).version)
    const history = await crm.user().settings.history({ key: 'pool.holding', level: 'organisation' })
    expect(history.map(({ value, version }) => [value, version])).toEqual([
      [undefined, versions[2]],
      [2, versions[1]],
      [1, versions[0]],
    ])
    expect(await crm.user().settings.values()).toEqual([])
  })

  test('another process reads a change with its next question, and a new team at once', async () => {
    const other = await createTestCrm({ store: database.store(), tenant: `t${tenants}`, plugins: [pool()] })
    try {
      expect(await other.user().settings.get(holding, of('li'))).toBe(50)
      await set([{ key: 'pool.holding', level: 'team', target: 'key', value: 7 }])
      expect(await other.user().settings.get(holding, of('wang'))).toBe(7)
      await crm.directory.put({ people: [{ id: 'li', name: '李', teamIds: ['key'] }] })
      expect(await other.user().settings.get(holding, of('li'))).toBe(7)
      await crm.directory.put({ people: [{ id: 'li', name: '李', teamIds: [] }] })
      expect(await other.user().settings.get(holding, of('li'))).toBe(50)
    } finally {
      await other.close()
    }
  })

  test('two admins who change the same value: the second is told', async () => {
    const { version } = await set([{ key: 'pool.holding', level: 'organisation', value: 1 }])
    await set([{ key: 'pool.holding', level: 'organisation', value: 2 }])
    await expect(set([{ key: 'pool.holding', level: 'organisation', value: 3 }], { version })).rejects.toMatchObject({ code: 'CONFLICT' })
    await set([{ key: 'pool.holding', level: 'person', target: 'li', value: 3 }], { version })
    expect([await limit('wang'), await limit('li')]).toEqual([2, 3])
  })

  test('a preview names who gets which other value, and writes nothing', async () => {
    await set([{ key: 'pool.holding', level: 'person', target: 'li', value: 33 }])
    const changes: SettingChange[] = [
      { key: 'pool.holding', level: 'role', target: 'rep', value: 40 },
      { key: 'pool.clock', level: 'team', target: 'key', value: '1h' },
    ]
    expect(await crm.user().settings.preview(changes, ['li', 'wang'])).toEqual([
      { person: 'wang', key: 'pool.holding', before: 50, after: 40 },
      { person: 'wang', key: 'pool.clock', before: '24h', after: '1h' },
    ])
    expect(await limit('wang')).toBe(50)
  })

  test('all changes or none, with every problem and its path', async () => {
    const wrong = [
      { key: 'pool.holding', level: 'organisation', value: 1 },
      { key: 'pool.nothing', level: 'organisation', value: 1 },
      { key: 'pool.holding', level: 'organisation', value: -1 },
      { key: 'pool.holding', level: 'person', value: 1 },
      { key: 'pool.holding', level: 'organisation', target: 'x', value: 1 },
      { key: 'pool.kind', level: 'person', target: 'li', value: 'y' },
      { key: 'pool.coolDown', level: 'organisation', value: 7 },
      { key: 'pool.outcome', level: 'organisation', value: 'nowhere' },
      { key: 'pool.holding', level: 'organisation', value: 1, note: 'x' },
      { key: 'pool.holding', level: 'organisation', value: 1, unset: true },
    ] as unknown as SettingChange[]
    const error = await set(wrong).catch((one: unknown) => one)
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', params: { count: 9 } })
    const { issues } = (error as { details: { issues: { code: string; path: string }[] } }).details
    expect(issues.map(({ path }) => path)).toEqual([
      '/changes/1/key',
      '/changes/2/value',
      '/changes/3/target',
      '/changes/4/target',
      '/changes/5/level',
      '/changes/6/value',
      '/changes/7/value',
      '/changes/8',
      '/changes/9/value',
    ])
    expect(await crm.user().settings.values()).toEqual([])
    await expect(set([wrong[0], wrong[0]] as SettingChange[])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('rights: one’s own values for everybody, setting for those who may define', async () => {
    const li = crm.user({ id: 'li', roles: ['rep'] })
    expect(await li.settings.get(holding)).toBe(50)
    await expect(li.settings.set([{ key: 'pool.holding', level: 'person', target: 'li', value: 999 }])).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(li.settings.preview([], [])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const strict = await createTestCrm({
      store: database.store(),
      tenant: `t${tenants}`,
      plugins: [pool()],
      access: { rep: { lead: ['read'] } },
    })
    try {
      const rep = strict.user({ id: 'li', roles: ['rep'] })
      expect([await rep.settings.get(holding), await rep.settings.get(holding, { person: null })]).toEqual([50, 50])
      for (const asked of [
        () => rep.settings.get(holding, of('wang')),
        () => rep.settings.get(holding, { team: 'east' }),
        () => rep.settings.values(),
        () => rep.settings.resolveMany(['wang']),
      ])
        await expect(asked()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    } finally {
      await strict.close()
    }
  })

  test('semantics:0.2 500 people and 40 keys are resolved with provenance', async () => {
    const people = Array.from({ length: 500 }, (_, index) => ({
      id: `p${index}`,
      name: `员工${index}`,
      roles: ['rep'],
      teamIds: ['shanghai'],
    }))
    await crm.directory.put({ people })
    const ids = people.map(({ id }) => id)
    await set(ids.map((target, index): SettingChange => ({ key: 'pool.holding', level: 'person', target, value: index })))
    const keys = ['pool.holding', 'pool.coolDown', 'calendar.zone']
    const resolved = await crm.user().settings.resolveMany(ids, keys)
    expect(resolved.size).toBe(500)
    expect(resolved.get('p123')).toMatchObject([
      { value: 123, level: 'person', target: 'p123' },
      { value: '7d', level: 'default' },
      { value: 'Asia/Shanghai', level: 'default' },
    ])
  })

  test('semantics:0.1 calendars go person → team → organisation, part by part', async () => {
    const at = Date.parse('2026-04-03T09:00:00Z')
    const due = async (person: string) => {
      const time = await crm.user().workingTime({ person })
      return new Date(time.add(at, 2 * 3_600_000)).toISOString()
    }
    expect(await due('li')).toBe('2026-04-07T02:00:00.000Z')
    await set([
      { key: 'calendar.hours', level: 'person', target: 'wang', value: { fri: ['09:00-20:00'] } },
      { key: 'calendar.workdays', level: 'team', target: 'shanghai', value: [{ date: '2026-04-04', hours: ['10:00-11:00'] }] },
    ])
    expect(await due('wang')).toBe('2026-04-03T11:00:00.000Z')
    expect(await due('li')).toBe('2026-04-04T03:00:00.000Z')
    await set([{ key: 'calendar.holidays', level: 'organisation', value: ['2026-02-14'] }])
    const time = await crm.user().workingTime({ person: null })
    expect(['2026-02-14', '2026-02-28', '2026-02-16'].map((date) => time.isWorkday(date))).toEqual([false, true, false])
    expect(await crm.user().workingTime({ person: 'li' })).toBe(await crm.user().workingTime({ person: 'li' }))
  })

  test('a new official year is data: no code', async () => {
    const published = {
      region: 'CN',
      year: 2027,
      state: 'published',
      source: '公告',
      holidays: ['2027-01-01'],
      extraWorkdays: [{ date: '2027-01-02' }],
    }
    await set([{ key: 'calendar.years', level: 'organisation', value: [published] }])
    const time = await crm.user().workingTime({ person: null })
    expect(['2027-01-02', '2027-02-08'].map((date) => time.isWorkday(date))).toEqual([true, true])
    await expect(set([{ key: 'calendar.years', level: 'organisation', value: [{ ...published, source: '' }] }])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    })
  })
})

describe('declarations that cannot be used', () => {
  const wrong =
    (definition: object, key = 'pool.x'): ((p: PluginRecorder) => void) =>
    (p) =>
      p.setting({ key, definition: { type: 'integer', default: 1, label, ...definition } as never })

  test.each<[string, (p: PluginRecorder) => void, string]>([
    ['a foreign key', wrong({}, 'other.x'), 'needs a key such as'],
    ['an unknown type', wrong({ type: 'colour' }), 'has the unknown type “colour”'],
    ['a label in one language', wrong({ label: { 'zh-CN': '甲', en: '' } }), 'needs its label in zh-CN and en'],
    ['a default out of bounds', wrong({ default: 5, maximum: 4 }), 'has a default that it could not be set to'],
    ['a default of null without nullable', wrong({ default: null }), 'it cannot be without a value'],
    ['a bare number as a duration', wrong({ type: 'duration', default: 7 }), 'a duration with its unit is expected'],
    ['texts compared', wrong({ type: 'text', default: 'a', stricter: 'lower' }), 'cannot be compared by “lower”'],
    [
      'options half ordered',
      wrong({ type: 'choice', default: 'a', options: [{ value: 'a', label }], stricter: [] }),
      'must list every option once',
    ],
    ['an unknown level', wrong({ levels: ['planet'] }), 'can be set at person'],
  ])('%s', async (_, setup, problem) => {
    const plugin = definePlugin({ id: 'pool', version: '1.0.0', core: '^0.1.0', setup })
    const { sqlite } = await import('@guanxi/adapters/sqlite')
    await expect(createTestCrm({ store: sqlite(':memory:'), plugins: [plugin()] })).rejects.toMatchObject({
      message: expect.stringContaining(problem),
    })
  })
})
