import { toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { StoreFailure } from '@guanxi/core/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, type LogEntry, openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('an error that nobody foresaw shows a trace number, and the log has the rest', async () => {
  for (const answer of [
    await shop.send('POST', '/api/plugins/visits/fail', { body: {} }),
    await shop.send('GET', '/api/me', { user: 'crash' }),
  ]) {
    expect([answer.status, answer.body.error.code]).toEqual([500, 'INTERNAL'])
    expect(answer.text).not.toMatch(/hunter2|at .*\.ts|Error:/)
    const [trace] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(answer.body.error.hint) ?? []
    const entry = shop.log.find((one) => one.trace === trace)
    expect(entry?.level).toBe('error')
    expect(String(entry?.error)).toContain('hunter2')
  }
})

test('a database that is away is worth another try', async () => {
  const answer = await shop.send('POST', '/api/plugins/visits/fail', { body: { with: 'store' } })
  expect([answer.status, answer.body.error.code, answer.headers.get('retry-after')]).toEqual([503, 'STORE_UNAVAILABLE', '2'])
})

test('a database that fails in the middle of a request is the same, and is logged', async () => {
  let isAway = false
  const observe = () => {
    if (isAway) throw new StoreFailure('disk I/O error on /var/secret.db', true)
  }
  const crm = createCrm({ store: sqlite(':memory:', { observe }), tenant: 'shop', identify: () => ({ id: 'ann', roles: ['admin'] }) })
  await crm.open()
  const log: LogEntry[] = []
  const handle = toHandler(crm, { log: (entry) => void log.push(entry) })
  expect((await handle(new Request('http://x/api/records/customer'))).status).toBe(200)
  isAway = true
  const answer = await answerOf(await handle(new Request('http://x/api/records/customer')))
  expect([answer.status, answer.body.error.code, answer.headers.get('retry-after')]).toEqual([503, 'STORE_UNAVAILABLE', '2'])
  expect(answer.text).not.toContain('secret')
  expect(log).toMatchObject([{ level: 'error', code: 'STORE_UNAVAILABLE' }])
  isAway = false
  await crm.close()
})

test('errors speak the reader’s language: their own, else the browser’s', async () => {
  const message = async (user: string | null, language: string) =>
    (await shop.send('GET', '/api/records/visit?x=1', { user, headers: { 'accept-language': language } })).body.error.message
  expect(await message('mei', 'en')).toContain('不认识')
  expect(await message('ann', 'zh-CN')).toContain('Unknown')
  expect(await message(null, 'zh-CN,zh;q=0.9')).toContain('请先登录')
  expect(await message(null, 'fr')).toContain('Sign in')
})

test('what is wrong with a record is told all at once', async () => {
  const { status, body } = await shop.send('POST', '/api/records/visit', { body: { minutes: 'x', email: 'nobody', color: 'green' } })
  expect(status).toBe(422)
  expect(body.error.code).toBe('VALIDATION_FAILED')
  const paths = body.error.details.issues.map((issue: { path: string }) => issue.path)
  expect(paths.sort()).toEqual(['/color', '/email', '/minutes', '/title'])
  for (const issue of body.error.details.issues) expect(issue.message).toMatch(/\w/)
})

test('errors are not cached and not sniffed', async () => {
  const { headers } = await shop.send('GET', '/api/nothing')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
})
