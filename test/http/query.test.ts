import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  for (let index = 0; index < 5; index += 1)
    await shop.send('POST', '/api/records/visit', { body: { title: `Visit ${index}`, minutes: index } })
})
afterAll(() => shop.close())

const visits = '/api/records/visit'
const where = (condition: unknown) => `${visits}?where=${encodeURIComponent(JSON.stringify(condition))}`

const closedRoutes = [
  visits,
  '/api/me',
  '/api/objects',
  '/api/objects/visit',
  '/api/aggregate/visit',
  '/api/people',
  '/api/teams',
  '/openapi.json',
  `${visits}/0198f3a0-7c1e-7abc-8def-0123456789ab`,
  `${visits}/0198f3a0-7c1e-7abc-8def-0123456789ab/changes`,
]

describe('attack:F01 parameters nobody asked for', () => {
  const strangers = ['_q', 'filters2', 'knex', 'where2', 'offset', 'populate', '__proto__', 'a[b][c]', 'where[minutes]', 'where[$gt]']
  const cases = closedRoutes.flatMap((route) => strangers.map((name) => [route, name] as const))

  test.each(cases)('%s refuses %s by name', async (route, name) => {
    const answer = await shop.send('GET', `${route}?${encodeURIComponent(name)}=1`)
    expect(answer.status).toBe(400)
    expect(answer.body.error.code).toBe('PARAMETER_UNKNOWN')
    expect(answer.body.error.message).toContain(name)
  })

  test('a parameter that is there twice is refused', async () => {
    const answer = await shop.send('GET', `${visits}?limit=1&limit=1`)
    expect(answer.body.error.code).toBe('PARAMETER_UNKNOWN')
  })

  test('a thousand repetitions are refused', async () => {
    const answer = await shop.send('GET', `${visits}?${'fields=a&'.repeat(1_000)}`)
    expect(answer.status).toBe(400)
  })

  test('a query string of 20,000 characters is refused', async () => {
    expect((await shop.send('GET', `${visits}?search=${'x'.repeat(20_000)}`)).body.error.code).toBe('LIMIT_EXCEEDED')
  })

  test('half a percent sign is refused', async () => {
    expect((await shop.send('GET', `${visits}?search=%E4%BD`)).body.error.code).toBe('PARAMETER_INVALID')
  })

  test('writes take no parameters at all', async () => {
    expect((await shop.send('POST', `${visits}?at=1`, { body: { title: 'x' } })).body.error.code).toBe('PARAMETER_UNKNOWN')
  })

  test('unknown keys of bodies with a fixed shape are refused with their place', async () => {
    const answer = await shop.send('POST', `${visits}/bulk`, { body: { remove: { ids: [], maxAffected: 1, force: true } } })
    expect(answer.body.error).toMatchObject({ code: 'PARAMETER_UNKNOWN', path: '/remove/force' })
  })
})

describe('attack:F05 SQL where a name of a closed list belongs', () => {
  const hostile = [
    'sum(1)); DROP TABLE crm_visit; --',
    'pg_sleep(5)',
    'count(*)',
    'minutes::text',
    "ext->>'x'",
    'minutes ASC, pg_sleep(1)',
    '"id"',
  ]

  test.each(hostile)('%s is no figure, group, order or field', async (text) => {
    const one = encodeURIComponent(text)
    const asked = [
      `/api/aggregate/visit?measures=${one}`,
      `/api/aggregate/visit?measures=${encodeURIComponent(`sum:${text}`)}`,
      `/api/aggregate/visit?measures=${encodeURIComponent(`${text}:minutes`)}`,
      `/api/aggregate/visit?measures=count&group=${one}`,
      `${visits}?sort=${one}`,
      `${visits}?sort=${encodeURIComponent(`-${text}`)}`,
      `${visits}?fields=${one}`,
      where({ '<': [{ startOf: [text, 0] }, { var: 'createdAt' }] }),
      where({ '<': [{ ago: text }, { var: 'createdAt' }] }),
      where({ '===': [{ var: `custom.${text}` }, 1] }),
      where({ [text]: [{ var: 'minutes' }, 1] }),
    ]
    for (const path of asked) {
      const { status, body } = await shop.send('GET', path)
      expect([path, status]).toEqual([path, 400])
      expect(body.error.code).toMatch(/^(PARAMETER_INVALID|PARAMETER_UNKNOWN|FIELD_UNKNOWN|RULE_SHAPE|RULE_OP|LIMIT_EXCEEDED)$/)
    }
  })
})

describe('attack:F02 structures where values belong', () => {
  test.each([
    ['an operator of another language', { title: { $gt: '' } }],
    ['an unknown operator', { title: { like: '%' } }],
    ['an object with a method name', { title: { toString: 'x' } }],
    ['a nested list', { minutes: { in: [[1]] } }],
    ['text where a number belongs', { minutes: '1 or 1=1' }],
    ['an object where a number belongs', { minutes: { gte: { a: 1 } } }],
    ['a list of lists where a field’s value belongs', { minutes: [[1], [2]] }],
    ['a list of conditions that is an object', { or: { title: 'x' } }],
    ['an unknown field', { nothing: 1 }],
    ['a column of the table', { tenant_id: 'other' }],
  ])('%s is refused in a filter', async (_name, condition) => {
    const answer = await shop.send('GET', where(condition))
    expect(answer.status).toBe(400)
    expect(['RULE_OP', 'RULE_SHAPE', 'RULE_TYPE', 'FIELD_UNKNOWN', 'PARAMETER_UNKNOWN']).toContain(answer.body.error.code)
  })

  test.each(['[]', '"text"', '1', 'null', '{', ''])('where=%s is not a filter', async (text) => {
    expect((await shop.send('GET', `${visits}?where=${encodeURIComponent(text)}`)).status).toBe(400)
  })

  test.each([
    { title: { $gt: '' } },
    { title: ['x'] },
    { title: 'x', minutes: '5' },
    { title: 'x', price: 5 },
    { title: 'x', price: { minor: '1', currency: 'CNY' } },
    { title: 'x', done: 'true' },
  ])('the body %j is refused field by field', async (body) => {
    const answer = await shop.send('POST', visits, { body })
    expect(answer.status).toBe(422)
    expect(answer.body.error.details.issues.length).toBeGreaterThan(0)
  })

  test.each([
    { create: {} },
    { create: [1] },
    { create: [['x']] },
    { remove: { ids: [{ $ne: null }], maxAffected: 1 } },
    { remove: { ids: 'all', maxAffected: 1 } },
    { remove: { where: [], maxAffected: 1 } },
    { remove: { where: {} } },
    { remove: { where: {}, maxAffected: '1' } },
    { update: { where: {}, maxAffected: 1 } },
    { create: [], remove: { ids: [], maxAffected: 1 } },
    {},
  ])('the bulk body %j is refused', async (body) => {
    expect((await shop.send('POST', `${visits}/bulk`, { body })).status).toBe(400)
  })

  test('an id that is none is an unknown record', async () => {
    for (const id of ['1', '$gt', 'undefined', 'null', "'or'1'='1"]) {
      expect((await shop.send('GET', `${visits}/${encodeURIComponent(id)}`)).status).toBe(404)
    }
  })
})

describe('attack:F08 limits and cursors', () => {
  test.each(['0', '-1', '1000000000', 'NaN', 'Infinity', '10; drop', '1e2', '1.5', 'null', '', ' 5', '0x10'])(
    'limit=%s is refused',
    async (limit) => {
      const answer = await shop.send('GET', `${visits}?limit=${encodeURIComponent(limit)}`)
      expect(answer.status).toBe(400)
      expect(answer.body.error.code).toBe('PARAMETER_INVALID')
    },
  )

  test('the most is 500 and without a limit it is 50', async () => {
    expect((await shop.send('GET', `${visits}?limit=500`)).status).toBe(200)
    expect((await shop.send('GET', `${visits}?limit=501`)).status).toBe(400)
    await shop.send('POST', `${visits}/bulk`, { body: { create: Array.from({ length: 60 }, () => ({ title: 'many' })) } })
    expect((await shop.send('GET', visits)).body.records).toHaveLength(50)
  })

  test('offset is unknown', async () => {
    expect((await shop.send('GET', `${visits}?offset=1000000000`)).body.error.code).toBe('PARAMETER_UNKNOWN')
  })

  test('a cursor leads through all records once', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await shop.send('GET', `${visits}?sort=minutes&limit=7${cursor}`)
      seen.push(...page.body.records.map((record: { id: string }) => record.id))
      cursor = page.body.cursor === null ? '' : `&cursor=${encodeURIComponent(page.body.cursor)}`
    } while (cursor !== '')
    const total = (await shop.send('GET', `${visits}?count=true&limit=1`)).body.total
    expect(new Set(seen).size).toBe(total)
    expect(seen).toHaveLength(total)
  })

  test('a cursor that was cut, altered, borrowed or moved to another question is refused', async () => {
    const { cursor } = (await shop.send('GET', `${visits}?sort=minutes&limit=2`)).body
    const tries = [
      [`${visits}?sort=minutes&limit=2&cursor=${cursor.slice(0, -3)}`, 'ann'],
      [`${visits}?sort=minutes&limit=2&cursor=A${cursor.slice(1)}`, 'ann'],
      [`${visits}?sort=minutes&limit=2&cursor=${cursor}`, 'bob'],
      [`${visits}?sort=-minutes&limit=2&cursor=${cursor}`, 'ann'],
      [`${where({ minutes: 1 })}&sort=minutes&limit=2&cursor=${cursor}`, 'ann'],
      [`${visits}?sort=minutes&limit=2&cursor=`, 'ann'],
      [`${visits}?sort=minutes&limit=2&cursor=${'x'.repeat(5_000)}`, 'ann'],
    ] as const
    for (const [url, user] of tries) {
      const answer = await shop.send('GET', url, { user })
      expect([answer.status, answer.body.error.code]).toEqual([400, 'CURSOR_INVALID'])
    }
  })
})
