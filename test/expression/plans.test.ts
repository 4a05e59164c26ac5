import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { type Crm, createCrm, defineObject, definePlugin, type ObjectHandle } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'

const house = defineObject('house', {
  type: 'object',
  properties: {
    code: { type: 'string', index: true },
    size: { type: 'integer', index: true },
    price: { kind: 'money', index: true },
    townId: { kind: 'reference', to: 'town' },
    visits: { kind: 'children', to: 'visit', by: 'about' },
  },
})
const visit = defineObject(
  'visit',
  { type: 'object', properties: { about: { kind: 'anyReference' }, happenedAt: { kind: 'instant' } } },
  { indexes: [['about', 'happenedAt']] },
)
const town = defineObject('town', { type: 'object', properties: { name: { type: 'string', index: true } } })
const estate = definePlugin({
  id: 'estate',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(house as ObjectHandle<object>)
    p.object(town as ObjectHandle<object>)
    p.object(visit as ObjectHandle<object>)
  },
})

interface Subject {
  readonly name: string
  open(
    observe: (statement: { readonly sql: string }) => void,
  ): Promise<{ store: Store; plan: (sql: string) => Promise<string>; close: () => Promise<void> }>
}

const subjects: readonly Subject[] = [
  {
    name: 'SQLite',
    async open(observe) {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-plans-'))
      const file = join(folder, 'crm.db')
      return {
        store: sqlite(file, { driver: 'better-sqlite3', observe }),
        async plan(sql) {
          if (sql === 'ANALYZE') return 'without statistics, as it comes'
          const database = new Database(file)
          const rows = database
            .prepare(`EXPLAIN QUERY PLAN ${sql}`)
            .all(...Array.from({ length: sql.split('?').length - 1 }, () => null)) as { detail: string }[]
          database.close()
          return rows.map(({ detail }) => detail).join('\n')
        },
        close: () => rm(folder, { recursive: true }),
      }
    },
  },
  {
    name: 'PostgreSQL',
    async open(observe) {
      const { url, drop } = await postgresDatabase()
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('SET enable_seqscan = off')
      return {
        store: postgres(url, { observe }),
        async plan(sql) {
          if (sql === 'ANALYZE') return String((await client.query(sql)).command)
          const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN) ${sql}`)
          return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
        },
        async close() {
          await client.end()
          await drop()
        },
      }
    },
  },
]

describe.each(subjects)('filters on $name', (subject) => {
  let crm: Crm
  let last = ''
  let opened: Awaited<ReturnType<Subject['open']>>

  beforeAll(async () => {
    opened = await subject.open(({ sql }) => {
      last = sql
    })
    crm = createCrm({ store: opened.store, tenant: 'test', standard: false, plugins: [estate()] })
    await crm.open()
    // Planners only look at what tells rows apart.
    const houses = Array.from({ length: 2_000 }, (_, index) => ({
      code: `c${index}`,
      size: index % 7 === 0 ? index : index + 100,
      price: { minor: index, currency: 'CNY' },
    }))
    const { ids } = await crm.as({ id: 'ada' }).records(house).createMany(houses)
    const visits = ids.slice(0, 1_000).map((id, index) => ({ about: { object: 'house', id }, happenedAt: index * 86_400_000 }))
    await crm.as({ id: 'ada' }).records(visit).createMany(visits)
    await opened.plan('ANALYZE')
  })

  afterAll(async () => {
    await crm?.close()
    await opened?.close()
  })

  it.each([
    [{ code: 'x' }, 'crm_house_code'],
    [{ code: { in: ['x', 'y'] } }, 'crm_house_code'],
    [{ code: { startsWith: 'x' } }, 'crm_house_code'],
    [{ code: { eq: { var: '$.actor.id' } } }, 'crm_house_code'],
    [{ size: { gte: 5, lt: 9 } }, 'crm_house_size'],
    [{ size: { gt: { '+': [1, 2] } } }, 'crm_house_size'],
    [{ size: { isNull: true } }, 'crm_house_size'],
    [{ '<': [3, { var: 'size' }] }, 'crm_house_size'],
    [{ price: { gt: { minor: 5, currency: 'CNY' } } }, 'crm_house_price'],
    [{ 'town.name': '蓝海' }, 'crm_town'],
    [{ code: 'x', not: { visits: { some: { happenedAt: { gte: { ago: 'P90D' } } } } } }, 'crm_visit_about_about_object_happened_at'],
    [{ '<': [{ maxOf: [{ var: 'visits' }, { var: 'happenedAt' }] }, { ago: 'P90D' }] }, 'crm_visit_about_about_object_happened_at'],
  ] as const)('%j can use its index', async (where, index) => {
    await crm
      .as({ id: 'ada' })
      .records(house)
      .count({ where: where as never })
    expect(await opened.plan(last)).toContain(index)
  })

  it('what is asked of the children of all records reads each child once at most', async () => {
    await crm
      .as({ id: 'ada' })
      .records(house)
      .count({ where: { none: [{ var: 'visits' }, { '>=': [{ var: 'happenedAt' }, { ago: 'P90D' }] }] } as never })
    expect(await opened.plan(last)).toMatch(/crm_visit_about_about_object_happened_at|Hash (Right )?Anti Join/)
  })
})
