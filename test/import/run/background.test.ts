import { createImporter, type ImportFile, importRuns, openTable } from '@guanxi/adapters/import'
import { customer } from '@guanxi/core/standard'
import { expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { admin, placeOn } from '../engine/setting.ts'

const names = Array.from({ length: 1_000 }, (_, index) => `客户 ${index}`)
const bytes = new TextEncoder().encode(`名称\n${names.join('\n')}\n`)
const files: ImportFile[] = [
  { name: 'a.csv', mapping: { object: 'customer', columns: [{ column: '名称', field: 'name' }] }, open: () => openTable({ bytes }) },
]

for (const engine of engines) {
  it(`closing the CRM stops a run after its batch, and another process goes on (${engine.name})`, async () => {
    const place = await placeOn(engine)
    const later = await place.another()
    const { job } = await place.importer.start(files)
    const runs = place.crm.service(importRuns)
    const seen: number[] = []
    const closed = Promise.withResolvers<void>()
    await runs.start(
      job.id,
      (options) =>
        place.importer.run(job.id, files, {
          ...options,
          batchRows: 100,
          onProgress(progress) {
            options.onProgress(progress)
            seen.push(progress.rowsDone)
            if (seen.length === 2) place.crm.close().then(closed.resolve, closed.reject)
          },
        }),
      (error) => closed.reject(error),
    )
    await closed.promise
    expect(seen).toEqual([100, 200])
    const { records: jobs } = await later.session.records('import_job').find()
    expect(jobs).toMatchObject([{ state: 'stopped', rowsDone: 200, failure: null }])
    expect(await later.importer.run(job.id, files, { batchRows: 100 })).toMatchObject({ state: 'done', created: 1_000 })
    expect(await later.session.records(customer).count()).toBe(1_000)
    expect(runs.progressOf(job.id)).toBeNull()
  })

  it(`a run that cannot begin says so to whoever started it, one that breaks off says so in its job (${engine.name})`, async () => {
    const place = await placeOn(engine)
    const { job } = await place.importer.start(files)
    const runs = place.crm.service(importRuns)
    const failures: unknown[] = []
    const start = (given: readonly ImportFile[], mostRefused?: number) =>
      runs.start(
        job.id,
        (options) => place.importer.run(job.id, given, { ...options, mostRefused, batchRows: 100 }),
        (error) => void failures.push(error),
      )
    await expect(start([])).rejects.toMatchObject({ code: 'IMPORT_FILE_MISSING' })
    const broken: ImportFile[] = files.map((file) => ({ ...file, open: () => openTable({ bytes: new TextEncoder().encode('别的\nx\n') }) }))
    await start(broken)
    await runs.close()
    expect(failures).toMatchObject([{ code: 'IMPORT_FILE_CHANGED' }])
    const { records } = await place.session.records('import_job').find()
    expect(records).toMatchObject([{ state: 'stopped', failure: expect.stringContaining('IMPORT_FILE_CHANGED') }])
    await start(files)
    await runs.close()
    expect(await createImporter(place.crm, admin).run(job.id, files)).toMatchObject({ state: 'done', created: 1_000 })
  })
}
