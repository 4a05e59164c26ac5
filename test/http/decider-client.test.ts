import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from '../../packages/ui-components/src/client/client.ts'
import { DeciderClient } from '../../packages/ui-components/src/client/decider-client.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
let deciders: DeciderClient

beforeAll(async () => {
  shop = await openShop()
  const server: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('x-user', 'ann')
    return shop.handle(new Request(new URL(String(input), 'http://shop.test'), { ...init, headers }))
  }
  deciders = new DeciderClient(new Client({ base: '', fetch: server }))
})
afterAll(() => shop.close())

test('it makes, tries, runs, explains and takes back', async () => {
  const { id } = await shop.crm
    .as({ id: 'ann', tenant: 'shop', roles: ['admin'] })
    .records('visit')
    .create({ title: 'Long', minutes: 90 })
  const made = await deciders.create({
    name: 'red',
    object: 'visit',
    label: { 'zh-CN': '标红', en: 'Red' },
    rules: [{ id: 'long', when: { minutes: { gt: 60 } }, set: { color: 'red' }, because: { 'zh-CN': '太长', en: 'too long' } }],
  })
  expect(await deciders.list()).toEqual([made])
  expect(await deciders.preview(made.id, { sample: 1 })).toMatchObject({ affected: 1, token: null })
  expect((await deciders.cases(made.id)).cases).toHaveLength(1)
  await deciders.propose(made.id, { note: 'again' })
  expect(await deciders.versions(made.id)).toHaveLength(2)
  expect(await deciders.backtest(made.id, { days: 1, version: 2, against: 1 })).toMatchObject({ differing: { records: 0 } })
  await deciders.advance(made.id, { to: 'on' })
  const result = await deciders.run(made.id)
  if (result.status !== 'done') throw new Error('one record needs no confirmation')
  expect(await deciders.why('visit', String(id))).toMatchObject([{ because: { en: 'too long' } }])
  expect(await deciders.explain(made.id, String(id))).toMatchObject({ holds: true, affected: false })
  expect(await deciders.undo(result.run.id)).toMatchObject({ status: 'undone' })
  expect(await deciders.runs({ decider: made.id })).toEqual([await deciders.getRun(result.run.id)])
  expect(await deciders.rollback(made.id)).toMatchObject({ stage: 'off' })
  expect(await deciders.history(made.id)).toHaveLength(2)
  expect(await deciders.get(made.id)).toMatchObject({ version: 2 })
})

test('rules on save: made, tried on what was saved, switched on, and their refusals told at their field', async () => {
  const ann = shop.crm.as({ id: 'ann', tenant: 'shop', roles: ['admin'] })
  const reject = { action: 'reject', params: { message: { 'zh-CN': '太短：{m} 分钟', en: 'too short: {m} minutes' }, field: 'minutes' } }
  const made = await deciders.create({
    name: 'short-visits',
    object: 'visit',
    label: { 'zh-CN': '太短的拜访', en: 'Short visits' },
    save: {
      kind: 'validation',
      rules: [
        {
          id: 'short',
          when: { minutes: { lt: 5 } },
          do: [reject],
          because: { 'zh-CN': '太短', en: 'too short', values: { m: { var: 'minutes' } } },
        },
      ],
    },
  })
  expect(made).toMatchObject({ kind: 'validation', stage: 'draft', broken: null })
  await ann.records('visit').create({ title: 'Hello', minutes: 2 })
  expect(await deciders.replay(made.id, { saves: 1 })).toMatchObject({ saves: 1, fired: 1, sample: [{ name: 'Hello', refused: true }] })
  expect((await deciders.actions('visit')).map(({ id }) => id)).toContain('reject')
  await deciders.advance(made.id, { to: 'on' })
  const refused = await shop.send('POST', '/api/records/visit', { body: { title: 'Bye', minutes: 3 } })
  expect([refused.status, refused.body.error.details.issues]).toMatchObject([
    422,
    [{ code: 'RECORD_RULE', path: '/minutes', message: 'too short: 3 minutes' }],
  ])
  await expect(deciders.run(made.id)).rejects.toMatchObject({ status: 409, code: 'DECIDER_KIND' })
  const save = { kind: 'validation', rules: [{ id: 'short', when: { minutes: 1 }, do: [reject] }] } as const
  await expect(deciders.propose(made.id, { save })).rejects.toMatchObject({
    ...{ status: 422, code: 'ACTION_INVALID', path: '/rules/0/do/0/params/message/zh-CN' },
  })
})
