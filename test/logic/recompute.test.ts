import { defineObject, definePlugin, type ObjectHandle, type PropertySchema } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

/** The same object in three versions: without a formula, with one, with another. */
function versioned(logic: unknown) {
  const properties: Record<string, PropertySchema> = {
    name: { type: 'string' },
    size: { type: 'integer', minimum: 0, maximum: 1_000 },
    ...(logic !== undefined && { twice: { kind: 'integer', formula: { logic: logic as never, mode: 'stored' as const } } }),
  }
  const box = defineObject('box', { type: 'object', properties })
  return definePlugin({ id: 'boxes', version: '1.0.0', core: '*', setup: (p) => void p.object(box as ObjectHandle<never>) })()
}

describe.each(engines)('stored formulas that change on $name', (engine) => {
  let database: Database
  let crm: TestCrm | null = null
  const warnings: string[] = []

  const open = async (logic?: unknown): Promise<TestCrm> => {
    await crm?.close()
    warnings.length = 0
    crm = await createTestCrm({
      store: database.store(),
      plugins: [versioned(logic)],
      standard: false,
      log: ({ message, objects }) => void warnings.push(`${message} ${objects}`),
    })
    return crm
  }
  const values = async (of: TestCrm) =>
    (
      await of
        .user()
        .records('box')
        .find({ sort: ['name'] })
    ).records.map(({ twice }) => twice)

  beforeAll(async () => {
    database = await engine.create()
  })
  afterAll(async () => {
    await crm?.close()
    await database.drop()
  })

  test('are never stale in silence: the plan and the log say so until they are computed anew', async () => {
    const first = await open()
    const many = Array.from({ length: 1_002 }, (_, index) => ({ name: String(index).padStart(4, '0'), size: index % 7 }))
    await first.user().records('box').createMany(many)
    const { records } = await first
      .user()
      .records('box')
      .find({ where: { name: '0003' } })
    await first
      .user()
      .records('box')
      .remove(records[0] as never)

    const second = await open({ '*': [{ var: 'size' }, 2] })
    expect(warnings).toEqual(['Stored formulas are new or have changed; call crm.recompute(). box'])
    expect((await second.plan()).recompute).toEqual(['box'])
    expect(String(await second.plan())).toContain('recompute  box')
    expect((await values(second)).slice(0, 3)).toEqual([null, null, null])
    expect(await second.recompute()).toEqual({ records: 1_002 })
    expect((await second.plan()).recompute).toEqual([])
    expect((await values(second)).slice(0, 4)).toEqual([0, 2, 4, 8])
    expect(
      await second
        .user()
        .records('box')
        .count({ where: { twice: null } as never }),
    ).toBe(0)
    // Deleted ones, too: they may come back.
    const deleted = await second.user().records('box').find({ deleted: 'only' })
    expect(deleted.records).toMatchObject([{ name: '0003', twice: 6 }])
    expect(await second.recompute()).toEqual({ records: 0 })

    const third = await open({ '*': [{ var: 'size' }, 3] })
    expect((await third.plan()).recompute).toEqual(['box'])
    expect(await third.recompute()).toEqual({ records: 858 })
    const [, one] = (
      await third
        .user()
        .records('box')
        .find({ sort: ['name'], limit: 2 })
    ).records
    const { entries } = await third.user().records('box').changes(String(one?.id))
    expect(entries[0]).toMatchObject({ values: { twice: [2, 3] }, cause: { kind: 'formula', id: 'box' }, actor: { kind: 'system' } })

    const again = await open({ '*': [{ var: 'size' }, 3] })
    expect(warnings).toEqual([])
    expect((await again.plan()).recompute).toEqual([])
  })

  test('a stored formula that an admin adds has its values at once', async () => {
    const last = crm as TestCrm
    await last.user().definitions.addField('box', 'half', {
      kind: 'number',
      formula: { mode: 'stored', logic: { '/': [{ var: 'size' }, 2] } },
    })
    expect(
      await last
        .user()
        .records('box')
        .count({ where: { 'custom.half': null } as never }),
    ).toBe(0)
    expect(
      await last
        .user()
        .records('box')
        .count({ where: { 'custom.half': 0.5 } as never }),
    ).toBeGreaterThan(100)
  })
})

describe.each(engines)('what admins made of fields that are gone on $name', (engine) => {
  test('is left out, and the object goes on working', async () => {
    const database = await engine.create()
    const open = (properties: Record<string, PropertySchema>) => {
      const box = defineObject('box', { type: 'object', properties })
      const plugin = definePlugin({ id: 'boxes', version: '1.0.0', core: '*', setup: (p) => void p.object(box as ObjectHandle<never>) })()
      return createTestCrm({ store: database.store(), plugins: [plugin], standard: false })
    }
    const before = await open({ name: { type: 'string' }, size: { type: 'integer' } })
    const { definitions, records } = before.user()
    await definitions.addField('box', 'twice', { kind: 'integer', formula: { logic: { '+': [{ var: 'size' }, 1] } } })
    await definitions.addField('box', 'kept', { kind: 'integer', formula: { mode: 'stored', logic: { '+': [{ var: 'size' }, 2] } } })
    await definitions.addField('box', 'why', { type: 'string', when: { required: { '>': [{ var: 'size' }, 5] } } })
    await definitions.addValidation('box', {
      id: 'small',
      logic: { '<': [{ var: 'size' }, 9] },
      message: { 'zh-CN': '太大', en: 'Too large' },
    })
    await records('box').create({ name: 'one', size: 1 })
    await before.close()

    const after = await open({ name: { type: 'string' } })
    const later = after.user().records('box')
    const made = await later.create({ name: 'two' })
    expect(made).toMatchObject({ name: 'two', custom: { why: null } })
    const { records: found } = await later.find({ sort: ['name'] })
    expect(found.map(({ custom }) => custom)).toEqual([
      { twice: null, kept: 3, why: null },
      { twice: null, kept: null, why: null },
    ])
    await expect(later.find({ where: { 'custom.twice': 1 } as never })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await after.close()
    await database.drop()
  })
})
