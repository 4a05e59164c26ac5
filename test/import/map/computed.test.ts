import { type ImportFile, openTable } from '@guanxi/adapters/import'
import { expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { placeOn } from '../engine/setting.ts'

const engine = engines.find(({ name }) => name === 'better-sqlite3') as (typeof engines)[number]
const bytes = new TextEncoder().encode('Name,Amount,Probability,Weighted amount\nCloud,100.00 CNY,50,7\n')
const columns = [
  { column: 'Name', field: 'name' },
  { column: 'Amount', field: 'amount' },
  { column: 'Probability', field: 'probability' },
]
const file = (more: readonly { column: string; field: string }[]): ImportFile => ({
  name: 'deals.csv',
  mapping: { object: 'deal', columns: [...columns, ...more] } as never,
  open: () => openTable({ bytes }),
})

it('a column cannot be read into a field that computes itself; left out, the field is computed', async () => {
  const { importer, session } = await placeOn(engine)
  const start = async (one: ImportFile) => {
    const { job } = await importer.start([one])
    return importer.run(job.id, [one])
  }
  await expect(start(file([{ column: 'Weighted amount', field: 'weightedAmount' }]))).rejects.toMatchObject({ code: 'FIELD_COMPUTED' })
  expect(await start(file([]))).toMatchObject({ created: 1 })
  const { records } = await session.records('deal').find()
  expect(records).toMatchObject([{ name: 'Cloud', weightedAmount: { minor: 5_000, currency: 'CNY' } }])
})
