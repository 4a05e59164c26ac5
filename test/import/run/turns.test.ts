import { createImporter, type ImportFile, type ImportMapping, importing, openTable } from '@guanxi/adapters/import'
import { check, createCrm, definePlugin } from '@guanxi/core'
import { customer } from '@guanxi/core/standard'
import { expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'

/** More than the second and third part can be together, which start at 50 and grow fivefold at most while the loop is free. */
const rows = 650
const lines = Array.from({ length: rows }, (_, index) => `客户 ${index},2025-01-01,2025-02-${String(1 + (index % 28)).padStart(2, '0')}`)
const bytes = new TextEncoder().encode(`name,since,later\n${lines.join('\n')}\n`)
const mapping: ImportMapping = {
  object: 'customer',
  columns: [{ column: 'name', field: 'name' }],
  history: { createdAt: 'since', stages: [{ at: 'later', set: { region: { value: '华南' } } }] },
}

for (const engine of engines) {
  it(`the host’s event loop turns between the parts of an import (${engine.name})`, async () => {
    let sinceTurn = 0
    let most = 0
    let written = 0
    const counting = definePlugin({
      id: 'counting',
      version: '1.0.0',
      core: '*',
      setup(recorder) {
        recorder.hook(
          check(customer, { id: 'count', on: ['create', 'update'], reads: [] }, () => {
            sinceTurn += 1
            written += 1
            most = Math.max(most, sinceTurn)
          }),
        )
      },
    })
    const database = await engine.create()
    const crm = createCrm({ store: database.store(), plugins: [importing(), counting()], tenant: 'test' })
    await crm.open()
    let running = true
    const turn = (): void => {
      sinceTurn = 0
      if (running) setImmediate(turn)
    }
    setImmediate(turn)
    try {
      const importer = createImporter(crm, { id: 'ada', roles: ['admin'] })
      const files: ImportFile[] = [{ name: 'a.csv', mapping, open: () => openTable({ bytes }) }]
      const { job } = await importer.start(files)
      expect(await importer.run(job.id, files)).toMatchObject({ created: rows })
      expect(
        await crm
          .as({ id: 'ada', roles: ['admin'] })
          .records(customer)
          .count({ where: { region: '华南' } }),
      ).toBe(rows)
      expect(written).toBeGreaterThanOrEqual(2 * rows)
      // A turn of ours may come just before or just after that of the import, so that two parts are counted as one.
      expect(most).toBeLessThan(rows)
    } finally {
      running = false
      await crm.close()
      await database.drop()
    }
  })
}
