import { toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { ChannelFailure, type Identity } from '@guanxi/core'
import type { TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handedOver, type Outbox, openDesk, outbox } from '../messages/setting.ts'

let crm: TestCrm
let email: Outbox
const people: Readonly<Record<string, Identity>> = {
  ann: { id: 'ann', roles: ['admin'], locale: 'en' },
  bob: { id: 'bob', roles: ['rep'], locale: 'zh-CN' },
}

beforeAll(async () => {
  email = outbox('email')
  const access = { admin: '*', rep: { customer: ['read'] } } as const
  crm = await openDesk({ store: () => sqlite(':memory:') }, [email], {
    access,
    identify: (request: unknown) => people[(request as Request).headers.get('x-user') ?? ''],
  } as never)
})
afterAll(() => crm.close())

async function send(method: string, path: string, { body, user = 'ann' }: { body?: unknown; user?: string } = {}) {
  const handle = toHandler({
    ...crm,
    identify: async (request: Request) => people[request.headers.get('x-user') ?? ''] as Identity,
  } as never)
  const request = new Request(`http://host.example${path}`, {
    method,
    headers: { 'x-user': user, 'content-type': 'application/json', origin: 'http://host.example' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await handle(request)
  return { status: response.status, body: await response.json() }
}

const facts = { name: '蓝海', by: 'ann', due: 0 }

test('everybody reads their own inbox, marks it, and nobody else’s', async () => {
  await crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, channels: ['inbox'] })
  await crm.user().messages.send({ template: handedOver, to: { person: 'ann' }, data: facts, channels: ['inbox'] })
  const { body } = await send('GET', '/api/inbox?unread=true&kinds=desk.handedOver', { user: 'bob' })
  expect(body).toMatchObject({
    unread: 1,
    cursor: null,
    entries: [{ kind: 'desk.handedOver', title: '安 把「蓝海」转给你', readAt: null }],
  })
  const id = body.entries[0].id
  expect((await send('POST', '/api/inbox/mark', { body: { ids: [id], read: true }, user: 'ann' })).body).toEqual({ unread: 1 })
  expect((await send('GET', '/api/inbox/unread', { user: 'bob' })).body).toEqual({ unread: 1 })
  expect((await send('POST', '/api/inbox/mark', { body: { ids: [id], read: true }, user: 'bob' })).body).toEqual({ unread: 0 })
  expect((await send('POST', '/api/inbox/mark', { body: { until: crm.clock.now }, user: 'ann' })).body).toEqual({ unread: 0 })
  expect((await send('POST', '/api/inbox/mark', { body: { ids: [id] }, user: 'bob' })).status).toBe(400)
  expect((await send('GET', '/api/inbox?limit=1000', { user: 'bob' })).status).toBe(400)
})

test('an administrator sees what was sent, with the reason, and sends again what failed', async () => {
  email.failures.push(new ChannelFailure('no such mailbox', { permanent: true }))
  const [failed] = await crm
    .user()
    .messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, channels: ['email'], priority: 'urgent' })
  await crm.flush()
  const { body } = await send('GET', '/api/messages?state=failed')
  expect(body.sends).toMatchObject([
    { id: failed?.id, recipient: 'person:bob', reason: { code: 'message_refused', message: '“email” did not take it: no such mailbox' } },
  ])
  expect((await send('POST', `/api/messages/${failed?.id}/resend`, { body: {} })).body).toMatchObject({ state: 'queued' })
  await crm.flush()
  expect((await send('POST', `/api/messages/${failed?.id}/drop`, { body: {} })).body.error).toMatchObject({ code: 'MESSAGE_STATE' })
  for (const path of ['/api/messages', '/api/messages/templates']) expect((await send('GET', path, { user: 'bob' })).status).toBe(403)
  expect((await send('POST', `/api/messages/${failed?.id}/resend`, { body: {}, user: 'bob' })).status).toBe(403)
})

test('messages are listed with their words, and shown before they are changed', async () => {
  const { templates } = (await send('GET', '/api/messages/templates')).body
  expect(templates.find(({ key }: { key: string }) => key === 'desk.handedOver')).toMatchObject({
    plugin: 'desk',
    purpose: 'work',
    setting: 'desk.handedOver.text',
    own: null,
  })
  const preview = { template: 'desk.handedOver', locale: 'en', text: { en: { title: 'Now yours: {name}' } }, data: { name: 'Blue' } }
  expect((await send('POST', '/api/messages/preview', { body: preview })).body).toMatchObject({ title: 'Now yours: Blue', shown: null })
  const wrong = await send('POST', '/api/messages/preview', { body: { ...preview, text: { en: { title: '{password}' } } } })
  expect(wrong.body.error).toMatchObject({ code: 'PARAMETER_INVALID', path: '/text' })
})
