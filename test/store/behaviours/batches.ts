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

  test('a batch of rows that the transaction holds is judged by its revision alone', async () => {
    const { tenant, records } = await seeded(session())
    const plan = { ...updatePlan(['note', 'score']), held: true }
    const rows = records.map((record, index) => updated(record, ['the same for all', index / 8]))
    const stale = { ...batch(tenant, rows), revision: 99 }
    expect(await subject().store.transaction((held) => held.writeBatch(plan, stale))).toMatchObject({
      written: false,
      refused: ['revision'],
    })
    expect(decoded((await leads(session(), tenant))[7])).toMatchObject({ version: 1 })
    expect(await subject().store.transaction((held) => held.writeBatch(plan, batch(tenant, rows)))).toMatchObject({ written: true })
    expect(decoded((await leads(session(), tenant))[7])).toMatchObject({ note: 'the same for all', score: 7 / 8, version: 2 })
    expect((await changes(session(), tenant)).filter((row) => Number(row.version) === 2)).toHaveLength(size)
  })

  test('change rows of one batch may differ in everything but object, operation and actor', async () => {
    const { tenant, records } = await seeded(session())
    const rows = records.map((record, index) => {
      const row = updated(record, [`note ${index}`])
      return { ...row, change: { ...row.change, at: index, authors: index % 3 === 0 ? '{"note":"x"}' : null } }
    })
    expect((await session().writeBatch(updatePlan(['note']), batch(tenant, rows))).written).toBe(true)
    const written = (await changes(session(), tenant)).filter((row) => Number(row.version) === 2)
    expect(written.map((row) => Number(row.at)).toSorted((a, b) => a - b)).toEqual(records.map((_, index) => index))
    expect(written.filter((row) => row.authors !== null)).toHaveLength(Math.ceil(size / 3))
  })

  const owner = newId()
  test.each<[string, (index: number) => string | null]>([
    ['the same', () => owner],
    ['nothing', () => null],
    ['something else each', () => newId()],
    ['the first of them nothing', (index) => (index === 0 ? null : owner)],
    ['the first of them something', (index) => (index === 0 ? owner : null)],
  ])('new records come back as they were given, whether they have much in common: %s', async (_, ownerOf) => {
    for (const count of [1, 2, size]) {
      const tenant = newId()
      const records = Array.from({ length: count }, (_, index) => {
        const owner_id = ownerOf(index)
        const at = owner_id === null ? null : 1_000 + index
        return lead({ tenant_id: tenant, owner_id, deleted_at: at, updated_at: at ?? 5, updated_by: owner_id ?? 'nobody' })
      })
      const rows = records.map((record) => {
        const { owner_id } = record
        const cause = owner_id === null ? null : `{"kind":"test","id":"${owner_id}"}`
        return { ...inserted(record), change: change({ cause, at: Number(record.updated_at), recordedAt: Number(record.updated_at) + 1 }) }
      })
      const plan = insertPlan({ diff: 'sql', recorded: ['owner_id', 'name'] })
      expect((await session().writeBatch(plan, batch(tenant, rows))).written).toBe(true)
      const byId = new Map((await leads(session(), tenant)).map((row) => [row.id, decoded(row)]))
      const changeOf = new Map((await changes(session(), tenant)).map((row) => [row.record_id, row]))
      for (const { id, ...record } of records) {
        const own = Object.entries(record).filter(([column]) => column !== 'ext')
        expect(byId.get(id)).toMatchObject(Object.fromEntries(own))
        const { values, cause, at, recorded_at } = changeOf.get(id) ?? {}
        const given = record.owner_id === null ? '' : `"owner_id":[null,"${String(record.owner_id)}"],`
        expect(values).toBe(`{${given}"name":[null,"Blue Sea"]}`)
        expect(cause === null ? null : JSON.parse(String(cause)).id).toBe(record.owner_id)
        expect([Number(at), Number(recorded_at)]).toEqual([record.updated_at, Number(record.updated_at) + 1])
      }
    }
  })

  // In every chunk that an engine may make of a batch, so that each meets them all.
  test('a batch updates to any value as it is', async () => {
    const { tenant, records } = await seeded(session())
    const texts = [
      ...[
        '',
        ' ',
        '0',
        '-0',
        '1e400',
        'null',
        'true',
        '"',
        "'",
        '\\',
        '\\u0041',
        '\\ud800',
        '{"a":1}',
        '[1]',
        '\n\r\t',
        '\u0001',
        '\u007f',
      ],
      ...['\u2028\u2029', '蓝海', 'é', '😀', '\ufeff', '\uffff', '$1 ? :a @b', '/* -- */', 'x'.repeat(70_000)],
    ]
    const amounts = [0, -0, 1, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 40, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null]
    const scores = [0.1, -0.5, 1e-300, 1.7976931348623157e308, 2 ** 53, 1 / 3, null]
    const flags = [true, false, null]
    const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
    const wanted = records.map((_, index) => {
      const note = pick(texts, index)
      return { note, amount: pick(amounts, index), hot: pick(flags, index), tags: [note], ext: { f_1: note, f_2: pick(scores, index) } }
    })
    const plain = ({ note, amount, hot, tags, ext }: (typeof wanted)[number]) => [
      note,
      amount,
      hot,
      JSON.stringify(tags),
      JSON.stringify(ext),
    ]
    const columns = ['note', 'amount', 'hot', 'tags', 'ext']
    const some = async (set: readonly string[], values: (index: number) => readonly unknown[], version: number) => {
      const rows = records.map((record, index) => ({ ...updated(record, values(index)), version }))
      expect((await session().writeBatch(updatePlan(set), batch(tenant, rows))).written).toBe(true)
      return new Map((await leads(session(), tenant)).map((row) => [row.id, decoded(row)]))
    }
    const found = await some(columns, (index) => plain(wanted[index] as (typeof wanted)[number]), 2)
    for (const [index, { id }] of records.entries()) {
      const { amount, ...rest } = wanted[index] as (typeof wanted)[number]
      // Whole numbers have one zero.
      expect(found.get(id)).toMatchObject({ ...rest, amount: amount === null ? null : amount + 0, version: 2 })
    }
    const scored = await some(['score', 'note'], (index) => [pick(scores, index), pick(texts, index)], 3)
    for (const [index, { id }] of records.entries())
      expect(scored.get(id)).toMatchObject({ score: pick(scores, index), note: pick(texts, index), version: 3 })
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
