import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.crm.directory.put({
    teams: [{ id: 'east', name: '华东' }],
    people: [{ id: 'mei', name: '梅', roles: ['rep'], teamIds: ['east'] }],
  })
})
afterAll(() => shop.close())

const change = (changes: unknown, extra: object = {}) => shop.send('POST', '/api/settings', { body: { changes, ...extra } })

test('an administrator sets a limit, and everybody sees their own and why', async () => {
  const set = await change([{ key: 'visits.perDay', level: 'team', target: 'east', value: 3 }])
  expect(set.status).toBe(200)
  const { body } = await shop.send('GET', '/api/settings?keys=visits.perDay', { user: 'mei' })
  expect(body.settings).toEqual([
    expect.objectContaining({
      key: 'visits.perDay',
      value: 3,
      level: 'team',
      target: 'east',
      version: set.body.version,
      by: 'ann',
      passed: [],
    }),
  ])
  const others = await shop.send('GET', '/api/settings?keys=visits.perDay&person=bob')
  expect(others.body.settings[0]).toMatchObject({ value: 8, level: 'default' })
  expect((await shop.send('GET', '/api/settings?keys=visits.perDay&team=east')).body.settings[0]).toMatchObject({ value: 3 })
})

test('settings are listed with their labels, the calendar among them', async () => {
  const { settings } = (await shop.send('GET', '/api/settings/definitions')).body
  const keys = settings.map(({ key }: { key: string }) => key)
  expect(keys).toEqual(expect.arrayContaining(['calendar.hours', 'calendar.zone', 'visits.perDay']))
  expect(settings.find(({ key }: { key: string }) => key === 'visits.perDay')).toMatchObject({
    plugin: 'visits',
    nullable: true,
    label: { 'zh-CN': '每天拜访', en: 'Visits a day' },
    levels: ['person', 'role', 'team', 'place', 'organisation'],
  })
})

test('what is set, what it was, and what a change would mean', async () => {
  const { body } = await shop.send('GET', '/api/settings/values?level=team')
  expect(body.values).toMatchObject([{ key: 'visits.perDay', target: 'east', value: 3 }])
  const history = await shop.send('GET', '/api/settings/history?key=visits.perDay&level=team&target=east')
  expect(history.body.entries).toMatchObject([{ value: 3, by: 'ann' }])
  const preview = await shop.send('POST', '/api/settings/preview', {
    body: { changes: [{ key: 'visits.perDay', level: 'person', target: 'mei', value: null }], people: ['mei', 'bob'] },
  })
  expect(preview.body.effects).toEqual([{ person: 'mei', key: 'visits.perDay', before: 3, after: null }])
})

test.each([
  ['GET', '/api/settings?keys=visits.nothing', undefined, 404, 'SETTING_UNKNOWN'],
  ['GET', '/api/settings?colour=red', undefined, 400, 'PARAMETER_UNKNOWN'],
  ['GET', '/api/settings/values?level=planet', undefined, 400, 'PARAMETER_INVALID'],
  ['GET', '/api/settings/history', undefined, 404, 'SETTING_UNKNOWN'],
  ['POST', '/api/settings', { changes: [] }, 400, 'PARAMETER_INVALID'],
  ['POST', '/api/settings', { changes: [{ key: 'visits.perDay', level: 'organisation', value: '5' }] }, 422, 'VALIDATION_FAILED'],
  ['POST', '/api/settings', { changes: 'all' }, 400, 'PARAMETER_INVALID'],
  ['POST', '/api/settings', { changes: [], version: 'x' }, 400, 'BODY_INVALID'],
  ['POST', '/api/settings', { change: [] }, 400, 'PARAMETER_UNKNOWN'],
  ['POST', '/api/settings/preview', { changes: [], people: 'mei' }, 400, 'BODY_INVALID'],
] as const)('%s %s with %j is refused', async (method, path, body, status, code) => {
  const answer = await shop.send(method, path, body === undefined ? {} : { body })
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('only those who may define set anything', async () => {
  const answer = await shop.send('POST', '/api/settings', {
    user: 'mei',
    body: { changes: [{ key: 'visits.perDay', level: 'person', target: 'mei', value: 99 }] },
  })
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
})

test('a command is done, or denied with its reasons in the reader’s language', async () => {
  expect((await shop.send('POST', '/api/commands/visits.book', { body: { count: 8 } })).body).toEqual({ value: { booked: 8 } })
  const denied = await shop.send('POST', '/api/commands/visits.book', { user: 'mei', body: { count: 4 } })
  expect(denied.status).toBe(409)
  expect(denied.body.error).toMatchObject({
    code: 'DENIED',
    details: { reasons: [{ code: 'limit_reached', data: { used: 4, limit: 3 }, message: '已达上限：4/3。' }] },
  })
  const preview = await shop.send('POST', '/api/commands/visits.book/preview', { user: 'mei', body: { count: 4 } })
  expect(preview.body).toMatchObject({ allowed: false, reasons: [{ code: 'limit_reached', message: '已达上限：4/3。' }] })
  expect((await shop.send('POST', '/api/commands/visits.book/preview', { body: { count: 1 } })).body).toEqual({
    allowed: true,
    reasons: [],
  })
})

test('a command that does not exist, and input that does not fit', async () => {
  expect((await shop.send('POST', '/api/commands/visits.nothing', { body: {} })).body.error.code).toBe('COMMAND_UNKNOWN')
  expect((await shop.send('POST', '/api/commands/visits.book', { body: { count: 0 } })).status).toBe(422)
  expect((await shop.send('GET', '/api/commands/visits.book')).status).toBe(405)
})

test('the organisation’s values by themselves, and what one may do there', async () => {
  const own = await shop.send('GET', '/api/settings?person=&keys=visits.perDay', { user: 'mei' })
  expect(own.body.settings).toMatchObject([{ value: 8, level: 'default' }])
  expect((await shop.send('GET', '/api/settings/rights?level=team&target=east')).body).toMatchObject({ read: true, define: true })
  expect((await shop.send('GET', '/api/settings/rights?level=team&target=east', { user: 'mei' })).body).toMatchObject({
    read: true,
    keys: [],
  })
})

test('people with the values that count for them, page by page, by team and by name', async () => {
  const page = async (query: string) => (await shop.send('GET', `/api/settings/people?keys=visits.perDay${query}`)).body
  const first = await page('&team=east&limit=1')
  expect(first).toMatchObject({ entries: [{ person: { id: 'mei', teamIds: ['east'] }, settings: [{ value: 3 }] }], cursor: 'mei' })
  expect(await page(`&team=east&limit=1&after=${first.cursor}`)).toEqual({ entries: [], cursor: null })
  expect((await page('&search=mei')).entries).toHaveLength(1)
  expect((await shop.send('GET', '/api/people?team=east')).body.people).toMatchObject([{ id: 'mei' }])
})

test('a preview without people asks about everybody', async () => {
  const { body } = await shop.send('POST', '/api/settings/preview', {
    body: { changes: [{ key: 'visits.perDay', level: 'team', target: 'east', value: 4 }] },
  })
  expect(body).toEqual({ effects: [{ person: 'mei', key: 'visits.perDay', before: 3, after: 4 }], total: 1, people: 1 })
})
