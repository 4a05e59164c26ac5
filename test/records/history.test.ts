import { defineObject, definePlugin, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const noteDefinition = defineObject('note', { type: 'object', properties: { text: { type: 'string' }, count: { type: 'integer' } } })
interface Note extends RecordOf<typeof noteDefinition> {}
const note: ObjectHandle<Note> = noteDefinition
const otherDefinition = defineObject('other', { type: 'object', properties: { text: { type: 'string' } } })

const notes = definePlugin({
  id: 'notes',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(note)
    plugin.object(otherDefinition)
  },
})

describe.each(engines)('all changes of an object on $name', ({ create }) => {
  let database: Database
  let crm: TestCrm
  const rep = () => crm.user({ id: 'rep', roles: ['rep'] }).records(note)
  const admin = () => crm.user().records(note)
  beforeAll(async () => {
    database = await create()
    const access = { admin: '*', rep: { note: { read: 'own', create: 'all', update: 'own', delete: 'own' } } } as const
    crm = await createTestCrm({ store: database.store(), plugins: [notes()], standard: false, access })
    const { ids } = await admin().createMany(Array.from({ length: 12 }, (_, count) => ({ text: `n${count}`, count })))
    for (const id of ids.slice(0, 3)) for (let count = 20; count < 27; count++) await admin().update({ id, version: 'any' }, { count })
    await admin().removeMany({ ids: ids.slice(10), maxAffected: 2 })
    await crm.user().records('other').create({ text: 'of another object' })
    await crm.user({ tenant: 'elsewhere' }).records(note).create({ text: 'of another tenant' })
    const own = await rep().create({ text: 'own' })
    await rep().update(own, { text: 'own, changed' })
    const gone = await rep().create({ text: 'gone' })
    await rep().remove(gone)
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  const walk = async (records: ReturnType<typeof admin>, limit: number) => {
    const pages = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await records.history({ limit, ...(cursor && { cursor }) })
      expect(page.entries.length).toBeLessThanOrEqual(limit)
      pages.push(page.entries)
      cursor = page.cursor
    }
    return pages.flat()
  }

  test('every change is there once, record by record, each from its beginning, whatever the size of the pages', async () => {
    const whole = await walk(admin(), 500)
    // 12 made, 21 changes, 2 deleted; of the rep's two records two changes each.
    expect(whole).toHaveLength(12 + 21 + 2 + 4)
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
    expect(whole.every(({ object }) => object === 'note')).toBe(true)
    const order = whole.map(({ recordId, version }) => [recordId, version] as const)
    expect(order).toEqual([...order].sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1)))
    for (const limit of [1, 2, 7, 8, 15]) expect(await walk(admin(), limit)).toEqual(whole)
    for (const id of new Set(whole.map(({ recordId }) => recordId))) {
      const { entries } = await admin().changes(id, { limit: 500 })
      expect(whole.filter(({ recordId }) => recordId === id)).toEqual(entries.toReversed())
    }
  })

  test('who sees some records sees their changes only; deleted ones are for those who may restore', async () => {
    const seen = await walk(rep(), 2)
    expect(seen.map(({ operation, values }) => [operation, values?.text?.[1]])).toEqual([
      ['create', 'own'],
      ['update', 'own, changed'],
    ])
    await expect(crm.user({ id: 'x', roles: [] }).records(note).history()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a cursor belongs to its reader, and what nobody knows is refused', async () => {
    const { cursor } = await admin().history({ limit: 1 })
    await expect(rep().history({ cursor: cursor ?? '' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    await expect(admin().history({ limit: 501 })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(admin().history({ since: 1 } as never)).rejects.toMatchObject({ code: 'PARAMETER_UNKNOWN' })
  })
})
