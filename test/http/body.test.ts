import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const visits = '/api/records/visit'
const post = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => shop.send('POST', visits, { raw, headers })
const count = async () => (await shop.send('GET', `${visits}?count=true&limit=1`)).body.total

describe('attack:L02 bodies that cost too much', () => {
  test('a body over 1 MB is refused', async () => {
    const answer = await post(`{"title":"${'x'.repeat(1_000_001)}"}`)
    expect(answer.status).toBe(413)
    expect(answer.body.error.code).toBe('BODY_TOO_LARGE')
  })

  test('a body whose declared length is over the limit is refused before a byte of it is read', async () => {
    let pulled = 0
    const source = {
      pull(controller: ReadableStreamDefaultController<Uint8Array>) {
        pulled += 1
        controller.enqueue(new TextEncoder().encode('{}'))
      },
    }
    const body = new ReadableStream<Uint8Array>(source, { highWaterMark: 0 })
    const headers = { 'x-user': 'ann', 'content-type': 'application/json', 'content-length': '52428800' }
    const request = new Request(`http://shop.test${visits}`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    const response = await shop.handle(request)
    expect(response.status).toBe(413)
    expect(pulled).toBe(0)
  })

  test('an endless chunked body is cut off at the limit', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const headers = { 'x-user': 'ann', 'content-type': 'application/json' }
    const request = new Request(`http://shop.test${visits}`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    const response = await shop.handle(request)
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(2_000_000)
  })

  test('exactly 20 levels are read, 21 are refused, and so is a megabyte of brackets', async () => {
    const nested = (depth: number) => `{"title":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
    expect((await post(nested(20))).body.error.code).toBe('VALIDATION_FAILED')
    expect((await post(nested(21))).body.error.code).toBe('JSON_TOO_DEEP')
    expect((await post('['.repeat(999_999))).body.error.code).toBe('JSON_TOO_DEEP')
  })

  test('10,001 keys are refused before anything is built from them', async () => {
    const keys = (amount: number) => `{${Array.from({ length: amount }, (_, index) => `"k${index}":0`).join()}}`
    expect((await post(keys(10_001))).body.error.code).toBe('JSON_TOO_MANY_KEYS')
    expect((await post(keys(10_000))).body.error.code).not.toBe('JSON_TOO_MANY_KEYS')
  })

  test.each([
    ['a number of 900,000 digits', `{"title":"x","minutes":${'9'.repeat(900_000)}}`],
    ['a number beyond doubles', '{"title":"x","minutes":1e999}'],
    ['a negative number beyond doubles', '{"title":"x","minutes":-1e999}'],
  ])('%s is refused', async (_name, raw) => {
    expect((await post(raw)).body.error.code).toBe('JSON_NUMBER')
  })

  test.each([
    ['plain', '{"title":"a","title":"b"}'],
    ['spelled with an escape', '{"title":"a","t\\u0069tle":"b"}'],
    ['deep inside', '{"title":"a","price":{"minor":1,"currency":"CNY","minor":2}}'],
  ])('a key that is there twice is refused: %s', async (_name, raw) => {
    expect((await post(raw)).body.error.code).toBe('JSON_KEY_REPEATED')
  })

  test('the same key in two objects is fine', async () => {
    const answer = await shop.send('POST', `${visits}/bulk`, { body: { create: [{ title: 'a' }, { title: 'b' }] } })
    expect(answer.status).toBe(200)
    expect(answer.body.ids).toHaveLength(2)
  })

  test('invalid UTF-8 is refused', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"title":"'), 0xc3, 0x28, ...new TextEncoder().encode('"}')])
    expect((await post(bytes)).body.error.code).toBe('BODY_NOT_UTF8')
  })

  test('a body shorter or longer than it says is refused', async () => {
    for (const length of ['5', '500', 'many']) {
      const answer = await post('{"title":"x"}', { 'content-length': length })
      expect(answer.body.error.code).toBe('BODY_LENGTH')
    }
  })

  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"; profile=x',
    ' application/json\t;\tcharset=utf8',
  ])('the content type %j is JSON', async (type) => {
    expect((await post('{"title":"typed"}', { 'content-type': type })).status).toBe(201)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=gbk',
    'application/jsonp',
    'text/plain; application/json',
    '',
  ])('the content type %j is not', async (type) => {
    const answer = await post('{"title":"x"}', { 'content-type': type })
    expect(answer.status).toBe(415)
    expect(answer.body.error.code).toBe('CONTENT_TYPE_UNSUPPORTED')
  })

  test('a compressed body is refused', async () => {
    expect((await post('{"title":"x"}', { 'content-encoding': 'gzip' })).status).toBe(415)
  })

  test('each refusal has a code of its own', async () => {
    const bodies = ['{', `${'['.repeat(30)}`, '{"a":1,"a":1}', '{"__proto__":1}', '{"a":1e999}', '[]']
    const codes = await Promise.all(bodies.map(async (raw) => (await post(raw)).body.error.code))
    expect(codes).toEqual(['JSON_INVALID', 'JSON_TOO_DEEP', 'JSON_KEY_REPEATED', 'JSON_KEY_FORBIDDEN', 'JSON_NUMBER', 'BODY_INVALID'])
  })

  test('nothing refused is written', async () => {
    const before = await count()
    await post('{"title":"a","title":"b"}')
    await post('{"title":"x"} trailing')
    expect(await count()).toBe(before)
  })
})

describe('attack:O02 keys that mean something to JavaScript', () => {
  test.each([
    '{"__proto__":{"isAdmin":true}}',
    '{"title":"x","custom":{"constructor":1}}',
    '{"title":"x","\\u005f_proto__":{"polluted":1}}',
    '{"title":"x","a":[{"prototype":{}}]}',
  ])('%s is refused at any depth and spelling', async (raw) => {
    const answer = await post(raw)
    expect(answer.body.error.code).toBe('JSON_KEY_FORBIDDEN')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('a filter may not hold them either', async () => {
    const answer = await shop.send('GET', `${visits}?where=${encodeURIComponent('{"__proto__":{"eq":1}}')}`)
    expect(answer.body.error.code).toBe('JSON_KEY_FORBIDDEN')
  })

  test.each(['toString', 'hasOwnProperty', 'then', 'toJSON'])('the field name %s is an unknown field', async (name) => {
    expect((await shop.send('POST', visits, { body: { title: 'x', [name]: 'x' } })).status).toBeGreaterThanOrEqual(400)
    expect((await shop.send('GET', `${visits}?fields=${name}`)).body.error.code).toBe('FIELD_UNKNOWN')
    expect((await shop.send('GET', `${visits}?sort=${name}`)).body.error.code).toBe('FIELD_UNKNOWN')
  })
})
