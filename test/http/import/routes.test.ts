import { readdir } from 'node:fs/promises'
import { importRuns } from '@guanxi/adapters/import'
import { customer } from '@guanxi/core/standard'
import { expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { openDesk } from './setting.ts'

const csv = '客户名称,电话,地区\n蓝海科技,138 0013 8000,华东\n云杉智造,没有,华南\n红山,139 1234 5678,华北\n'

for (const engine of engines) {
  it(`takes a file in, looks at it, rehearses, imports it and gives bad rows back to be repaired (${engine.name})`, async () => {
    const desk = await openDesk({ engine })
    const uploaded = await desk.upload('客户.csv', csv)
    expect(uploaded).toMatchObject({ status: 201, body: { name: '客户.csv', format: 'csv', sheets: [], bytes: Buffer.byteLength(csv) } })
    const file = uploaded.body.id

    const preview = await desk.send('POST', '/api/imports/preview', { body: { file, object: 'customer' } })
    expect(preview).toMatchObject({
      status: 200,
      body: {
        rows: 3,
        mapping: { columns: [{ field: 'name' }, { field: 'phone' }, { field: 'region' }] },
        questions: [{ kind: 'refused' }],
      },
    })
    const { columns } = preview.body.mapping
    const mapping = { ...preview.body.mapping, key: ['name'] }

    const again = await desk.send('POST', '/api/imports/preview', {
      body: { file, object: 'customer', mapping: { object: 'customer', columns: columns.slice(0, 1) } },
    })
    expect(again.body).toMatchObject({ mapping: { columns: [{ field: 'name' }] }, questions: [] })

    const rehearsed = await desk.send('POST', '/api/imports/dry-run', { body: { files: [{ file, mapping }] } })
    expect(rehearsed).toMatchObject({
      status: 200,
      body: {
        rowsTotal: 3,
        created: 2,
        refused: 1,
        rows: [{ row: 2 }, { row: 3 }, { row: 4 }],
        problems: [{ row: 3, reasons: [{ code: 'VALUE_PHONE' }] }],
      },
    })
    const ann = desk.crm.as({ id: 'ann', roles: ['admin'] })
    expect(await ann.records(customer).count()).toBe(0)

    const made = await desk.send('POST', '/api/imports/jobs', { body: { name: 'First', files: [{ file, mapping }] } })
    expect(made).toMatchObject({ status: 201, body: { repeated: false, job: { name: 'First', state: 'ready', rowsTotal: 3 } } })
    const job = made.body.job.id
    expect(await desk.send('POST', '/api/imports/jobs', { body: { files: [{ file, mapping }] } })).toMatchObject({
      body: { repeated: true, job: { id: job } },
    })

    const run = await desk.send('POST', `/api/imports/jobs/${job}/run`, { body: {} })
    expect(run).toMatchObject({ status: 202, body: { job: { id: job }, progress: { total: 3 } } })
    expect(['running', 'done']).toContain(run.body.job.state)
    const done = await desk.rest(job)
    expect(done.body).toMatchObject({
      job: { state: 'done' },
      progress: { rows: 3, total: 3, created: 2, updated: 0, skipped: 0, refused: 1, secondsLeft: null },
      files: [{ name: '客户.csv', object: 'customer' }],
    })
    expect(await ann.records(customer).count()).toBe(2)
    await desk.crm.service(importRuns).close()
    expect(await readdir(desk.folder)).toEqual([])

    const bad = await desk.send('GET', `/api/imports/jobs/${job}/bad-rows`)
    expect(bad.body).toMatchObject({
      files: [
        {
          index: 0,
          file: '客户.csv',
          count: 1,
          columns: ['客户名称', '电话', '地区', 'Why it was not imported'],
          rows: [['云杉智造', '没有', '华南', expect.stringContaining('电话')]],
          details: [{ row: 3, state: 'refused', reasons: [{ code: 'VALUE_PHONE', column: '电话' }] }],
        },
      ],
    })
    const wrong = await desk.send('POST', `/api/imports/jobs/${job}/repairs`, {
      body: { rows: [{ file: 0, row: 3, cells: { 电话: '还是没有' } }] },
    })
    expect(wrong.body).toMatchObject({ results: [{ row: 3, outcome: 'refuse', recordId: null, reasons: [{ code: 'VALUE_PHONE' }] }] })
    const kept = await desk.send('GET', `/api/imports/jobs/${job}/bad-rows?format=csv&file=0`)
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="__.refused.csv"; filename*=UTF-8''%E5%AE%A2%E6%88%B7.refused.csv`,
    })
    expect(Buffer.from(kept.bytes).toString()).toContain('云杉智造,还是没有,华南')

    const right = await desk.send('POST', `/api/imports/jobs/${job}/repairs`, {
      body: { rows: [{ file: 0, row: 3, cells: { 电话: '137 0000 1111' } }] },
    })
    expect(right.body).toMatchObject({ results: [{ row: 3, outcome: 'create', reasons: [] }] })
    expect((await desk.send('GET', `/api/imports/jobs/${job}/bad-rows`)).body).toEqual({ files: [] })
    expect((await desk.send('GET', `/api/imports/jobs/${job}`)).body.progress).toMatchObject({ created: 3, refused: 0 })
    expect((await ann.records(customer).find({ where: { name: '云杉智造' } })).records).toMatchObject([
      { phone: '+8613700001111', region: '华南' },
    ])

    expect((await desk.send('GET', '/api/imports/jobs?limit=1')).body).toMatchObject({ jobs: [{ id: job }], cursor: null })
  })
}

it('is not there without the plugin, and refuses those who may not import', async () => {
  const without = await openDesk({ plugin: false })
  expect(await without.upload('x.csv', csv)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  expect(await without.send('GET', '/api/imports/jobs')).toMatchObject({ status: 404 })
  const desk = await openDesk({ access: { rep: { customer: ['read', 'create'] }, admin: '*' } })
  expect(await desk.upload('x.csv', csv, 'bob')).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
})

it('attack:I06 lets nobody do by import what they may not do otherwise', async () => {
  const rep = { customer: ['read'], import_job: '*', import_row: '*', import_batch: '*', import_mapping: '*' } as const
  const desk = await openDesk({ access: { rep, admin: '*' } })
  const file = (await desk.upload('x.csv', csv, 'bob')).body.id
  const mapping = { object: 'customer', columns: [{ column: '客户名称', field: 'name' }] }
  for (const path of ['/api/imports/dry-run', '/api/imports/jobs']) {
    expect(await desk.send('POST', path, { user: 'bob', body: { files: [{ file, mapping }] } })).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN', details: { action: 'create', object: 'customer' } } },
    })
  }
})

it('shows nobody the files and jobs of somebody else', async () => {
  const desk = await openDesk()
  const file = (await desk.upload('x.csv', csv)).body.id
  const mapping = { object: 'customer', columns: [{ column: '客户名称', field: 'name' }] }
  const { job } = (await desk.send('POST', '/api/imports/jobs', { body: { files: [{ file, mapping }] } })).body
  for (const user of ['bob', 'eve']) {
    for (const [method, path, body] of [
      ['DELETE', `/api/imports/files/${file}`, undefined],
      ['POST', '/api/imports/preview', { file, object: 'customer' }],
      ['POST', '/api/imports/dry-run', { files: [{ file, mapping }] }],
      ['POST', '/api/imports/jobs', { files: [{ file, mapping }] }],
      ['GET', `/api/imports/jobs/${job.id}`, undefined],
      ['POST', `/api/imports/jobs/${job.id}/run`, {}],
      ['POST', `/api/imports/jobs/${job.id}/cancel`, {}],
      ['GET', `/api/imports/jobs/${job.id}/bad-rows`, undefined],
      ['POST', `/api/imports/jobs/${job.id}/repairs`, { rows: [{ file: 0, row: 2, cells: {} }] }],
    ] as const) {
      expect(await desk.send(method, path, { user, body }), `${user} ${method} ${path}`).toMatchObject({ status: 404 })
    }
    expect((await desk.send('GET', '/api/imports/jobs', { user })).body).toEqual({ jobs: [], cursor: null })
  }
  const same = (await desk.upload('x.csv', csv, 'bob')).body.id
  expect(await desk.send('POST', '/api/imports/jobs', { user: 'bob', body: { files: [{ file: same, mapping }] } })).toMatchObject({
    status: 409,
    body: { error: { code: 'IMPORT_REPEATED' } },
  })
  expect((await desk.send('GET', `/api/imports/jobs/${job.id}`)).status).toBe(200)
})

it('goes on with files that are sent again when the first are gone', async () => {
  const desk = await openDesk()
  const file = (await desk.upload('x.csv', csv)).body.id
  const mapping = { object: 'customer', columns: [{ column: '客户名称', field: 'name' }] }
  const { job } = (await desk.send('POST', '/api/imports/jobs', { body: { files: [{ file, mapping }] } })).body
  expect(await desk.send('DELETE', `/api/imports/files/${file}`)).toMatchObject({ status: 204 })
  expect(await desk.send('POST', `/api/imports/jobs/${job.id}/run`, { body: {} })).toMatchObject({
    status: 410,
    body: { error: { code: 'IMPORT_FILE_GONE', details: { files: ['x.csv'] } } },
  })
  const again = (await desk.upload('other.csv', csv)).body.id
  expect(await desk.send('POST', `/api/imports/jobs/${job.id}/run`, { body: { files: [{ file: again }] } })).toMatchObject({ status: 202 })
  expect((await desk.rest(job.id)).body).toMatchObject({ job: { state: 'done' }, progress: { created: 3 } })
})

it('keeps mappings for the next file', async () => {
  const desk = await openDesk()
  const mapping = { object: 'customer', columns: [{ column: '客户名称', field: 'name' }], key: ['name'] }
  const path = `/api/imports/mappings/${encodeURIComponent('每月客户')}`
  expect(await desk.send('PUT', path, { body: { mapping } })).toMatchObject({ status: 200, body: { name: '每月客户', mapping } })
  expect((await desk.send('GET', '/api/imports/mappings?object=customer')).body).toEqual({ mappings: [{ name: '每月客户', mapping }] })
  expect((await desk.send('GET', '/api/imports/mappings?object=deal')).body).toEqual({ mappings: [] })
  expect(await desk.send('PUT', path, { body: { mapping: { object: 5 } } })).toMatchObject({
    status: 422,
    body: { error: { code: 'VALIDATION_FAILED', details: { issues: [{ path: '/mapping/columns' }, { path: '/mapping/object' }] } } },
  })
  expect(await desk.send('DELETE', path)).toMatchObject({ status: 204 })
  expect(await desk.send('DELETE', path)).toMatchObject({ status: 404 })
})
