import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
let ids: readonly string[]
let schemas: Record<string, unknown>

beforeAll(async () => {
  shop = await openShop()
  const create = Array.from({ length: 30 }, (_, index) => ({
    title: `Visit ${index}`,
    minutes: index * 5,
    ownerId: index % 2 ? 'bob' : 'mei',
  }))
  ids = (await shop.send('POST', '/api/records/visit/bulk', { body: { create } })).body.ids
  schemas = (await shop.send('GET', '/openapi.json')).body.components.schemas
})
afterAll(() => shop.close())

const rules = [
  {
    id: 'long',
    when: { '>': [{ var: 'minutes' }, 60] },
    set: { color: 'red' },
    because: { 'zh-CN': '长达 {m} 分钟', en: 'it took {m} minutes', values: { m: { var: 'minutes' } } },
  },
]
const decider = {
  name: 'long-visits',
  object: 'visit',
  label: { 'zh-CN': '长拜访', en: 'Long visits' },
  rules,
  limits: { blast: { records: 10 } },
}
const id = 'admin.long-visits'

function fits(schema: string, body: unknown): void {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile({
    $ref: `#/components/schemas/${schema}`,
    components: { schemas },
  })
  expect(validate(body), `${schema}: ${JSON.stringify(validate.errors)}`).toBe(true)
}

test('an admin makes one, tries it, confirms it, asks why, and takes it back', async () => {
  const made = await shop.send('POST', '/api/deciders', { body: decider })
  expect([made.status, made.body.id, made.body.stage]).toEqual([201, id, 'draft'])
  fits('Decider', made.body)
  const preview = await shop.send('GET', `/api/deciders/${id}/preview?sample=3`)
  expect(preview.body).toMatchObject({ considered: 30, affected: 17, breaches: [{ kind: 'records', affected: 17, limit: 10 }] })
  expect(preview.body.sample).toHaveLength(3)
  fits('DeciderPreview', preview.body)
  const first = await shop.send('GET', `/api/deciders/${id}/cases?limit=10`)
  const rest = await shop.send('GET', `/api/deciders/${id}/cases?limit=10&after=${first.body.after}`)
  expect([first.body.cases.length, rest.body.cases.length, rest.body.after]).toEqual([10, 7, null])
  expect(new Set([...first.body.cases, ...rest.body.cases].map((one: { id: string }) => one.id)).size).toBe(17)
  fits('DeciderCases', first.body)
  expect((await shop.send('POST', `/api/deciders/${id}/run`, { body: {} })).status).toBe(409)
  expect((await shop.send('POST', `/api/deciders/${id}/stage`, { body: { to: 'on' } })).body).toMatchObject({ stage: 'on' })
  const stopped = await shop.send('POST', `/api/deciders/${id}/run`, { body: {} })
  expect(stopped.body).toMatchObject({ status: 'confirm', preview: { affected: 17 } })
  fits('DeciderRunResult', stopped.body)
  const ran = await shop.send('POST', `/api/deciders/${id}/run`, { body: { confirm: stopped.body.preview.token } })
  expect(ran.body).toMatchObject({ status: 'done', run: { affected: 17, by: 'ann' } })
  fits('DeciderRunResult', ran.body)
  const why = await shop.send('GET', `/api/records/visit/${ids[29]}/why`, { user: 'bob' })
  expect(why.body.decisions).toMatchObject([{ decider: id, because: { en: 'it took 145 minutes' }, undone: false }])
  fits('DeciderDecision', why.body.decisions[0])
  const not = await shop.send('GET', `/api/deciders/${id}/explain/${ids[3]}`, { user: 'bob' })
  expect(not.body).toMatchObject({ holds: false, affected: false, because: null, rules: [{ id: 'long', holds: false }] })
  fits('DeciderAnswer', not.body)
  const runs = await shop.send('GET', `/api/decider-runs?decider=${id}`)
  expect(runs.body.runs).toHaveLength(1)
  const undone = await shop.send('POST', `/api/decider-runs/${ran.body.run.id}/undo`, { body: {} })
  expect(undone.body).toMatchObject({ status: 'undone', undo: { undone: 17, kept: [] } })
  fits('DeciderRun', (await shop.send('GET', `/api/decider-runs/${ran.body.run.id}`)).body)
  expect((await shop.send('GET', '/api/aggregate/visit?where={"color":"red"}')).body.rows[0]?.values.count ?? 0).toBe(0)
})

test('a second version is compared with the first over the past, and taken back in one step', async () => {
  const sooner = [{ ...rules[0], when: { '>': [{ var: 'minutes' }, 30] } }]
  const version = await shop.send('POST', `/api/deciders/${id}/versions`, { body: { rules: sooner, note: 'sooner' } })
  expect([version.status, version.body.version]).toEqual([201, 2])
  fits('DeciderVersion', version.body)
  const found = await shop.send('GET', `/api/deciders/${id}/backtest?days=2&version=2&against=1`)
  expect(found.body).toMatchObject({ current: 1, next: 2, instants: 3, decided: { current: 17, next: 23 }, differing: { onlyNext: 6 } })
  fits('Backtest', found.body)
  await shop.send('POST', `/api/deciders/${id}/stage`, { body: { to: 'on', version: 2 } })
  expect((await shop.send('POST', `/api/deciders/${id}/rollback`, { body: {} })).body).toMatchObject({ stage: 'on', version: 1 })
  const { steps } = (await shop.send('GET', `/api/deciders/${id}/history`)).body
  expect(steps.map(({ version: one }: { version: number }) => one)).toEqual([1, 2, 1])
  fits('DeciderStep', steps[0])
})

test.each([
  ['GET', '/api/deciders/admin.nothing', undefined, 404, 'DECIDER_UNKNOWN'],
  ['GET', `/api/deciders/${id}/preview?version=9`, undefined, 404, 'DECIDER_VERSION'],
  ['GET', `/api/deciders/${id}/preview?colour=red`, undefined, 400, 'PARAMETER_UNKNOWN'],
  ['GET', `/api/deciders/${id}/preview?version=two`, undefined, 422, 'VALIDATION_FAILED'],
  ['GET', `/api/deciders/${id}/cases?after=x`, undefined, 400, 'CURSOR_INVALID'],
  ['GET', `/api/deciders/${id}/backtest?days=0`, undefined, 400, 'PARAMETER_INVALID'],
  ['POST', '/api/deciders', { ...decider, color: 'red' }, 422, 'VALIDATION_FAILED'],
  ['POST', '/api/deciders', decider, 409, 'DECIDER_TAKEN'],
  ['POST', `/api/deciders/${id}/versions`, { rules: [{ ...rules[0], when: { nothing: 1 } }] }, 400, 'FIELD_UNKNOWN'],
  ['POST', `/api/deciders/${id}/stage`, { to: 'draft' }, 422, 'VALIDATION_FAILED'],
  ['POST', `/api/deciders/${id}/run`, { confirm: 'x.y' }, 409, 'RUN_TOKEN'],
  ['GET', `/api/deciders/${id}/replay`, undefined, 409, 'DECIDER_KIND'],
  ['GET', '/api/decider-runs/0198f3a0-7c1e-7abc-8def-0123456789ab', undefined, 404, 'NOT_FOUND'],
  ['POST', '/api/decider-runs/nothing/undo', {}, 404, 'NOT_FOUND'],
] as const)('%s %s with %j is refused', async (method, path, body, status, code) => {
  const answer = await shop.send(method, path, body === undefined ? {} : { body })
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('only those who may define the object steer what runs over it', async () => {
  for (const [method, path, body] of [
    ['GET', `/api/deciders/${id}/preview`],
    ['GET', `/api/deciders/${id}/backtest`],
    ['GET', `/api/deciders/${id}/versions`],
    ['POST', `/api/deciders/${id}/run`, {}],
    ['POST', `/api/deciders/${id}/stage`, { to: 'off' }],
    ['POST', '/api/deciders', { ...decider, name: 'mine' }],
  ] as const) {
    const answer = await shop.send(method, path, { user: 'bob', ...(body && { body }) })
    expect([answer.status, answer.body.error.code], path).toEqual([403, 'FORBIDDEN'])
  }
  expect((await shop.send('GET', '/api/deciders', { user: 'bob' })).body.deciders).toEqual([])
})

test('a rule on save and its answers fit the document', async () => {
  const save = {
    kind: 'compute',
    rules: [{ id: 'long', when: { minutes: { gt: 100 } }, do: [{ action: 'set', params: { values: { color: 'red' } } }] }],
  }
  const made = await shop.send('POST', '/api/deciders', { body: { name: 'on-save', object: 'visit', label: decider.label, save } })
  expect([made.status, made.body.kind]).toEqual([201, 'compute'])
  fits('Decider', made.body)
  const replay = await shop.send('GET', '/api/deciders/admin.on-save/replay?saves=50')
  expect(replay.body.saves).toBe(50)
  fits('Replay', replay.body)
  const { actions } = (await shop.send('GET', '/api/rule-actions?object=visit')).body
  for (const action of actions) fits('DeciderAction', action)
  const wrong = await shop.send('POST', '/api/deciders', {
    body: { name: 'wrong', object: 'visit', label: decider.label, save: { ...save, kind: 'fly' } },
  })
  expect([wrong.status, wrong.body.error.code]).toEqual([422, 'VALIDATION_FAILED'])
})
