import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { CrmError, defineObject, definePlugin } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { createTestCrm } from '@guanxi/core/testing'
import Plain from 'better-sqlite3'
import pg from 'pg'
import { test as base, expect, inject } from 'vitest'
import { type SmallDisk, smallDisk } from './small-disk.ts'

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, note: { kind: 'longText', type: 'string' } },
})
const yard = definePlugin({ id: 'yard', version: '1.0.0', core: '^0.1.0', setup: (plugin) => plugin.object(order) })

/** A database on a disk that is too small for it. */
interface Cramped {
  readonly disk: SmallDisk
  readonly store: Store
  /** Everything wrong with the files. */
  faults(): Promise<readonly string[]>
  drop(): Promise<void>
}

async function sqliteOn(driver: 'sqlite3' | 'better-sqlite3'): Promise<Cramped | null> {
  const disk = await smallDisk(4)
  if (!disk) return null
  const file = join(disk.folder, 'crm.db')
  const faults = async (): Promise<string[]> => {
    const plain = new Plain(file)
    const rows = plain.pragma('integrity_check') as { integrity_check: string }[]
    plain.close()
    return rows.map(({ integrity_check }) => integrity_check).filter((line) => line !== 'ok')
  }
  return { disk, store: sqlite(file, { driver, synchronous: 'normal' }), faults, drop: () => disk.remove() }
}

async function postgresOn(): Promise<Cramped | null> {
  const disk = await smallDisk(16)
  if (!disk) return null
  const server = inject('postgresUrl')
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const name = `cramped_${randomUUID().slice(0, 8)}`
  const { data_directory: data } = (await admin.query('SHOW data_directory')).rows[0]
  const { uid, gid } = await stat(data)
  const folder = join(disk.folder, 'space')
  await mkdir(folder)
  await chown(folder, uid, gid)
  await admin.query(`CREATE TABLESPACE ${name} LOCATION '${folder}'`)
  await admin.query(`CREATE DATABASE ${name} TABLESPACE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    disk,
    store: postgres(url.href, { pool: { min: 0, max: 3 }, log: () => {} }),
    faults: async () => [],
    async drop() {
      await admin.query(`DROP DATABASE ${name} WITH (force)`)
      await admin.query(`DROP TABLESPACE ${name}`)
      await admin.end()
      await disk.remove()
    },
  }
}

const test = base.skipIf(process.platform !== 'linux')

test.each([
  ['sqlite3', () => sqliteOn('sqlite3')],
  ['better-sqlite3', () => sqliteOn('better-sqlite3')],
  ['postgres', postgresOn],
] as const)(
  'attack:K06 a full disk on %s refuses writes and nothing else; with space again it goes on, and nothing is broken',
  async (_, open) => {
    const cramped = await open()
    if (!cramped) return
    const crm = await createTestCrm({ store: cramped.store, plugins: [yard()], standard: false })
    try {
      const records = crm.user().records(order)
      const kept: string[] = []
      const write = async (): Promise<string> => {
        // Chance does not pack: every byte needs its place.
        const note = randomBytes(24_000).toString('base64')
        const name = randomUUID()
        try {
          await records.create({ name, note })
          kept.push(name)
          return 'done'
        } catch (error) {
          return error instanceof CrmError ? error.code : String(error)
        }
      }
      let last = 'done'
      for (let turn = 0; turn < 500 && last === 'done'; turn++) last = await write()
      expect(last).toBe('STORE_UNAVAILABLE')
      const names = async (): Promise<string[]> => {
        const { records: page } = await records.find({ limit: 500, fields: ['name'] })
        return page.map(({ name }) => name).toSorted()
      }
      expect(await names()).toEqual(kept.toSorted())
      for (let turn = 0; turn < 5; turn++) expect(['done', 'STORE_UNAVAILABLE']).toContain(await write())
      expect(await names()).toEqual(kept.toSorted())
      await cramped.disk.grow(64)
      expect(await write()).toBe('done')
      expect(await names()).toEqual(kept.toSorted())
      for (const name of [kept[0], kept.at(-1)]) {
        const { records: found } = await records.find({ where: { name: name ?? '' } })
        expect((await records.changes(found[0]?.id ?? '')).entries).toHaveLength(1)
      }
      await crm.close()
      expect(await cramped.faults()).toEqual([])
    } finally {
      await crm.close()
      await cramped.drop()
    }
  },
)
