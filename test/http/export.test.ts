import { get } from 'node:http'
import { toHandler } from '@guanxi/adapters/http'
import { expect, it } from 'vitest'
import { type Desk, openDesk } from './import/setting.ts'

async function desk(): Promise<Desk> {
  const opened = await openDesk()
  const customers = opened.crm.as({ id: 'ann', roles: ['admin'] }).records('customer')
  await customers.createMany([{ name: '=HYPERLINK("http://evil.example")', phone: '13800138000' }, { name: '蓝海' }])
  return opened
}

it('sends the records of an object as a file in the reader’s language', async () => {
  const { send } = await desk()
  const csv = await send('GET', '/api/export/customer?fields=name,phone', { user: 'mei' })
  expect(Object.fromEntries(csv.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="__ 2026-03-16.csv"; filename*=UTF-8''%E5%AE%A2%E6%88%B7%202026-03-16.csv`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const lines = Buffer.from(csv.bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .split('\r\n')
  expect(lines).toEqual(['名称,电话', `"'=HYPERLINK(""http://evil.example"")",'+8613800138000`, '蓝海,', ''])
  const found = await send('GET', `/api/export/customer?format=jsonl&fields=name&where=${encodeURIComponent('{"name":"蓝海"}')}`)
  expect(Buffer.from(found.bytes).toString()).toMatch(/^\{[^\n]*"name":"蓝海"[^\n]*\}\n$/)
  const xlsx = await send('GET', '/api/export/customer?format=xlsx')
  expect(Buffer.from(xlsx.bytes.subarray(0, 2)).toString()).toBe('PK')
})

it('attack:I01 a file that it sends comes back as it was', async () => {
  const { send, upload } = await desk()
  for (const format of ['csv', 'xlsx']) {
    const { bytes } = await send('GET', `/api/export/customer?format=${format}`, { user: 'mei' })
    const file = (await upload(`back.${format}`, bytes)).body.id
    const { mapping } = (await send('POST', '/api/imports/preview', { body: { file, object: 'customer' } })).body
    const rehearsed = await send('POST', '/api/imports/dry-run', { body: { files: [{ file, mapping }] } })
    expect(rehearsed.body).toMatchObject({ created: 0, updated: 0, refused: 0, unchanged: 2 })
  }
})

it('says before the first byte what is wrong', async () => {
  const { send } = await desk()
  for (const [query, status, code] of [
    ['format=pdf', 400, 'PARAMETER_INVALID'],
    ['nope=1', 400, 'PARAMETER_UNKNOWN'],
    ['fields=nope', 400, 'FIELD_UNKNOWN'],
    ['where=[]', 400, 'PARAMETER_INVALID'],
    ['zone=Mars', 400, 'PARAMETER_INVALID'],
  ] as const) {
    expect(await send('GET', `/api/export/customer?${query}`), query).toMatchObject({ status, body: { error: { code } } })
  }
  expect(await send('GET', '/api/export/nope')).toMatchObject({ status: 404 })
  expect(await send('GET', '/api/export', { user: 'mei' })).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
  expect((await send('POST', '/api/export/customer', { body: {} })).status).toBe(405)
})

it('sends a whole tenant to those who may define', async () => {
  const { send } = await desk()
  const zip = await send('GET', '/api/export?format=zip')
  expect(zip.headers.get('content-type')).toBe('application/zip')
  expect(Buffer.from(zip.bytes).includes('manifest.json')).toBe(true)
})

it('answers HEAD without reading on, and survives readers that leave', async () => {
  const { send, url, log } = await desk()
  expect(await send('HEAD', '/api/export/customer')).toMatchObject({ status: 200, bytes: new Uint8Array() })
  await new Promise<void>((resolve, reject) => {
    get(`${url}/api/export`, { headers: { 'x-user': 'ann' } }, (response) => {
      response.once('data', () => response.destroy())
      response.once('close', () => resolve())
    }).on('error', reject)
  })
  expect((await send('GET', '/api/me')).status).toBe(200)
  expect(log).toEqual([])
})

it('does the same behind servers that speak fetch', async () => {
  const { crm, folder } = await desk()
  const handle = toHandler(crm, { imports: { folder } })
  const call = (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
    handle(
      new Request(`http://shop.test${path}`, { method, body, headers: { 'content-type': 'application/octet-stream', 'x-user': 'ann' } }),
    )
  const sent = await call('GET', '/api/export/customer?format=xlsx')
  const bytes = new Uint8Array(await sent.arrayBuffer())
  const uploaded = await call('POST', '/api/imports/files?name=back.xlsx', bytes)
  expect(uploaded.status).toBe(201)
  expect(await uploaded.json()).toMatchObject({ name: 'back.xlsx', format: 'xlsx', bytes: bytes.length })
  const left = await call('GET', '/api/export')
  await left.body?.cancel()
  expect((await call('HEAD', '/api/export/customer')).status).toBe(200)
})
