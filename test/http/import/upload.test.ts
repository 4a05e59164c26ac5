import { randomUUID } from 'node:crypto'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { writeXlsx } from '@guanxi/adapters/import'
import { expect, it } from 'vitest'
import { bytesOf } from '../../import/support/collect.ts'
import { openDesk } from './setting.ts'

const csv = '名称\n蓝海\n'
const raw = { 'content-type': 'application/octet-stream' }

it('says what a workbook holds', async () => {
  const desk = await openDesk()
  const bytes = await bytesOf(writeXlsx('客户', [{ name: '名称', type: 'text' }], [['蓝海']]))
  expect(await desk.upload('客户.xlsx', bytes)).toMatchObject({
    status: 201,
    body: { name: '客户.xlsx', format: 'xlsx', sheets: ['客户'], bytes: bytes.length, expiresAt: desk.clock.now + 24 * 3_600_000 },
  })
})

it('keeps every byte of a large file, in the order they came', async () => {
  const desk = await openDesk()
  const lines = Array.from({ length: 60_000 }, (_, index) => `客户 ${index},${'x'.repeat(40)}`)
  const text = `名称,说明\n${lines.join('\n')}\n`
  const { id, bytes } = (await desk.upload('x.csv', text)).body
  expect(bytes).toBe(Buffer.byteLength(text))
  expect(await readFile(join(desk.folder, id), 'utf8')).toBe(text)
})

it('takes files only as they are, and only from its own pages', async () => {
  const desk = await openDesk()
  const path = '/api/imports/files?name=x.csv'
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
    expect(await desk.send('POST', path, { raw: csv, headers: { 'content-type': type } }), type).toMatchObject({
      status: 415,
      body: { error: { code: 'IMPORT_UPLOAD_TYPE' } },
    })
  }
  expect(await desk.send('POST', path, { raw: csv, headers: { ...raw, 'content-encoding': 'gzip' } })).toMatchObject({ status: 415 })
  expect(await desk.send('POST', path, { raw: csv, headers: { ...raw, origin: 'https://evil.example' } })).toMatchObject({
    status: 403,
    body: { error: { code: 'CSRF_REFUSED' } },
  })
  expect(await readdir(desk.folder)).toEqual([])
})

it('attack:I16 makes a name safe to show and to send, and never a path of it', async () => {
  const desk = await openDesk()
  const names = new Map([
    ['../../etc/passwd.csv', 'passwd.csv'],
    ['C:\\temp\\..\\leads.csv', 'leads.csv'],
    ['"><img src=x onerror=alert(1)>.csv', '"><img src=x onerror=alert(1)>.csv'],
    ['a\r\nset-cookie: x=1\u202evsc.csv', 'aset-cookie: x=1vsc.csv'],
    ['..', 'file'],
    ['\u0000', 'file'],
    ['长'.repeat(300), '长'.repeat(200)],
  ])
  for (const [given, kept] of names) expect((await desk.upload(given, csv)).body.name).toBe(kept)
})

it('attack:I03 counts while it reads, and keeps nothing of what is too much', async () => {
  const desk = await openDesk({ http: { imports: { maxBytes: 1_000 } } })
  const declared = await desk.send('POST', '/api/imports/files', { raw: 'x'.repeat(1_001), headers: raw })
  expect(declared).toMatchObject({ status: 413, body: { error: { code: 'BODY_TOO_LARGE' } } })
  const answer = await chunked(desk.url, 2_000)
  expect(answer).toContain(' 413 ')
  expect(await readdir(desk.folder)).toEqual([])
  expect(await desk.upload('x.csv', csv)).toMatchObject({ status: 201 })
})

it('refuses what is no table at once, and takes what a person can still explain', async () => {
  const desk = await openDesk()
  expect(await desk.upload('x.csv', '%PDF-1.7 …')).toMatchObject({ status: 415, body: { error: { code: 'IMPORT_FILE_TYPE' } } })
  expect(await desk.upload('x.xlsx', 'PK\x03\x04 no zip')).toMatchObject({ status: 422, body: { error: { code: 'IMPORT_FILE_DAMAGED' } } })
  expect(await readdir(desk.folder)).toEqual([])
  const mixed = Buffer.concat([Buffer.from('名称\n蓝海\n'.repeat(50)), Buffer.from([0xff, 0xfe, 0xc0, 0x0a])])
  const { status, body } = await desk.upload('x.csv', mixed)
  expect(status).toBe(201)
  expect(await desk.send('POST', '/api/imports/preview', { body: { file: body.id, object: 'customer' } })).toMatchObject({ status: 422 })
  expect(
    await desk.send('POST', '/api/imports/preview', { body: { file: body.id, object: 'customer', encoding: 'windows-1252' } }),
  ).toMatchObject({ status: 200 })
})

it('reads below the row that a person points at', async () => {
  const desk = await openDesk()
  const { id } = (await desk.upload('x.csv', '三月报表\n\n客户名称,电话\n蓝海,13800138000\n')).body
  const asked = { file: id, object: 'customer' }
  expect((await desk.send('POST', '/api/imports/preview', { body: { ...asked, header: 3 } })).body).toMatchObject({
    columns: ['客户名称', '电话'],
    rows: 1,
    sample: [{ row: 4 }],
  })
  expect(await desk.send('POST', '/api/imports/preview', { body: { ...asked, header: 0 } })).toMatchObject({ status: 422 })
})

it('takes files away when their time is over, whoever left them, and what broke off long ago', async () => {
  const desk = await openDesk({ http: { imports: { keepHours: 2 } } })
  const { id } = (await desk.upload('x.csv', csv)).body
  const stale = join(desk.folder, `${randomUUID()}.part`)
  await writeFile(stale, 'x')
  await utimes(stale, 1, 1)
  await writeFile(join(desk.folder, 'of-others.json'), '{}')
  desk.clock.now += 2 * 3_600_000
  expect(await desk.send('POST', '/api/imports/preview', { body: { file: id, object: 'customer' } })).toMatchObject({ status: 404 })
  const next = (await desk.upload('y.csv', csv, 'bob')).body.id
  expect((await readdir(desk.folder)).sort()).toEqual([next, `${next}.json`, 'of-others.json'].sort())
})

it('lets nobody fill the folder with files', async () => {
  const desk = await openDesk()
  for (let count = 0; count < 50; count += 1) await writeFile(join(desk.folder, `${randomUUID()}.json`), note('ann', desk.clock.now + 1))
  expect(await desk.upload('x.csv', csv)).toMatchObject({ status: 400, body: { error: { code: 'LIMIT_EXCEEDED' } } })
  expect(await desk.upload('x.csv', csv, 'bob')).toMatchObject({ status: 201 })
})

it('takes ids for nothing but ids', async () => {
  const desk = await openDesk()
  await writeFile(join(desk.folder, 'secret.json'), note('ann', desk.clock.now + 1))
  for (const id of ['secret', '..%2fsecret', '.', 'x'.repeat(5_000)]) {
    expect(await desk.send('DELETE', `/api/imports/files/${id}`)).toMatchObject({ status: 404 })
  }
})

const note = (actor: string, expiresAt: number): string =>
  JSON.stringify({ tenant: 'desk', actor, expiresAt, upload: { id: 'x', name: 'x', bytes: 1, format: 'csv', sheets: [], expiresAt } })

/** Sends a body whose length nobody declares. */
function chunked(url: string, size: number): Promise<string> {
  const { port, host } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`POST /api/imports/files HTTP/1.1\r\nhost: ${host}\r\nx-user: ann\r\ncontent-type: application/octet-stream\r\n`)
      socket.write('transfer-encoding: chunked\r\nconnection: close\r\n\r\n')
      socket.write(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`)
    })
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}
