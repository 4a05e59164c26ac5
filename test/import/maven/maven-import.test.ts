import { createImporter, type DryRunResult, type JobResult } from '@guanxi/adapters/import'
import type { Crm, Session } from '@guanxi/core'
import { customer, deal, product, stage } from '@guanxi/core/standard'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, engines } from '../../support/engines.ts'
import { admin, mavenFiles, mavenIsThere, readyCrm } from './setting.ts'

describe.skipIf(!mavenIsThere).each(engines.filter(({ name }) => name !== 'sqlite3'))('the Maven pipeline, imported on $name', (engine) => {
  let database: Database
  let crm: Crm
  let session: Session
  let rehearsed: DryRunResult
  let result: JobResult

  beforeAll(async () => {
    database = await engine.create()
    crm = await readyCrm(database)
    session = crm.as(admin)
    const importer = createImporter(crm, admin)
    let t = performance.now()
    rehearsed = await importer.dryRun(mavenFiles())
    console.log(engine.name, 'dry run', performance.now() - t)
    expect(await session.records(deal).count()).toBe(0)
    const { job } = await importer.start(mavenFiles())
    t = performance.now()
    result = await importer.run(job.id, mavenFiles())
    console.log(engine.name, 'run', performance.now() - t)
    console.log(JSON.stringify(result.repairs.map((r) => [r.file, r.column, r.code, r.count])))
  }, 240_000)

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  it('comes in whole, and the rehearsal had said so', () => {
    expect(rehearsed.problems.slice(0, 5)).toEqual([])
    expect(result).toMatchObject({ state: 'done', created: 8927, refused: 0, waiting: 0 })
    expect(rehearsed).toMatchObject({ created: 8927, refused: 0 })
  })
})
