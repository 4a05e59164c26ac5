import { createCrm, defineObject, definePlugin, type ObjectHandle } from '@guanxi/core'
import { expect, it } from 'vitest'
import { engines } from '../support/engines.ts'

const gauge = defineObject('gauge', { type: 'object', properties: { value: { type: 'number' } } })
const plugin = definePlugin({ id: 'gauges', version: '1.0.0', core: '*', setup: (p) => void p.object(gauge as ObjectHandle<object>) })
const values = [0.49999999999999994, 0.30000000000000004, 1.005, 1e15, 1e-15, 123456789.12345679, -2.5, 5, 0]

it.each(engines)('numbers come back to the last digit, on $name', async (engine) => {
  const database = await engine.create()
  const crm = createCrm({ store: database.store(), tenant: 'test', standard: false, plugins: [plugin()] })
  await crm.open()
  const records = crm.as({ id: 'ada' }).records(gauge)
  const { ids } = await records.createMany([...values, null].map((value) => ({ value })))
  const { records: found } = await records.find({ limit: 100 })
  const byId = new Map(found.map((record) => [record.id, record.value]))
  expect(ids.map((id) => byId.get(id))).toEqual([...values, null])
  expect((await records.get(ids[0] ?? '')).value).toBe(values[0])
  const page = await records.find({ sort: ['value'], limit: 4 })
  const rest = await records.find({ sort: ['value'], limit: 100, cursor: page.cursor ?? '' })
  expect([...page.records, ...rest.records].map(({ value }) => value)).toEqual([...values.toSorted((a, b) => a - b), null])
  await records.update({ id: ids[0] ?? '', version: 1 }, { value: 0.1 + 0.2 })
  const { entries } = await records.changes(ids[0] ?? '')
  expect(entries[0]?.values?.value).toEqual([values[0], 0.1 + 0.2])
  await crm.close()
  await database.drop()
})
