import { toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { webhooks } from '@guanxi/adapters/webhooks'
import type { Identity, WebhookSecret } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebhookReceiver } from '../webhooks/receiver.ts'

let crm: TestCrm
let receiver: WebhookReceiver
let respond: (request: Request) => Promise<Response>
beforeAll(async () => {
  receiver = await new WebhookReceiver().open()
  crm = await createTestCrm({
    store: sqlite(':memory:', { driver: 'better-sqlite3' }),
    webhooks: webhooks({ keys: ['a key of thirty-two characters ok'], egress: { allow: [receiver.place] } }),
  })
  await crm.directory.put({ tenant: 'test', people: [{ id: 'u', name: 'U', roles: ['admin'] }] })
  const identified = Object.assign(Object.create(crm), {
    identify: async (request: Request): Promise<Identity> => ({ id: 'u', tenant: 'test', roles: [request.headers.get('role') ?? 'admin'] }),
  })
  respond = toHandler(identified as never)
})
afterAll(() => Promise.all([crm.close(), receiver.close()]))

async function call(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
  const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...more }
  const answer = await respond(
    new Request(`http://crm/api/webhooks${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  )
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
}

test('a webhook is made, tried, changed, turned, told again and taken away', async () => {
  const made = await call('POST', '', { name: 'ERP', url: receiver.url, objects: ['deal'] })
  expect(made).toMatchObject({ status: 201, body: { webhook: { version: 1, ownerId: 'u' }, secret: expect.stringMatching(/^whsec_/) } })
  const { id } = (made.body as WebhookSecret).webhook
  expect((await call('POST', `/${id}/ping`, {})).status).toBe(202)
  await crm.flush()
  const listed = await call('GET', `/${id}/deliveries?state=delivered`)
  expect(listed.body).toMatchObject({ deliveries: [{ type: 'ping', status: 204 }], cursor: null })
  expect((await call('PATCH', `/${id}`, { name: 'x' })).status).toBe(428)
  expect((await call('PATCH', `/${id}`, { name: 'x' }, { 'if-match': '"9"' })).body.error.code).toBe('CONFLICT')
  expect((await call('PATCH', `/${id}`, { name: 'x' }, { 'if-match': '"1"' })).body).toMatchObject({ name: 'x', version: 2 })
  expect((await call('POST', `/${id}/rotate`, { overlapHours: 0 })).body.webhook.secrets).toHaveLength(1)
  expect((await call('POST', `/${id}/pause`, {})).body.state).toBe('paused')
  expect((await call('POST', `/${id}/resume`, {})).body.state).toBe('active')
  const again = await call('POST', `/${id}/deliveries/${listed.body.deliveries[0].id}/redeliver`, {})
  expect(again).toMatchObject({ status: 202, body: { state: 'pending' } })
  expect((await call('POST', `/${id}/redeliver`, { from: 0, to: 1 })).body).toEqual({ count: 0 })
  expect((await call('GET', '')).body.webhooks).toHaveLength(1)
  expect((await call('DELETE', `/${id}`, undefined, { 'if-match': '"any"' })).status).toBe(204)
  expect((await call('GET', `/${id}`)).body.error.code).toBe('NOT_FOUND')
})

test.each([
  ['POST', '', { name: 'x' }, 'PARAMETER_INVALID'],
  ['POST', '', { name: 'x', url: 'https://localhost/' }, 'WEBHOOK_URL'],
  ['POST', '', { name: 'x', url: 'https://example.com/', secret: 'y' }, 'PARAMETER_UNKNOWN'],
  ['GET', '?all=1', undefined, 'PARAMETER_UNKNOWN'],
  ['GET', '/nonsense', undefined, 'NOT_FOUND'],
  ['POST', '/x/rotate', { overlapHours: 'y' }, 'BODY_INVALID'],
  ['POST', '/x/redeliver', { from: 1 }, 'BODY_INVALID'],
])('%s %s %o is refused when it is wrong', async (method, path, body, code) => {
  expect((await call(method, path, body)).body.error.code).toBe(code)
})

test('others than administrators are refused', async () => {
  expect((await call('GET', '', undefined, { role: 'rep' })).status).toBe(403)
})
