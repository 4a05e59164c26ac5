import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const visits = '/api/records/visit'
const create = async (values: Record<string, unknown> = { title: 'Visit' }) => (await shop.send('POST', visits, { body: values })).body
const patch = (id: string, version: string | null, body: unknown, headers: Record<string, string> = {}) =>
  shop.send('PATCH', `${visits}/${id}`, { body, headers: { ...(version !== null && { 'if-match': version }), ...headers } })

describe('attack:C05 two people change the same record', () => {
  test('the second is told both values and overwrites nothing', async () => {
    const { id } = await create({ title: 'Visit', minutes: 10 })
    expect((await patch(id, '"1"', { minutes: 20 })).status).toBe(200)
    const late = await patch(id, '"1"', { minutes: 30 })
    expect(late.status).toBe(409)
    expect(late.body.error.code).toBe('CONFLICT')
    expect(late.body.error.details).toMatchObject({ current: { id, version: 2, minutes: 20 }, sent: { minutes: 30 } })
    expect((await shop.send('GET', `${visits}/${id}`)).body.minutes).toBe(20)
  })

  test('of ten changes at once, one wins', async () => {
    const { id } = await create()
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => patch(id, '"1"', { minutes: index + 1 })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9)
    expect((await shop.send('GET', `${visits}/${id}`)).body.version).toBe(2)
  })

  test('deleting and restoring are locked the same way', async () => {
    const { id } = await create()
    await patch(id, '"1"', { minutes: 5 })
    expect((await shop.send('DELETE', `${visits}/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(409)
    expect((await shop.send('DELETE', `${visits}/${id}`, { headers: { 'if-match': '"2"' } })).status).toBe(204)
    expect((await shop.send('POST', `${visits}/${id}/restore`, { body: {}, headers: { 'if-match': '"2"' } })).status).toBe(409)
    expect((await shop.send('POST', `${visits}/${id}/restore`, { body: {}, headers: { 'if-match': '"3"' } })).status).toBe(200)
  })

  test('without If-Match nothing changes, on any door', async () => {
    const { id } = await create()
    const answers = [
      await patch(id, null, { minutes: 1 }),
      await shop.send('DELETE', `${visits}/${id}`),
      await shop.send('POST', `${visits}/${id}/restore`, { body: {} }),
    ]
    for (const answer of answers) expect([answer.status, answer.body.error.code]).toEqual([428, 'VERSION_REQUIRED'])
  })

  test.each(['"1", "2"', '*', '"0"', '"-1"', '"1.5"', '"x"', '""', '"99999999999999999999"'])(
    'If-Match: %s is refused',
    async (version) => {
      const { id } = await create()
      const answer = await patch(id, version, { minutes: 1 })
      expect([answer.status, answer.body.error.code]).toEqual([400, 'PARAMETER_INVALID'])
    },
  )

  test('an ETag comes back as it was given, also weakened by a proxy; "any" gives up the lock', async () => {
    const made = await shop.send('POST', visits, { body: { title: 'x' } })
    const { id } = made.body
    expect(made.headers.get('etag')).toBe('"1"')
    expect((await patch(id, made.headers.get('etag'), { minutes: 1 })).headers.get('etag')).toBe('"2"')
    expect((await patch(id, 'W/"2"', { minutes: 2 })).status).toBe(200)
    expect((await patch(id, '"any"', { minutes: 3 })).body.version).toBe(4)
  })
})

describe('attack:C07 the same idempotency key', () => {
  const send = (key: string, body: unknown, user = 'ann') => shop.send('POST', visits, { user, body, headers: { 'idempotency-key': key } })

  test('in parallel, one record is made', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('parallel', { title: 'once' })))
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
  })

  test('after success, the record is answered again', async () => {
    const first = await send('again', { title: 'again' })
    const second = await send('again', { title: 'again' })
    expect(second.body.id).toBe(first.body.id)
  })

  test('with another body it is refused', async () => {
    await send('other-body', { title: 'one' })
    const answer = await send('other-body', { title: 'two' })
    expect([answer.status, answer.body.error.code]).toEqual([409, 'IDEMPOTENCY_MISMATCH'])
  })

  test('another user is independent', async () => {
    const ann = await send('shared', { title: 'mine' }, 'ann')
    const bob = await send('shared', { title: 'mine' }, 'bob')
    expect(bob.status).toBe(201)
    expect(bob.body.id).not.toBe(ann.body.id)
  })

  test('after a refusal the key is free', async () => {
    expect((await send('refused', { minutes: 1 })).status).toBe(422)
    expect((await send('refused', { title: 'now right', minutes: 1 })).status).toBe(201)
  })

  test.each(['', ' ', 'with space', 'x'.repeat(201), 'tab\there'])('the key %j is refused', async (key) => {
    const headers = new Headers({ 'x-user': 'ann', 'content-type': 'application/json' })
    headers.set('idempotency-key', key)
    const answer = await shop.handle(new Request(`http://shop.test${visits}`, { method: 'POST', headers, body: '{"title":"x"}' }))
    expect(answer.status).toBe(400)
  })

  test('the longest key is taken', async () => {
    expect((await send('x'.repeat(200), { title: 'long' })).status).toBe(201)
  })
})

describe('requests of other sites', () => {
  const send = (headers: Record<string, string>, method = 'POST') =>
    shop.send(method, visits, { ...(method === 'POST' && { body: { title: 'x' } }), headers })

  test.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://shop.test', host: 'shop.test' },
    { authorization: 'Bearer token', 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
    {},
  ])('%j may change data', async (headers) => {
    expect((await send(headers)).status).toBe(201)
  })

  test.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://shop.test', host: 'shop.test' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { origin: 'http://shop.test.evil.test' },
    { authorization: 'Basic dXNlcjpwYXNz', 'sec-fetch-site': 'cross-site' },
  ])('%j may not', async (headers) => {
    const answer = await send(headers)
    expect([answer.status, answer.body.error.code]).toEqual([403, 'CSRF_REFUSED'])
  })

  test('reading is not a change', async () => {
    expect((await send({ 'sec-fetch-site': 'cross-site' }, 'GET')).status).toBe(200)
  })

  test('a trusted origin may change data', async () => {
    const trusting = await openShop({ trustedOrigins: ['https://app.test'] })
    const headers = { origin: 'https://app.test', 'sec-fetch-site': 'same-site' }
    expect((await trusting.send('POST', visits, { body: { title: 'x' }, headers })).status).toBe(201)
    await trusting.close()
  })
})
