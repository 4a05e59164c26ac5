import { createExporter, type ObjectExport } from '@guanxi/adapters/export'
import { createImporter, openTable } from '@guanxi/adapters/import'
import type { Session } from '@guanxi/core'
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, collect } from '../import/support/collect.ts'
import { engines } from '../support/engines.ts'
import { admin, makeThings, thingsOn, thingValues } from './things.ts'

const forms = record({
  format: constantFrom('csv', 'xlsx'),
  locale: constantFrom('zh-CN', 'en'),
  headers: constantFrom('label', 'name'),
  zone: constantFrom('Asia/Shanghai', 'America/New_York'),
  key: constantFrom('id', 'code'),
})

async function stored(session: Session, ids: readonly string[]): Promise<unknown[]> {
  const { records } = await session.records('thing').find({ where: { id: { in: ids } }, limit: 500 })
  return records
}

for (const engine of engines.filter(({ name }) => name !== 'sqlite3')) {
  describe(`export and import again on ${engine.name}`, () => {
    let place: Awaited<ReturnType<typeof thingsOn>>
    beforeAll(async () => {
      place = await thingsOn(engine)
    })
    afterAll(() => place.close())

    it('attack:I02 changes nothing, whatever the records hold', { timeout: 120_000 }, async () => {
      const { crm, session } = place
      await assert(
        asyncProperty(array(thingValues, { minLength: 1, maxLength: 6 }), forms, async (values, { format, locale, headers, zone, key }) => {
          const ids = await makeThings(session, values)
          const before = await stored(session, ids)
          const options: ObjectExport = { format: format as 'csv', headers: headers as 'label', zone }
          const names = key === 'id' ? undefined : fieldsWithoutId
          const bytes = await bytesOf(
            createExporter(crm, { ...admin, locale }).object('thing', {
              ...options,
              where: { id: { in: ids } },
              ...(names && { fields: names }),
            }),
          )
          const importer = createImporter(crm, admin)
          const preview = await importer.preview(await openTable({ bytes }), 'thing')
          const mapping = key === 'id' ? preview.mapping : { ...preview.mapping, key: ['code'], zone, empty: [] }
          expect(mapping.key).toEqual([key])
          const files = [{ name: 'things', mapping, open: () => openTable({ bytes }) }]
          const { job } = await importer.start(files, { again: true })
          const result = await importer.run(job.id, files)
          const bad = await importer.badRows(job.id)
          const reasons = await Promise.all(bad.map(async ({ details }) => (await collect(details)).flatMap((row) => row.reasons)))
          expect({ ...result, reasons }).toMatchObject({ created: 0, updated: 0, refused: 0, unchanged: values.length, reasons: [] })
          expect(await stored(session, ids)).toEqual(before)
        }),
        { numRuns: 8 },
      )
    })
  })
}

const fieldsWithoutId = [
  ...['name', 'alias', 'code', 'notes', 'count', 'ratio', 'rate', 'price', 'active', 'day', 'moment', 'colour', 'colours', 'tags'],
  ...['phone', 'email', 'site', 'parentId', 'others', 'about', 'agentId', 'ownerId', 'custom.mood', 'custom.bonus'],
]
