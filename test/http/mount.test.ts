import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect } from 'node:net'
import { toNodeHandler } from '@guanxi/adapters/http'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen, type Mounted, mountHttp2, mounts } from './support/mounts.ts'
import { sendRaw } from './support/raw.ts'
import { openShop, type Shop } from './support/shop.ts'

const ann = { 'x-user': 'ann' }
const json = { ...ann, 'content-type': 'application/json' }
const visits = '/crm/api/records/visit'

describe.each(Object.entries(mounts))('attack:L07 mounted in %s', (name, mount) => {
  let shop: Shop
  let host: Mounted
  beforeAll(async () => {
    shop = await openShop()
    host = await mount(shop)
  })
  afterAll(async () => {
    await host.close()
    await shop.close()
  })
  const send = (method: string, path: string, body?: string, headers: Record<string, string> = body === undefined ? ann : json) =>
    sendRaw(host.url, method, path, {
      headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
      body,
    })
  const codeOf = ({ text }: { text: string }) => JSON.parse(text).error.code

  test('a record is created, read, changed, deleted and restored', async () => {
    const made = await send('POST', visits, '{"title":"蓝海"}')
    expect([made.status, made.headers.etag]).toEqual([201, '"1"'])
    const { id } = JSON.parse(made.text)
    expect(made.headers.location).toBe(`${visits}/${id}`)
    expect(JSON.parse((await send('GET', `${visits}/${id}`)).text).title).toBe('蓝海')
    const changed = await send('PATCH', `${visits}/${id}`, '{"minutes":5}', { ...json, 'if-match': '"1"' })
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"'])
    expect((await send('DELETE', `${visits}/${id}`, undefined, { ...ann, 'if-match': '"2"' })).status).toBe(204)
    expect((await send('POST', `${visits}/${id}/restore`, '{}', { ...json, 'if-match': '"3"' })).status).toBe(200)
  })

  test('nobody is nobody', async () => {
    const answer = await send('GET', '/crm/api/me', undefined, {})
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('a query is read as it was sent', async () => {
    const answer = await send('GET', `${visits}?where=${encodeURIComponent('{"title":"蓝海"}')}&limit=1&count=true`)
    expect(JSON.parse(answer.text).total).toBe(1)
    expect(codeOf(await send('GET', `${visits}?limit=1&limit=2`))).toBe('PARAMETER_UNKNOWN')
  })

  test.each([
    '/crm/api/me/',
    '/crm//api/me',
    '/crm/api/../api/me',
    '/crm/./api/me',
    '/crm/api%2Fme',
    '/crm/api/%2e%2e/api/me',
    '/crm/api/%252e%252e/me',
    '/crm/api\\me',
    '/crm/api/records/visit/..%2f..%2fme',
  ])('%s shows nothing to anyone', async (path) => {
    const answer = await sendRaw(host.url, 'GET', path, { headers: ann })
    const nobody = await sendRaw(host.url, 'GET', path)
    // With a fetch handler a URL is normalised before it arrives.
    if (name.includes('fetch')) expect([401, 404]).toContain(nobody.status)
    else expect([answer.status, nobody.status]).toEqual([404, 404])
    expect(nobody.text).not.toContain('permissions')
  })

  test('an unknown address and a wrong method are answered, not passed on', async () => {
    expect((await send('GET', '/crm/nothing')).status).toBe(404)
    const wrong = await send('DELETE', '/crm/api/me')
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test('HEAD has the length of GET and no body', async () => {
    const get = await send('GET', '/crm/api/objects/visit')
    const head = await send('HEAD', '/crm/api/objects/visit')
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', String(Buffer.byteLength(get.text))])
  })

  test('the openapi document names the mount as its server', async () => {
    expect(JSON.parse((await send('GET', '/crm/openapi.json')).text).servers).toEqual([{ url: '/crm' }])
  })

  test('attack:L02 a body over the limit is refused with its code', async () => {
    const answer = await send('POST', visits, `{"title":"${'x'.repeat(1_000_100)}"}`)
    expect([answer.status, codeOf(answer)]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('attack:L02 deep JSON is refused', async () => {
    const answer = await send('POST', visits, `{"title":${'['.repeat(30)}${']'.repeat(30)}}`)
    expect([answer.status, codeOf(answer)]).toEqual([400, 'JSON_TOO_DEEP'])
  })
})

describe('attack:L07 hosts that do something odd', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  test('a body that somebody read and threw away is the host’s error, and says so', async () => {
    const host = await listen(
      createServer(async (request, response) => {
        for await (const _chunk of request);
        await toNodeHandler(shop.crm, { basePath: '/crm' })(request, response)
      }),
    )
    const answer = await sendRaw(host.url, 'POST', visits, { headers: { ...json, 'content-length': '13' }, body: '{"title":"x"}' })
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([500, 'BODY_CONSUMED'])
    await host.close()
  })

  test('identify is given the host’s own request with what its middleware put there', async () => {
    const seen: unknown[] = []
    const { createCrm } = await import('@guanxi/core')
    const { sqlite } = await import('@guanxi/adapters/sqlite')
    const crm = createCrm<unknown>({
      store: sqlite(':memory:'),
      tenant: 'shop',
      identify: (request) => {
        const { user } = request as { readonly user?: string }
        seen.push(user)
        return user ? { id: user } : null
      },
    })
    await crm.open()
    const app = express()
    app.use((request, _response, next) => {
      Object.assign(request, { user: 'kim' })
      next()
    })
    app.use('/crm', toNodeHandler(crm))
    const host = await listen(createServer(app))
    const answer = await sendRaw(host.url, 'GET', '/crm/api/me')
    expect(JSON.parse(answer.text)).toMatchObject({ identity: { id: 'kim', tenant: 'shop' }, tenant: 'shop' })
    expect(seen).toEqual(['kim'])
    await host.close()
    await crm.close()
  })

  test('a request that breaks off in its body writes nothing, and the server goes on', async () => {
    const host = await listen(createServer(toNodeHandler(shop.crm, { basePath: '/crm', log: (entry) => void shop.log.push(entry) })))
    const before = (await shop.send('GET', '/api/records/visit?count=true&limit=1')).body.total
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
    socket.write(
      `POST ${visits} HTTP/1.1\r\nhost: x\r\nx-user: ann\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"title":`,
    )
    await once(socket, 'ready')
    socket.resetAndDestroy()
    expect((await sendRaw(host.url, 'GET', '/crm/api/me', { headers: ann })).status).toBe(200)
    expect((await shop.send('GET', '/api/records/visit?count=true&limit=1')).body.total).toBe(before)
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([])
    await host.close()
  })

  test('a body longer than it says is not part of the request', async () => {
    const host = await listen(createServer(toNodeHandler(shop.crm, { basePath: '/crm' })))
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.write(
      `POST ${visits} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-user: ann\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{"title":"smuggled"}`,
    )
    await once(socket, 'close')
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /)
    const found = await shop.send('GET', `/api/records/visit?where=${encodeURIComponent('{"title":"smuggled"}')}`)
    expect(found.body.records).toEqual([])
    await host.close()
  })

  test('a target with a scheme and host, or none, is no route', async () => {
    const host = await listen(createServer(toNodeHandler(shop.crm, { basePath: '/crm' })))
    expect((await sendRaw(host.url, 'GET', 'http://evil.test/crm/api/me', { headers: ann })).status).toBe(404)
    expect((await sendRaw(host.url, 'OPTIONS', '*', { headers: ann })).status).toBe(404)
    await host.close()
  })

  test('HTTP/2 is answered the same way', async () => {
    const host = await mountHttp2(shop)
    const session = connectHttp2(host.url)
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: visits,
      origin: host.url,
      ...json,
    })
    stream.end('{"title":"two"}')
    const [headers] = await once(stream, 'response')
    expect(headers[':status']).toBe(201)
    let text = ''
    for await (const chunk of stream) text += chunk
    expect(JSON.parse(text).title).toBe('two')
    session.close()
    await host.close()
  })
})
