import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({ basePath: '/crm' })
})
afterAll(() => shop.close())

describe('attack:L07 paths', () => {
  test.each([
    '/crm/api/me/',
    '/crm//api/me',
    '/crm/api//me',
    '/crm/api%2fme',
    '/crm/api/%2e%2e%2fme',
    '/crm/api/objects/visit%2ffields',
    '/crm/api/records/visit%252fx',
    '/crm/api/records/visit/a%5cb',
    '/crm/api/records/visit/a%00b',
    '/crm/api/records/visit/%',
    '/crm/api/records/visit/%zz',
    '/crm/api/records/visit/%c3%28',
    '/crm/API/me',
    '/crm/api',
    '/crm/',
    '/crm',
    '/crmx/api/me',
    '/api/me',
    '/',
    '/crm/api/plugins/visits',
    '/crm/api/plugins/visits/',
    '/crm/ui/../api/me',
    '/crm/ui/%2e%2e/me',
  ])('%s is no route, for anyone', async (path) => {
    for (const user of ['ann', null]) {
      const answer = await shop.send('GET', path, { user })
      // A URL may have been normalised on the way here: then it is the route it names, and that one asks who is there.
      const normalised = new URL(`http://x${path}`).pathname
      if (normalised !== path) expect([200, 401, 404]).toContain(answer.status)
      else expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND'])
      if (user === null) expect(answer.status).not.toBe(200)
    }
  })

  test.each([
    '/crm/api/me',
    '/crm/api/objects',
    '/crm/api/records/visit',
    '/crm/api/teams',
    '/crm/openapi.json',
    '/crm/api/plugins/visits/echo?size=1',
  ])('%s asks who is there', async (path) => {
    const answer = await shop.send('GET', path, { user: null })
    expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('who is not allowed in sends no body: it is refused before it is read', async () => {
    let pulled = 0
    const source = {
      pull(controller: ReadableStreamDefaultController<Uint8Array>) {
        pulled += 1
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    }
    const body = new ReadableStream<Uint8Array>(source, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json' }
    const request = new Request('http://shop.test/crm/api/records/visit', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    expect((await shop.handle(request)).status).toBe(401)
    expect(pulled).toBe(0)
  })

  test('a method that an address does not support is refused with those it does', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await shop.send(method, '/crm/api/records/visit')
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    }
    expect((await shop.send('POST', '/crm/api/me', { body: {} })).headers.get('allow')).toBe('GET, HEAD')
    expect((await shop.send('POST', '/crm/api/plugins/visits/echo', { body: {} })).headers.get('allow')).toBe('GET, HEAD')
  })

  test('a path that spells a name with escapes is the same path', async () => {
    expect((await shop.send('GET', '/crm/api/objects/%76isit')).body.name).toBe('visit')
  })

  test('HEAD answers like GET, without the body', async () => {
    const get = await shop.send('GET', '/crm/api/objects/visit')
    const head = await shop.send('HEAD', '/crm/api/objects/visit')
    expect(head.status).toBe(200)
    expect(head.text).toBe('')
    expect(head.headers.get('content-length')).toBe(String(new TextEncoder().encode(get.text).byteLength))
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  })
})
