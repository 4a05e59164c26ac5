import { describe, expect, it } from 'vitest'
import { Client } from '../src/client/client.ts'
import { ClientError } from '../src/client/client-error.ts'
import { FakeServer } from './support/fake-server.ts'

const setUp = () => {
  const fake = new FakeServer()
  return { fake, client: new Client({ base: '/crm', fetch: fake.fetch }) }
}

describe('The client', () => {
  it('sends the version it read as If-Match, and JSON', async () => {
    const { fake, client } = setUp()
    const saved = await client.update('deal', 'd1', 1, { name: '新名字' })
    const sent = fake.seen.at(-1)
    expect(saved.version).toBe(2)
    expect(sent?.headers.get('if-match')).toBe('"1"')
    expect(sent?.headers.get('content-type')).toBe('application/json')
    expect(sent?.body).toEqual({ name: '新名字' })
  })

  it('spells a query the way the contract wants it and leaves out what is not asked', async () => {
    const { fake, client } = setUp()
    await client.find('deal', {
      where: { stageId: 's1' },
      search: '物流',
      sort: ['-amount', 'name'],
      limit: 5,
      expand: ['customerId'],
      count: true,
      cursor: null,
    })
    expect(Object.fromEntries(fake.seen.at(-1)?.query ?? [])).toEqual({
      where: '{"stageId":"s1"}',
      search: '物流',
      sort: '-amount,name',
      limit: '5',
      expand: 'customerId',
      count: 'true',
    })
    await client.find('deal')
    expect([...(fake.seen.at(-1)?.query.keys() ?? [])]).toEqual([])
  })

  it('brings the server’s error with code, message, path, hint and details', async () => {
    const { fake, client } = setUp()
    fake.change('deal', 'd1', { name: '别人的' })
    const error = await client.update('deal', 'd1', 1, { name: '我的' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      path: null,
      hint: null,
      details: { version: 2, current: { name: '别人的' } },
    })
  })

  it('takes a single problem with a path for an issue', async () => {
    const { fake, client } = setUp()
    fake.refuseNext(() => true, { status: 409, code: 'DUPLICATE_VALUE', message: '已被使用。', path: '/uscc' })
    const error = await client.create('customer', {}).catch((thrown: unknown) => thrown)
    expect((error as ClientError).issues).toEqual([{ code: 'DUPLICATE_VALUE', path: '/uscc', message: '已被使用。', hint: null }])
  })

  it('calls a request without an answer NETWORK', async () => {
    const { fake, client } = setUp()
    fake.refuseNext(() => true, 'offline')
    await expect(client.me()).rejects.toMatchObject({ code: 'NETWORK', status: 0 })
  })

  it('makes an error of an answer that is no JSON', async () => {
    const client = new Client({ base: '/crm', fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }) })
    await expect(client.me()).rejects.toMatchObject({ code: 'HTTP_502', status: 502 })
  })

  it('throws the abort, not an error of ours, when it is called off', async () => {
    const { fake, client } = setUp()
    const release = fake.hold(() => true)
    const abort = new AbortController()
    const reading = client.find('deal', {}, abort.signal).catch((thrown: unknown) => thrown)
    abort.abort()
    release()
    expect(await reading).toMatchObject({ name: 'AbortError' })
  })

  it('adds the host’s headers and the reader’s language', async () => {
    const fake = new FakeServer()
    const client = new Client({ base: '/crm', fetch: fake.fetch, headers: () => ({ authorization: 'Bearer x' }) })
    client.locale = 'en'
    await client.me()
    expect(fake.seen[0]?.headers.get('authorization')).toBe('Bearer x')
    expect(fake.seen[0]?.headers.get('accept-language')).toBe('en')
  })
})
