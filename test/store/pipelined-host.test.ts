import { postgres } from '@guanxi/adapters/postgres'
import { createCrm, defineObject, definePlugin } from '@guanxi/core'
import knexFactory from 'knex'
import { expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const note = defineObject('note', {
  type: 'object',
  required: ['name'],
  properties: { name: { kind: 'text' }, tags: { kind: 'multiChoice', enum: ['a', 'b'] }, amount: { kind: 'decimal' } },
})
const notes = definePlugin({ id: 'notes', version: '1.0.0', core: '*', setup: (recorder) => recorder.object(note) })
const ada = { id: 'ada', tenant: 't1', roles: ['sales'] }

test("a host's connections that send ahead take the driver's own queries only, and records work all the same", async () => {
  const { url, drop } = await postgresDatabase()
  const host = knexFactory({ client: 'pg', connection: { connectionString: url, pipeline: true } as object, pool: { min: 0, max: 2 } })
  const crm = createCrm({ store: postgres(host), plugins: [notes()], access: { sales: { note: '*' } }, tenant: 't1', identify: () => ada })
  try {
    await crm.open()
    const records = crm.as(ada).records(note)
    const made = await records.create({ name: '蓝海', tags: ['a'], amount: '12.50' })
    const changed = await records.update(made, { amount: '13.00' })
    await expect(records.update(made, { amount: '14.00' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await records.createMany([{ name: 'Second' }, { name: 'Third' }])
    const { records: page } = await records.find({ sort: ['name'], limit: 2 })
    expect(await records.get(made.id)).toEqual(changed)
    expect(page).toHaveLength(2)
    expect(changed).toMatchObject({ name: '蓝海', tags: ['a'], amount: '13.00', version: 2 })
  } finally {
    await crm.close()
    await host.destroy()
    await drop()
  }
})
