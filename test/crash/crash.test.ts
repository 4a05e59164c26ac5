import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createTestCrm } from '@guanxi/core/testing'
import { describe, expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { expectWhole } from './invariants.ts'
import { killWriter } from './kill-writer.ts'
import { parcel, parcels } from './parcels.ts'

/** How many writers are killed on each engine; the deep run asks for more. */
const kills = Number(process.env.CRASH_KILLS ?? 5)

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-crash-'))
      const file = join(folder, 'crm.db')
      return {
        address: file,
        store: () => sqlite(file, { synchronous: 'normal' }),
        drop: () => rm(folder, { recursive: true, force: true }),
      }
    },
  },
  {
    name: 'postgres',
    async open() {
      const { url, drop } = await postgresDatabase()
      return { address: url, store: () => postgres(url), drop }
    },
  },
]

describe.each(targets)('a writer killed on $name', (target) => {
  test(`attack:K01 ${kills} kills at arbitrary moments leave whole records only, and a retry with its key makes one`, {
    timeout: 60_000 + kills * 5_000,
  }, async () => {
    const database = await target.open()
    const store = database.store()
    const crm = await createTestCrm({ store, plugins: [parcels()], standard: false })
    try {
      for (let round = 0; round < kills; round++) {
        const prefix = `round${round}`
        const { acknowledged } = await killWriter(database.address, prefix, 2 + ((round * 7) % 11), (round * 13) % 29)
        await expectWhole(crm, store)
        const records = crm.user({ id: 'writer' }).records(parcel)
        for (const name of acknowledged) expect(await records.count({ where: { name } }), name).toBe(1)
        const inFlight = `${prefix}-${acknowledged.length}`
        await records.create({ name: inFlight }, { idempotencyKey: inFlight })
        expect(await records.count({ where: { name: inFlight } })).toBe(1)
      }
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})
