import { postgres } from '@guanxi/adapters/postgres'
import { CrmError, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const order = defineObject('order', { type: 'object', properties: { name: { type: 'string' } } })
const yard = definePlugin({ id: 'yard', version: '1.0.0', core: '*', setup: (plugin) => plugin.object(order) })

test('attack:F11 a hundred questions that take too long are ended by the server, and their connections serve others', async () => {
  const database = await postgresDatabase()
  const store = postgres({ connectionString: database.url, statement_timeout: 400 }, { pool: { min: 0, max: 25 }, log: () => {} })
  const crm = await createTestCrm({ store, plugins: [yard()], standard: false })
  const records = () => crm.user().records(order)
  await records().create({ name: 'the first' })
  const holder = new pg.Client(database.url)
  await holder.connect()
  try {
    // What a long scan would be: each question waits until its time is over.
    await holder.query('begin; lock table crm_order in access exclusive mode')
    const codes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        records()
          .find({ where: { name: { contains: `${index}` } } })
          .then(
            () => 'answered',
            (error: unknown) => (error instanceof CrmError ? error.code : String(error)),
          ),
      ),
    )
    expect(new Set(codes)).toEqual(new Set(['STORE_UNAVAILABLE']))
    await holder.query('rollback')
    expect(await records().count()).toBe(1)
    const { rows } = await holder.query(
      "select count(*)::int as waiting from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()",
    )
    expect(rows).toEqual([{ waiting: 0 }])
  } finally {
    await holder.end()
    await crm.close()
    await database.drop()
  }
})
