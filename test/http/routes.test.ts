import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.crm.directory.put({ teams: [{ id: 'east', name: '华东' }], people: [{ id: 'mei', name: '梅', teamIds: ['east'] }] })
})
afterAll(() => shop.close())

test('me tells who is asking and what they may do', async () => {
  const { status, body, headers } = await shop.send('GET', '/api/me')
  expect(status).toBe(200)
  expect(body).toMatchObject({ identity: { id: 'ann', name: 'ann', roles: ['admin'], tenant: 'shop', locale: 'en' }, tenant: 'shop' })
  expect(body.permissions.visit).toContain('define')
  expect(body.now).toBeTypeOf('number')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('objects are listed with their fields, and the standard ones are among them', async () => {
  const { objects } = (await shop.send('GET', '/api/objects')).body
  const names = objects.map((object: { name: string }) => object.name)
  for (const name of ['lead', 'customer', 'contact', 'deal', 'stage', 'pipeline', 'activity', 'product', 'visit'])
    expect(names).toContain(name)
  const { body } = await shop.send('GET', '/api/objects/visit')
  expect(body).toMatchObject({ name: 'visit', author: 'visits', boards: ['color'], nameField: 'title' })
  const title = body.fields.find((field: { name: string }) => field.name === 'title')
  expect(title).toMatchObject({ kind: 'text', required: true, layer: 'object', search: true, sortable: true })
  expect(JSON.stringify(body)).not.toContain('storage')
})

test('an administrator adds a field and everybody uses it', async () => {
  const added = await shop.send('POST', '/api/objects/visit/fields', { body: { name: 'mood', property: { enum: ['good', 'bad'] } } })
  expect(added.status).toBe(201)
  expect(added.body.fields.map((field: { name: string }) => field.name)).toContain('custom.mood')
  const made = await shop.send('POST', '/api/records/visit', { user: 'bob', body: { title: 'With mood', custom: { mood: 'good' } } })
  expect(made.body.custom).toEqual({ mood: 'good' })
  const found = await shop.send('GET', `/api/records/visit?where=${encodeURIComponent('{"custom.mood":"good"}')}`)
  expect(found.body.records).toHaveLength(1)
  expect(
    (await shop.send('POST', '/api/objects/visit/fields', { user: 'bob', body: { name: 'x', property: { type: 'string' } } })).status,
  ).toBe(403)
})

test.each([{ name: 'x' }, { name: 1, property: {} }, { name: 'x', property: [] }, { name: 'x', property: {}, force: true }])(
  'the field definition %j is refused',
  async (body) => {
    expect((await shop.send('POST', '/api/objects/visit/fields', { body })).status).toBe(400)
  },
)

test('two conditions are counted with what they share, and a wrong one is named', async () => {
  for (const minutes of [11, 22, 33]) await shop.send('POST', '/api/records/visit', { body: { title: `Overlap ${minutes}`, minutes } })
  const ask = (a: unknown, b: unknown) =>
    shop.send('GET', `/api/overlap/visit?a=${encodeURIComponent(JSON.stringify(a))}&b=${encodeURIComponent(JSON.stringify(b))}`)
  const mine = { title: { startsWith: 'Overlap' } }
  const long = { '>': [{ var: 'minutes' }, 20] }
  expect((await ask({ and: [mine, long] }, mine)).body).toEqual({ a: 2, b: 3, both: 2 })
  expect((await ask(mine, { nothing: 1 })).body).toMatchObject({ error: { code: 'FIELD_UNKNOWN', path: '/b/nothing' } })
  expect((await shop.send('GET', '/api/overlap/visit?a={}')).status).toBe(400)
})

test('records are found by filter, search, order and fields, and counted', async () => {
  for (const minutes of [10, 20, 30])
    await shop.send('POST', '/api/records/visit', { body: { title: `Trip ${minutes}`, minutes, color: 'red' } })
  const url = `/api/records/visit?where=${encodeURIComponent('{"minutes":{"gte":20},"color":"red"}')}&sort=-minutes&fields=title&count=true`
  const { body } = await shop.send('GET', url)
  expect(body.total).toBe(2)
  expect(body.records.map((record: { title: string }) => record.title)).toEqual(['Trip 30', 'Trip 20'])
  expect(body.records[0].minutes).toBeUndefined()
  expect((await shop.send('GET', '/api/records/visit?search=Trip')).body.records).toHaveLength(3)
})

test('figures are grouped', async () => {
  const { body } = await shop.send(
    'GET',
    `/api/aggregate/visit?group=color&measures=count,sum:minutes&where=${encodeURIComponent('{"color":"red"}')}`,
  )
  expect(body.rows).toEqual([{ group: { color: 'red' }, values: { count: 3, 'sum:minutes': 60 } }])
})

test('references and owners come along when asked for', async () => {
  const customer = (await shop.send('POST', '/api/records/customer', { body: { name: '蓝海科技' } })).body
  const contact = await shop.send('POST', '/api/records/contact', { body: { name: '王芳', customerId: customer.id, ownerId: 'mei' } })
  expect(contact.status).toBe(201)
  const { body } = await shop.send('GET', `/api/records/contact/${contact.body.id}?expand=customerId,ownerId`)
  expect(body.related).toMatchObject({ customerId: { id: customer.id, name: '蓝海科技' }, ownerId: { id: 'mei', name: '梅' } })
})

test('a record’s history is told newest first', async () => {
  const { id } = (await shop.send('POST', '/api/records/visit', { body: { title: 'Told' } })).body
  await shop.send('PATCH', `/api/records/visit/${id}`, { body: { minutes: 9 }, headers: { 'if-match': '"1"' } })
  const { entries } = (await shop.send('GET', `/api/records/visit/${id}/changes`)).body
  expect(entries.map((entry: { operation: string }) => entry.operation)).toEqual(['update', 'create'])
  expect(entries[0]).toMatchObject({ actor: { id: 'ann' }, values: { minutes: [null, 9] } })
})

test('says why a record is among those a filter finds, or is not', async () => {
  const { id } = (await shop.send('POST', '/api/records/visit', { body: { title: 'Explained', minutes: 20 } })).body
  const ask = (where: unknown) => shop.send('GET', `/api/records/visit/${id}/explain?where=${encodeURIComponent(JSON.stringify(where))}`)
  const { body } = await ask({ minutes: { gt: 30 } })
  expect(body).toMatchObject({ result: false, reasons: [{ path: '/minutes/gt', holds: false }] })
  expect(body.sentence.en).toContain('(20) is not more than 30')
  expect((await ask({ '>': [{ var: 'minutes' }, 10] })).body.result).toBe(true)
  expect((await ask({ nothing: 1 })).status).toBe(400)
  expect((await shop.send('GET', `/api/records/visit/${id}/explain`)).status).toBe(400)
})

test('bulk creates, changes and removes, within what the sender expected', async () => {
  const bulk = (body: unknown) => shop.send('POST', '/api/records/visit/bulk', { body })
  const { ids } = (await bulk({ create: [{ title: 'Bulk' }, { title: 'Bulk' }, { title: 'Bulk' }] })).body
  expect(ids).toHaveLength(3)
  expect((await bulk({ update: { where: { title: 'Bulk' }, maxAffected: 2, set: { minutes: 1 } } })).body.error.code).toBe(
    'TOO_MANY_AFFECTED',
  )
  expect((await bulk({ update: { where: { title: 'Bulk' }, maxAffected: 3, set: { minutes: 1 } } })).body.ids).toHaveLength(3)
  const each = ids.map((id: string, index: number) => ({ id, version: 2, set: { minutes: index + 10 } }))
  expect((await bulk({ updateEach: each })).body.ids).toEqual(ids)
  expect((await bulk({ updateEach: each.slice(0, 1) })).body.error).toMatchObject({ code: 'CONFLICT', path: '/version' })
  expect((await bulk({ updateEach: [{ id: ids[0], set: {} }] })).body.error).toMatchObject({ path: '/updateEach/0/version' })
  expect((await bulk({ remove: { ids, maxAffected: 3 } })).body.ids).toHaveLength(3)
  expect((await shop.send('GET', `/api/records/visit/${ids[0]}`)).status).toBe(404)
})

test('people and teams of the directory', async () => {
  expect((await shop.send('GET', '/api/people?ids=mei')).body.people).toMatchObject([{ id: 'mei', name: '梅', teamIds: ['east'] }])
  expect((await shop.send('GET', '/api/people?search=梅')).body.people).toHaveLength(1)
  expect((await shop.send('GET', '/api/teams')).body.teams).toEqual([{ id: 'east', name: '华东', parentId: null }])
})

test('an endpoint of a plugin gets its input as the schema types it', async () => {
  expect((await shop.send('GET', '/api/plugins/visits/echo?size=3&tags=a,b')).body).toEqual({ size: 3, tags: ['a', 'b'] })
  expect((await shop.send('GET', '/api/plugins/visits/nothing')).status).toBe(404)
  expect((await shop.send('GET', '/api/plugins/visits/echo?size=3&other=1')).body.error.code).toBe('PARAMETER_UNKNOWN')
})

test('an endpoint names everything that is wrong with its input', async () => {
  const none = await shop.send('GET', '/api/plugins/visits/echo')
  expect(none.body.error.details.issues).toMatchObject([{ code: 'VALUE_REQUIRED', path: '/size' }])
  const small = await shop.send('GET', '/api/plugins/visits/echo?size=0')
  expect(small.body.error.details.issues).toMatchObject([{ code: 'VALUE_TOO_SMALL', path: '/size' }])
  const text = await shop.send('GET', '/api/plugins/visits/echo?size=many')
  expect(text.body.error.details.issues).toMatchObject([{ code: 'VALUE_TYPE', path: '/size' }])
})

test('an endpoint is closed to other roles', async () => {
  const answer = await shop.send('POST', '/api/plugins/visits/fail', { user: 'bob', body: {} })
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
})
