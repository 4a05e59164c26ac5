import { createExporter } from '@guanxi/adapters/export'
import { createImporter, importing, openTable } from '@guanxi/adapters/import'
import { createCrm, defineObject, definePlugin } from '@guanxi/core'
import { expect, it } from 'vitest'
import { bytesOf } from '../import/support/collect.ts'
import { engines } from '../support/engines.ts'

/** Boxes whose option `old` may be chosen, or no more. */
function boxes(retired: boolean) {
  const old = { value: 'old', label: { 'zh-CN': '旧', en: 'Old' }, retired }
  const box = defineObject('box', {
    type: 'object',
    properties: { name: { kind: 'text' }, kind: { kind: 'choice', options: [old, { value: 'new', label: { 'zh-CN': '新', en: 'New' } }] } },
  })
  return definePlugin({ id: 'boxes', version: '1.0.0', core: '*', setup: (recorder) => void recorder.object(box) })()
}

const ada = { id: 'ada', roles: ['admin'], tenant: 'test', locale: 'en' }

for (const engine of engines) {
  it(`an option that may no longer be chosen stays where it is, and comes to no new record (${engine.name})`, async () => {
    const database = await engine.create()
    const before = createCrm({ store: database.store(), plugins: [boxes(false), importing()] })
    await before.open()
    await before
      .as(ada)
      .records('box')
      .createMany([
        { name: 'a', kind: 'old' },
        { name: 'b', kind: 'new' },
      ])
    await before.close()
    const crm = createCrm({ store: database.store(), plugins: [boxes(true), importing()] })
    await crm.open()
    try {
      const exported = Buffer.from(
        await bytesOf(createExporter(crm, ada).object('box', { fields: ['id', 'name', 'kind'], sort: ['name'] })),
      ).toString()
      expect(exported).toContain(',a,Old\r\n')
      const bytes = new TextEncoder().encode(`${exported.replace(',b,New', ',b,Old')},c,Old\r\n`)
      const importer = createImporter(crm, ada)
      const { mapping } = await importer.preview(await openTable({ bytes }), 'box')
      const result = await importer.dryRun([{ name: 'x', mapping, open: () => openTable({ bytes }) }])
      expect(result.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'refuse', 'refuse'])
    } finally {
      await crm.close()
      await database.drop()
    }
  })
}
