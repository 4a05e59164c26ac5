import { customer, deal } from '@guanxi/core/standard'
import { expect, it } from 'vitest'
import { directory } from '../../../examples/demo/src/people.ts'
import { loadSample } from '../../../examples/demo/src/sample.ts'
import { engines } from '../../support/engines.ts'
import { admin, placeOn } from './setting.ts'

for (const engine of engines) {
  it(`the demo’s sample comes in whole, with its past, and only once (${engine.name})`, async () => {
    const { crm, session } = await placeOn(engine)
    await crm.directory.put({ ...directory, tenant: 'test' })
    await loadSample(crm, admin)
    const { records: jobs } = await session.records('import_job').find()
    expect(jobs).toMatchObject([{ state: 'done', created: 300, updated: 0, refused: 0 }])
    expect(await session.records(customer).count({ where: { ownerId: { isNull: true } } })).toBe(0)
    const past = await session.records(deal).aggregate({ group: ['status'], measures: ['count'], asOf: Date.UTC(2025, 5, 30) })
    const now = await session.records(deal).aggregate({ group: ['status'], measures: ['count'] })
    const count = (rows: typeof now): number => rows.reduce((sum, { values }) => sum + Number(values.count), 0)
    expect(count(now)).toBe(260)
    expect(count(past)).toBeLessThan(160)
    expect(now.map(({ group }) => group.status).sort()).toEqual(['lost', 'open', 'won'])
    await loadSample(crm, admin)
    expect(await session.records(deal).count()).toBe(260)
  })
}
