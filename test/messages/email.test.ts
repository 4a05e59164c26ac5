import { email } from '@guanxi/adapters/messages'
import { sqlite } from '@guanxi/adapters/sqlite'
import type { MessageChannel } from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import type { TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openMailServer } from './mail-server.ts'
import { handedOver, openDesk, receipt } from './setting.ts'

let server: Awaited<ReturnType<typeof openMailServer>>
let channel: MessageChannel
let crm: TestCrm

beforeAll(async () => {
  server = await openMailServer()
  channel = email({ transport: server.url, from: 'Harbor CRM <crm@harbor.example>' })
  crm = await openDesk({ store: () => sqlite(':memory:') }, [channel], { recordUrl: ({ id }) => `https://host.example/r?a=1&b=${id}` })
})
afterAll(async () => {
  await crm.close()
  await server.close()
})
beforeEach(() => {
  server.mails.length = 0
})

const facts = { name: '蓝海科技', by: 'ann', due: Date.parse('2026-03-02T04:00:00Z') }
const decoded = (raw: string): string => {
  const words = raw.replace(/=\?UTF-8\?B\?([^?]*)\?=\r?\n? ?/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'))
  return words.replace(/=\?UTF-8\?Q\?([^?]*)\?=\r?\n? ?/gi, (_, text: string) => quoted(text.replaceAll('_', ' ')))
}
const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
const parts = (raw: string): string =>
  raw
    .split(/\r\n--[^\r\n]+\r\n/)
    .map((part) => {
      const [head = '', ...body] = part.split('\r\n\r\n')
      const text = body.join('\r\n\r\n')
      if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
      return /quoted-printable/i.test(head) ? quoted(text) : text
    })
    .join('\n')

test('a message arrives with subject, text, page and link, in the reader’s language', async () => {
  const record = await crm.user().records(lead).create({ name: '蓝海' })
  await crm.user().messages.send({
    template: handedOver,
    to: { person: 'bob' },
    data: facts,
    about: { object: 'lead', id: record.id },
    priority: 'urgent',
  })
  await crm.flush()
  const [mail] = server.mails
  expect(mail).toMatchObject({ from: 'crm@harbor.example', to: ['bob@example.com'] })
  const raw = mail?.raw ?? ''
  expect(decoded(raw)).toContain('Subject: 安 把「蓝海科技」转给你')
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(raw).toMatch(/^Content-Language: zh-CN\r$/m)
  expect(raw).toMatch(/^X-Priority: 1/m)
  const { sends } = await crm.user().messages.find({ recipient: 'person:bob' })
  expect(raw).toContain(`Message-ID: <${sends[0]?.id}@harbor.example>`)
  expect(sends[0]).toMatchObject({ state: 'sent', receipt: `<${sends[0]?.id}@harbor.example>` })
  const content = parts(raw)
  expect(content).toContain(`打开查看: https://host.example/r?a=1&b=${record.id}`)
  expect(content).toContain(`href="https://host.example/r?a=1&amp;b=${record.id}"`)
  expect(content).toContain('请在 2026年3月2日 12:00 前跟进。')
})

test('attack:W13 line breaks, second recipients and markup in facts, names and addresses stay text', async () => {
  await crm.directory.put({
    tenant: 'test',
    people: [{ id: 'eve', name: 'Eve" <x@y.example>, Bcc: all@example.com', email: 'eve@example.com' }],
  })
  const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>{by}{{constructor}}\u202Egnp.exe'
  await crm
    .user()
    .messages.send({ template: handedOver, to: { person: 'eve' }, data: { ...facts, name: evil }, priority: 'urgent', channels: ['email'] })
  await crm.flush()
  expect(server.mails.map(({ to }) => to)).toEqual([['eve@example.com']])
  const raw = server.mails[0]?.raw ?? ''
  const head = raw.split('\r\n\r\n')[0] ?? ''
  expect(head).not.toMatch(/^bcc:/im)
  expect(head.match(/^subject:/gim)?.length).toBe(1)
  const content = parts(raw)
  expect(content.slice(content.indexOf('<!doctype'))).not.toContain('<script>')
  expect(content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;{by}{{constructor}}gnp.exe')
  expect(content).not.toContain('\u202E')
})

test('attack:R04 words of administrators are text, too: nothing in them is evaluated or becomes markup', async () => {
  const title = '<img src=x onerror=alert(1)> {total} {constructor.constructor("return 1")()}'
  await crm.user().settings.set([{ key: 'desk.receipt.text', level: 'organisation', value: { 'zh-CN': { title } } }])
  const { id } = await crm.user().records(lead).create({ name: '王', email: 'wang@example.com' })
  await crm
    .user()
    .messages.send({ template: receipt, to: { record: { object: 'lead', id } }, data: { total: { minor: 100, currency: 'CNY' } } })
  await crm.flush()
  const content = parts(server.mails[0]?.raw ?? '')
  expect(content.slice(content.indexOf('<!doctype'))).not.toContain('<img')
  expect(content).toContain('&lt;img src=x onerror=alert(1)&gt; ¥1.00 {constructor.constructor')
  const preview = await crm.user().messages.preview({ template: receipt.key, channel: 'email', locale: 'zh-CN' })
  expect(preview.shown).toMatchObject({ type: 'text/html', content: expect.stringContaining('&lt;img') })
})

test('a mail server that refuses for now is asked again, one that refuses for good is not', async () => {
  server.refusals.push(451)
  const send = () =>
    crm.user().messages.send({ template: handedOver, to: { person: 'cem' }, data: facts, priority: 'urgent', channels: ['email'] })
  const [first] = await send()
  await crm.flush()
  expect((await crm.user().messages.find({ state: 'queued' })).sends[0]).toMatchObject({
    id: first?.id,
    attempts: 1,
    reason: { code: 'message_retry' },
  })
  crm.clock.now += 60_000
  await crm.flush()
  expect(server.mails.length).toBe(1)
  server.refusals.push(550)
  const [second] = await send()
  await crm.flush()
  expect((await crm.user().messages.find({ state: 'failed' })).sends[0]).toMatchObject({
    id: second?.id,
    reason: { code: 'message_refused' },
  })
  expect(server.mails.length).toBe(1)
})

test('a mail server that cannot be reached is no reason to lose a message', async () => {
  const closed = await openMailServer()
  await closed.close()
  const gone = email({ transport: closed.url, from: 'crm@harbor.example' })
  const message = {
    id: 'm',
    tenant: 't',
    attempt: 1,
    to: { name: null, address: 'a@example.com' },
    title: 't',
    body: '',
    locale: 'en',
    priority: 'normal',
    about: null,
    link: null,
  } as const
  await expect(gone.send({ ...message, signal: new AbortController().signal })).rejects.toMatchObject({
    name: 'ChannelFailure',
    permanent: false,
  })
  await gone.close?.()
})
