import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, definePlugin, defineSetting, type SettingChange } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../../../../test/support/engines.ts'

const label = { 'zh-CN': '甲', en: 'A' }
const claims = defineSetting('pool.claims', {
  type: 'integer',
  default: 10,
  label,
  settableBy: { person: ['leader'], team: ['leader'] },
})
const digest = defineSetting('pool.digest', { type: 'time', default: '09:00', label, settableBy: { person: ['self'] } })
const strict = defineSetting('pool.strict', { type: 'integer', default: 1, label })
const pool = definePlugin({
  id: 'pool',
  version: '1.0.0',
  core: '^0.1.0',
  setup: (p) => {
    p.setting(claims)
    p.setting(digest)
    p.setting(strict)
  },
})

const access = { admin: '*', rep: { '*': ['read'] }, auditor: { settings: ['read'] }, lead: { lead: ['read'] } } as const

describe.each(engines)('who may set what on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  beforeAll(async () => {
    database = await engine.create()
  })
  afterAll(() => database.drop())

  let tenants = 0
  const people = [
    { id: 'chen', name: '陈', teamIds: ['east'], leads: ['east'] },
    { id: 'li', name: '李', teamIds: ['shanghai'] },
    { id: 'he', name: '何', teamIds: ['south'] },
  ]
  beforeEach(async () => {
    tenants += 1
    crm = await createTestCrm({ store: database.store(), tenant: `t${tenants}`, plugins: [pool()], access })
    const teams = ['east', 'shanghai', 'south'].map((id) => ({ id, name: id, parentId: id === 'shanghai' ? 'east' : null }))
    await crm.directory.put({ teams, people })
  })
  afterEach(() => crm.close())

  const as = (id: string, role = 'lead') => crm.as({ id, roles: [role] }).settings
  const refused = { code: 'FORBIDDEN' }
  const change = (key: string, level: SettingChange['level'], target: string, value: unknown): SettingChange => ({
    key,
    level,
    target,
    value,
  })

  test('a leader sets their team’s values and those of its people, in the teams below too', async () => {
    await as('chen').set([change('pool.claims', 'team', 'east', 7), change('pool.claims', 'team', 'shanghai', 6)])
    await as('chen').set([change('pool.claims', 'person', 'li', 5)])
    expect(await as('li').explain(claims)).toMatchObject({ value: 5, level: 'person', by: 'chen' })
    await as('chen').set([{ key: 'pool.claims', level: 'person', target: 'li', unset: true }])
    expect(await as('li').get(claims)).toBe(6)
  })

  test.each([
    ['another team', change('pool.claims', 'team', 'south', 1)],
    ['somebody of another team', change('pool.claims', 'person', 'he', 1)],
    ['somebody unknown', change('pool.claims', 'person', 'nobody', 1)],
    ['the organisation', { key: 'pool.claims', level: 'organisation', value: 1 } as SettingChange],
    ['a role', change('pool.claims', 'role', 'rep', 1)],
    ['a setting that says nothing of leaders', change('pool.strict', 'team', 'east', 1)],
    ['a setting that only its person sets', change('pool.digest', 'person', 'li', '10:00')],
  ])('a leader does not set %s', async (_, forbidden) => {
    await expect(as('chen').set([forbidden])).rejects.toMatchObject(refused)
    await expect(as('chen').set([change('pool.claims', 'team', 'east', 3), forbidden])).rejects.toMatchObject(refused)
    await expect(as('chen').preview([forbidden])).rejects.toMatchObject(refused)
    expect(await as('li').get(claims)).toBe(10)
  })

  test('one sets one’s own where the author says so, and nothing else', async () => {
    await as('li').set([change('pool.digest', 'person', 'li', '10:30')])
    expect(await as('li').get(digest)).toBe('10:30')
    await expect(as('li').set([change('pool.claims', 'person', 'li', 99)])).rejects.toMatchObject(refused)
    await expect(as('li').set([change('pool.digest', 'person', 'he', '10:30')])).rejects.toMatchObject(refused)
    await expect(as('li').set([change('pool.claims', 'team', 'shanghai', 99)])).rejects.toMatchObject(refused)
  })

  test('a leader reads and previews the values of those they lead, and of nobody else', async () => {
    const set = [change('pool.claims', 'team', 'east', 4)]
    expect(await as('chen').preview(set)).toEqual([
      { person: 'chen', key: 'pool.claims', before: 10, after: 4 },
      { person: 'li', key: 'pool.claims', before: 10, after: 4 },
    ])
    await expect(as('chen').preview(set, ['li', 'he'])).rejects.toMatchObject(refused)
    await as('chen').set(set)
    expect(await as('chen').get(claims, { person: 'li' })).toBe(4)
    expect(await as('chen').get(claims, { team: 'shanghai' })).toBe(4)
    expect(await as('chen').values({ level: 'team', target: 'east' })).toMatchObject([{ value: 4, by: 'chen' }])
    expect(await as('chen').history({ key: 'pool.claims', level: 'team', target: 'east' })).toHaveLength(1)
    expect((await as('chen').resolveMany(['li'])).get('li')).toHaveLength(as('chen').definitions().length)
    await expect(as('chen').get(claims, { person: 'he' })).rejects.toMatchObject(refused)
    await expect(as('chen').get(claims, { team: 'south' })).rejects.toMatchObject(refused)
    await expect(as('chen').get(claims, { role: 'rep' })).rejects.toMatchObject(refused)
    await expect(as('chen').resolveMany(['li', 'he'])).rejects.toMatchObject(refused)
    await expect(as('chen').values()).rejects.toMatchObject(refused)
    await expect(as('chen').values({ level: 'team', target: 'south' })).rejects.toMatchObject(refused)
    await expect(as('chen').history({ key: 'pool.claims', level: 'organisation' })).rejects.toMatchObject(refused)
  })

  test('rights say it beforehand', async () => {
    const rights = (id: string, level: 'person' | 'team' | 'organisation', target?: string, role?: string) =>
      as(id, role).rights({ level, ...(target !== undefined && { target }) })
    expect(await rights('chen', 'team', 'shanghai')).toEqual({ read: true, define: false, leads: ['east'], keys: ['pool.claims'] })
    expect(await rights('chen', 'team', 'south')).toEqual({ read: false, define: false, leads: ['east'], keys: [] })
    expect(await rights('chen', 'person', 'chen')).toMatchObject({ read: true, keys: ['pool.digest'] })
    expect(await rights('li', 'person', 'li')).toMatchObject({ read: true, leads: [], keys: ['pool.digest'] })
    expect(await rights('li', 'organisation')).toMatchObject({ define: false, keys: [] })
    expect(await rights('zoe', 'team', 'south', 'auditor')).toMatchObject({ read: true, keys: [] })
    expect((await rights('ada', 'organisation', undefined, 'admin')).keys).toContain('pool.strict')
  })

  test('who leads no longer sets no longer', async () => {
    await as('chen').set([change('pool.claims', 'team', 'east', 7)])
    await crm.directory.put({ people: [{ id: 'chen', name: '陈', teamIds: ['east'] }] })
    await expect(as('chen').set([change('pool.claims', 'team', 'east', 8)])).rejects.toMatchObject(refused)
    await crm.directory.put({ people: [{ id: 'chen', name: '陈', teamIds: ['east'], leads: ['east'] }] })
    await as('chen').set([change('pool.claims', 'team', 'east', 8)])
  })

  test('the directory lists a team with the teams below it', async () => {
    const session = crm.as({ id: 'chen', roles: ['lead'] })
    const ids = async (query: Parameters<typeof session.directory.people>[0]) => (await session.directory.people(query)).map(({ id }) => id)
    expect((await ids({ team: 'east' })).sort()).toEqual(['chen', 'li'])
    expect(await ids({ team: 'east', after: '', limit: 1 })).toEqual(['chen'])
    expect(await ids({ team: 'east', after: 'chen' })).toEqual(['li'])
    expect(await ids({ team: 'east', search: '李' })).toEqual(['li'])
    expect(await ids({ team: 'nowhere' })).toEqual([])
  })
})

test.each([
  [{ person: ['boss'] }, 'boss'],
  [{ role: ['leader'] }, 'role'],
  [{ team: ['self'] }, 'self'],
])('a declaration of setters that makes no sense is refused: %j', (settableBy, named) => {
  const odd = defineSetting('pool.odd', { type: 'integer', default: 1, label, settableBy: settableBy as never })
  const plugin = definePlugin({ id: 'pool', version: '1.0.0', core: '^0.1.0', setup: (p) => void p.setting(odd) })
  expect(() => createCrm({ store: sqlite(':memory:'), plugins: [plugin()] })).toThrow(named)
})
