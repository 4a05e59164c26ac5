import { postgres } from '@guanxi/adapters/postgres'
import { committed, defineJob, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const order = defineObject('order', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const told: string[] = []
const send = defineJob<object>({ id: 'yard.send', input: { type: 'object' }, run: () => void told.push('sent') })
const yard = definePlugin({
  id: 'yard',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(order)
    plugin.job(send)
    plugin.hook(committed(order, { id: 'tell' }, ({ values }) => void told.push(String(values.name?.[1]))))
  },
})

/** What a dump brought into another cluster looks like: its transactions are numbered far beyond those of the new one. */
async function bringBack(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`UPDATE crm_change SET xid = (xid::text::bigint + 1000000000)::text::xid8`)
  await client.query(
    `UPDATE crm_consumer SET cursor = (split_part(cursor, ':', 1)::bigint + 1000000000)::text || ':' || split_part(cursor, ':', 2)`,
  )
  await client.query(`UPDATE crm_instance SET value = 'another/1' WHERE key = 'database'`)
  await client.end()
}

test.each([
  ['deliver', ['sent', 'waiting', 'after'], 0],
  ['skip', ['after'], 1],
] as const)(
  'attack:K13 after a restore elsewhere nothing is sent before somebody chooses to %s, and nothing new is lost',
  async (choice, expected, dead) => {
    const { url, drop } = await postgresDatabase()
    const open = () => createTestCrm({ store: postgres(url), plugins: [yard()], standard: false })
    told.length = 0
    try {
      const before = await open()
      await before.user().records(order).create({ name: 'told' })
      await before.flush()
      await before.user().records(order).create({ name: 'waiting' })
      await before.user().enqueue(send, {})
      await before.close()
      await bringBack(url)
      told.length = 0
      const crm = await open()
      const other = await open()
      try {
        await crm.flush()
        expect(told).toEqual([])
        expect(await crm.health()).toMatchObject({ ok: false, held: true })
        await other.resumeRestored(choice)
        await crm.user().records(order).create({ name: 'after' })
        await crm.flush()
        expect(told.toSorted()).toEqual([...expected].toSorted())
        expect(await crm.health()).toMatchObject({ held: false })
        expect((await crm.user().operations.jobs({ state: 'dead' })).jobs).toHaveLength(dead)
      } finally {
        await crm.close()
        await other.close()
      }
    } finally {
      await drop()
    }
  },
)
