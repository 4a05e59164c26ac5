import { type BatchRow, type BatchValues, UniqueViolation } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import {
  change,
  changes,
  columns,
  decoded,
  insertPlan,
  keys,
  keyTable,
  type Lead,
  lead,
  leads,
  newId,
  read,
  updatePlan,
} from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const size = 250
const keySatellite = { op: 'insert', table: keyTable, columns: ['tenant_id', 'kind', 'value', 'lead_id'], conflict: 'error' } as const

export function batches(subject: () => Subject): void {
  const session = () => subject().store.direct

  test('a batch inserts rows, change rows and satellites, each once', async () => {
    const tenant = newId()
    const records = many(tenant, (index) => ({
      amount: index,
      hot: index % 2 === 0,
      score: index / 8,
      tags: '["x"]',
      ext: `{"f_1":"${index} '\\""}`,
    }))
    const satellites = [records.map((record) => [tenant, 'phone', record.id, record.id])]
    const plan = insertPlan({ satellites: [keySatellite] })
    const outcome = await session().writeBatch(plan, { ...batch(tenant, records.map(inserted)), satellites })
    expect(outcome).toEqual({ written: true, refused: [], full: [], missing: [] })
    const found = (await leads(session(), tenant)).map((row) => decoded(row))
    expect(found).toHaveLength(size)
    expect(found[9]).toMatchObject({ amount: 9, hot: false, score: 9 / 8, tags: ['x'], ext: { f_1: '9 \'"' } })
    const written = await changes(session(), tenant)
    expect(new Set(written.map((row) => row.record_id))).toEqual(new Set(records.map((record) => record.id)))
    expect(written).toHaveLength(size)
    expect(written[0]?.values).toBe('{"name":[null,"Blue Sea"]}')
  })

  test('a batch updates its rows and moves each version by one', async () => {
    const { tenant, records } = await seeded(session())
    const plan = updatePlan(['note', 'ext'])
    const rows = records.map((record, index) => updated(record, [`note ${index}`, '{"f_2":1}']))
    expect((await session().writeBatch(plan, batch(tenant, rows))).written).toBe(true)
    expect(decoded((await leads(session(), tenant))[7])).toMatchObject({ note: 'note 7', version: 2, ext: { f_2: 1 } })
    expect((await changes(session(), tenant)).filter((row) => Number(row.version) === 2)).toHaveLength(size)
  })

  test.each([
    ['version', (row: BatchRow) => ({ ...row, version: 7 }), {}],
    ['found', (row: BatchRow) => ({ ...row, id: newId() }), {}],
    ['revision', (row: BatchRow) => row, { revision: 1 }],
    ['policy', (row: BatchRow) => row, { policy: ['?', 'somebody else'] }],
  ] as const)('one record that fails the guard "%s" refuses the whole batch', async (guard, spoil, values) => {
    const { tenant, records } = await seeded(session())
    const policy = { op: 'eq', operand: { column: 'updated_by', nullable: false }, param: 1 } as const
    const rows = records.map((record) => updated(record, ['changed']))
    rows[100] = spoil(rows[100] as BatchRow)
    const outcome = await session().writeBatch(updatePlan(['note'], { policy }), { ...batch(tenant, rows), policy: ['?', 'u1'], ...values })
    expect(outcome).toEqual({ written: false, refused: [guard], full: [], missing: [] })
    expect((await leads(session(), tenant)).every((row) => row.note === null)).toBe(true)
    expect(await changes(session(), tenant)).toHaveLength(size)
  })

  test('a batch with a deleted record is refused as a whole', async () => {
    const tenant = newId()
    const records = [lead({ tenant_id: tenant }), lead({ tenant_id: tenant, deleted_at: 1 })]
    await session().writeBatch(insertPlan(), batch(tenant, records.map(inserted)))
    const rows = records.map((record) => updated(record, ['changed']))
    expect((await session().writeBatch(updatePlan(['note']), batch(tenant, rows))).refused).toEqual(['state'])
  })

  test('a unique key taken by the last record leaves nothing of the batch', async () => {
    const tenant = newId()
    const records = many(tenant, (index) => ({ phone: String(index === size - 1 ? 0 : index) }))
    const satellites = [records.map((record) => [tenant, 'phone', record.id, record.id])]
    const work = session().writeBatch(insertPlan({ satellites: [keySatellite] }), { ...batch(tenant, records.map(inserted)), satellites })
    await expect(work).rejects.toThrow(UniqueViolation)
    await expect(work).rejects.toMatchObject({ constraint: 'lead_phone_key' })
    expect([await leads(session(), tenant), await changes(session(), tenant)]).toEqual([[], []])
    expect((await keys(session())).filter((key) => key.lead_id === records[0]?.id)).toEqual([])
  })

  test('a batch without records writes nothing and refuses nothing', async () => {
    expect(await session().writeBatch(updatePlan(['note']), batch(newId(), []))).toMatchObject({ written: true, refused: [] })
  })

  test('what a batch cannot do is a mistake of the caller', () => {
    const values = batch(newId(), [])
    expect(() => session().writeBatch(updatePlan(['note'], { diff: 'sql' }), values)).toThrow(TypeError)
    expect(() => session().writeBatch(updatePlan(['note'], { counters: 1 }), values)).toThrow(TypeError)
    expect(() => session().writeBatch(updatePlan(['note'], { references: ['lead'] }), values)).toThrow(TypeError)
  })

  async function seeded(of: ReturnType<typeof session>): Promise<{ tenant: string; records: Lead[] }> {
    const tenant = newId()
    const records = many(tenant, () => ({}))
    await of.writeBatch(insertPlan(), batch(tenant, records.map(inserted)))
    expect(await read(of, records[0]?.id as string, tenant)).toBeDefined()
    return { tenant, records }
  }
}

function many(tenant: string, values: (index: number) => Partial<Lead>): Lead[] {
  return Array.from({ length: size }, (_, index) => lead({ tenant_id: tenant, ...values(index) }))
}

function batch(tenant: string, rows: readonly BatchRow[]): BatchValues {
  return { tenant, revision: null, rows, satellites: [] }
}

function inserted(record: Lead): BatchRow {
  return { id: record.id, set: columns.map((column) => record[column] ?? null), change: change(), version: 1 }
}

function updated(record: Lead, set: readonly unknown[]): BatchRow {
  return { id: record.id, set, change: change({ op: 'update' }), version: 2 }
}
