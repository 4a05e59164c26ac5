import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { type Desk, openDesk } from './setting.ts'

const rows = 2_000
const csv = `名称,电话\n${Array.from({ length: rows }, (_, index) => `客户 ${index},${index % 1_000 === 7 ? 'no' : '13800138000'}`).join('\n')}\n`
const mapping = {
  object: 'customer',
  columns: [
    ['名称', 'name'],
    ['电话', 'phone'],
  ].map(([column, field]) => ({ column, field })),
}

async function jobOn(desk: Desk): Promise<string> {
  const file = (await desk.upload('x.csv', csv)).body.id
  return (await desk.send('POST', '/api/imports/jobs', { body: { files: [{ file, mapping }] } })).body.job.id
}

for (const engine of engines) {
  it(`a job is cancelled while it runs and goes on when asked again (${engine.name})`, async () => {
    const desk = await openDesk({ engine })
    const job = await jobOn(desk)
    const path = `/api/imports/jobs/${job}`
    expect((await desk.send('POST', `${path}/run`, { body: {} })).body.job.state).toBe('running')
    expect(await desk.send('POST', `${path}/cancel`, { body: {} })).toMatchObject({ status: 200, body: { job: { state: 'cancelled' } } })
    const again = await Promise.all([1, 2].map(() => desk.send('POST', `${path}/run`, { body: {} })))
    expect(again.map(({ status }) => status)).toEqual([202, 202])
    const end = await desk.rest(job)
    expect(end.body).toMatchObject({ job: { state: 'done' }, progress: { rows, total: rows, created: rows - 2, refused: 2 } })
    expect(
      await desk.crm
        .as({ id: 'ann', roles: ['admin'] })
        .records('customer')
        .count(),
    ).toBe(rows - 2)
    expect(await desk.send('POST', `${path}/run`, { body: {} })).toMatchObject({ status: 202, body: { job: { state: 'done' } } })
  })
}

it('several sheets and files of one name are one job, in the order of their references', async () => {
  const desk = await openDesk()
  const customers = (await desk.upload('a.csv', '名称\n蓝海\n')).body.id
  const deals = (await desk.upload('a.csv', '商机,客户\n一号,蓝海\n')).body.id
  const files = [
    {
      file: deals,
      mapping: {
        object: 'deal',
        columns: [
          ['商机', 'name'],
          ['客户', 'customerId'],
        ].map(([column, field]) => ({ column, field })),
      },
    },
    { file: customers, mapping: { object: 'customer', columns: [{ column: '名称', field: 'name' }] } },
  ]
  expect((await desk.send('POST', '/api/imports/dry-run', { body: { files } })).body).toMatchObject({ created: 2, refused: 0 })
  const { job } = (await desk.send('POST', '/api/imports/jobs', { body: { files } })).body
  await desk.send('POST', `/api/imports/jobs/${job.id}/run`, { body: {} })
  expect((await desk.rest(job.id)).body).toMatchObject({
    job: { state: 'done' },
    progress: { created: 2, refused: 0 },
    files: [
      { name: 'a.csv (2)', object: 'customer' },
      { name: 'a.csv', object: 'deal' },
    ],
  })
})

it('bodies that are wrong are refused by name', async () => {
  const desk = await openDesk()
  const file = (await desk.upload('x.csv', csv)).body.id
  for (const [path, body, issue] of [
    ['preview', { file }, '/object'],
    ['preview', { file, object: 'customer', sheet: 5 }, '/sheet'],
    ['dry-run', { files: [] }, '/files'],
    ['dry-run', { files: [{ file, mapping: { object: 'customer', columns: [{ column: 'a' }] } }] }, '/files/0/mapping/columns/0/field'],
    ['jobs', { files: [{ file, mapping, nope: 1 }] }, '/files/0/nope'],
    ['jobs', { files: [{ file, mapping: { ...mapping, values: { name: { a: 5 } } } }] }, '/files/0/mapping/values/name/a'],
  ] as const) {
    const answer = await desk.send('POST', `/api/imports/${path}`, { body })
    expect(answer, issue).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED' } } })
    expect(answer.body.error.details.issues.map((each: { path: string }) => each.path)).toContain(issue)
  }
  const twice = { ...mapping, columns: [...mapping.columns, { column: '电话', field: 'name' }] }
  expect(await desk.send('POST', '/api/imports/jobs', { body: { files: [{ file, mapping: twice }] } })).toMatchObject({
    status: 422,
    body: { error: { code: 'IMPORT_MAPPING_INVALID' } },
  })
  expect(await desk.send('POST', '/api/imports/preview', { body: { file, object: 'nope' } })).toMatchObject({ status: 404 })
  expect((await desk.send('GET', '/api/imports/jobs/nope')).status).toBe(404)
  expect((await desk.send('PUT', '/api/imports/jobs', { body: {} })).status).toBe(405)
})

it('an upload that breaks off leaves nothing behind', async () => {
  const desk = await openDesk()
  const { port, host } = new URL(desk.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`POST /api/imports/files HTTP/1.1\r\nhost: ${host}\r\nx-user: ann\r\ncontent-type: application/octet-stream\r\n`)
  socket.write(`content-length: 1000000\r\n\r\n${'x'.repeat(1_000)}`)
  await expect.poll(() => readdir(desk.folder)).toHaveLength(1)
  socket.destroy()
  await expect.poll(() => readdir(desk.folder)).toEqual([])
})
