import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('definitions carry what browsers need to follow them, and the zone their days are meant in', async () => {
  const half = { kind: 'number', formula: { logic: { '/': [{ var: 'minutes' }, 2] } }, label: { 'zh-CN': '一半', en: 'Half' } }
  const added = await shop.send('POST', '/api/objects/visit/fields', { body: { name: 'half', property: half } })
  expect(added.status).toBe(201)
  const asked = { type: 'string', when: { required: { '===': [{ var: 'done' }, true] } }, default: { logic: { var: 'title' } } }
  await shop.send('POST', '/api/objects/visit/fields', { body: { name: 'asked', property: asked } })
  const { body } = await shop.send('GET', '/api/objects/visit')
  const field = (name: string) => body.fields.find((one: { name: string }) => one.name === name)
  expect(field('custom.half')).toMatchObject({
    readOnly: true,
    sortable: true,
    formula: { logic: half.formula.logic, mode: 'read', currency: null },
    when: null,
  })
  expect(field('custom.asked')).toMatchObject({ when: asked.when, defaultLogic: { var: 'title' }, default: null, formula: null })
  expect((await shop.send('GET', '/api/me')).body.timeZone).toBe('Asia/Shanghai')
})

test('a computed field is read, asked for and sorted by like any other, and cannot be sent', async () => {
  const made = await shop.send('POST', '/api/records/visit', { body: { title: 'long', minutes: 90 } })
  expect(made.body.custom).toMatchObject({ half: 45, asked: 'long' })
  await shop.send('POST', '/api/records/visit', { body: { title: 'short', minutes: 10 } })
  const where = encodeURIComponent(JSON.stringify({ 'custom.half': { lt: 20 } }))
  const found = await shop.send('GET', `/api/records/visit?where=${where}`)
  expect(found.body.records).toMatchObject([{ title: 'short', custom: { half: 5 } }])
  const sorted = await shop.send('GET', '/api/records/visit?sort=-custom.half&limit=1')
  expect(sorted.body.records).toMatchObject([{ title: 'long' }])
  const refused = await shop.send('POST', '/api/records/visit', { body: { title: 'x', custom: { half: 1 } } })
  expect(refused.body.error.details.issues).toMatchObject([{ code: 'FIELD_COMPUTED', path: '/custom/half' }])
})

test('validations are added, held, and taken back', async () => {
  const rule = {
    id: 'short',
    logic: { '<=': [{ '??': [{ var: 'minutes' }, 0] }, 120] },
    message: { 'zh-CN': '最长两小时。', en: 'Two hours at most.' },
    path: 'minutes',
  }
  expect((await shop.send('POST', '/api/objects/visit/validations', { body: rule })).body.validations).toEqual([rule])
  const refused = await shop.send('POST', '/api/records/visit', {
    body: { title: 'x', minutes: 121 },
    headers: { 'accept-language': 'zh-CN' },
  })
  expect(refused.status).toBe(422)
  expect(refused.body.error.details.issues).toMatchObject([{ code: 'RECORD_RULE', path: '/minutes', message: 'Two hours at most.' }])
  expect((await shop.send('POST', '/api/objects/visit/validations', { body: { ...rule, id: 'x', extra: 1 } })).body.error.code).toBe(
    'DEFINITION_INVALID',
  )
  expect((await shop.send('POST', '/api/objects/visit/validations', { body: { ...rule, id: 'y' }, user: 'bob' })).status).toBe(403)
  const removed = await shop.send('DELETE', '/api/objects/visit/validations/short', { headers: { 'content-type': 'application/json' } })
  expect(removed.body.validations).toEqual([])
  expect((await shop.send('POST', '/api/records/visit', { body: { title: 'x', minutes: 121 } })).status).toBe(201)
})
