import { type HttpOptions, toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { defineJob, definePlugin, GiveUp, type Identity } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const job = defineJob<object>({
  id: 'yard.work',
  input: { type: 'object' },
  run: () => {
    throw new GiveUp('no')
  },
})
const yard = definePlugin({ id: 'yard', version: '1.0.0', core: '^0.1.0', setup: (plugin) => void plugin.job(job) })

let crm: TestCrm
let respond: (request: Request) => Promise<Response>
beforeAll(async () => {
  crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [yard()] })
  const identified = Object.assign(Object.create(crm), {
    identify: async (request: Request): Promise<Identity> => ({ id: 'u', tenant: 'test', roles: [request.headers.get('role') ?? 'admin'] }),
  })
  respond = toHandler(identified as never, {} satisfies HttpOptions)
})
afterAll(() => crm.close())

async function call(method: string, path: string, body?: unknown, role = 'admin') {
  const headers = { role, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const answer = await respond(
    new Request(`http://crm${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  )
  return { status: answer.status, body: (await answer.json()) as Record<string, never> & { error?: { code: string } } }
}

test('an administrator sees what was given up, replays and drops it', async () => {
  const id = await crm.user().enqueue(job, {})
  await crm.flush()
  expect((await call('GET', '/api/operations/health')).body).toMatchObject({
    ok: false,
    jobs: expect.arrayContaining([expect.objectContaining({ id: 'yard.work', dead: 1 })]),
  })
  const listed = await call('GET', '/api/operations/jobs?state=dead&job=yard.work')
  expect(listed.body).toMatchObject({ jobs: [{ id, error: 'GiveUp: no' }], cursor: null })
  expect((await call('POST', `/api/operations/jobs/${id}/replay`, {})).body).toEqual({ done: true })
  expect((await call('GET', '/api/operations/jobs?state=dead')).body.jobs).toEqual([])
  expect((await call('POST', `/api/operations/jobs/${id}/drop`, {})).body).toEqual({ done: true })
  expect((await call('POST', `/api/operations/jobs/${id}/drop`, {})).body).toEqual({ done: false })
  expect((await call('GET', '/api/operations/parked?consumer=a.b')).body).toEqual({ changes: [], cursor: null })
  expect((await call('POST', '/api/operations/parked/replay', { consumer: 'a.b', recordId: id })).body).toEqual({ done: false })
  expect((await call('POST', '/api/operations/parked/drop', { consumer: 'a.b', changeId: id })).body).toEqual({ done: false })
})

test.each([
  ['GET', '/api/operations/health', undefined],
  ['GET', '/api/operations/jobs', undefined],
  ['GET', '/api/operations/parked', undefined],
  ['POST', '/api/operations/jobs/00000000-0000-7000-8000-000000000000/drop', {}],
  ['POST', '/api/operations/parked/drop', { consumer: 'a.b', changeId: 'x' }],
])('%s %s is for administrators only', async (method, path, body) => {
  expect(await call(method, path, body, 'rep')).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
})

test.each([
  ['GET', '/api/operations/jobs?state=lost', undefined, 'PARAMETER_INVALID'],
  ['GET', '/api/operations/jobs?limit=1e9', undefined, 'PARAMETER_INVALID'],
  ['GET', '/api/operations/jobs?cursor=x', undefined, 'CURSOR_INVALID'],
  ['GET', '/api/operations/parked?who=me', undefined, 'PARAMETER_UNKNOWN'],
  ['POST', '/api/operations/parked/drop', { consumer: 1, changeId: 'x' }, 'BODY_INVALID'],
  ['POST', '/api/operations/parked/drop', { consumer: 'a', changeId: 'x', all: true }, 'PARAMETER_UNKNOWN'],
])('%s %s is refused when it is wrong', async (method, path, body, code) => {
  expect((await call(method, path, body)).body.error?.code).toBe(code)
})
