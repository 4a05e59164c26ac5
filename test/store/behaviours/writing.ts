import { changeTable, revisionTable, UniqueViolation, type WritePlan } from '@guanxi/core/store'
import { beforeEach, expect, test } from 'vitest'
import {
  change,
  changes,
  columns,
  decoded,
  digestOf,
  insert,
  insertPlan,
  insertValues,
  keys,
  keyTable,
  lead,
  leads,
  ledgerTable,
  newId,
  read,
  tenant,
  updatePlan,
  updateValues,
} from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const keySatellite = { op: 'insert', table: keyTable, columns: ['tenant_id', 'kind', 'value', 'lead_id'], conflict: 'error' } as const
const wantsBack = ['id', 'version', 'name', 'note', 'hot', 'tags', 'ext']

export function writing(subject: () => Subject): void {
  const session = () => subject().store.direct

  beforeEach(async () => {
    await session().put({ table: revisionTable, columns: ['tenant_id', 'revision', 'updated_at'] }, [[tenant, 7, 0]], 'replace')
  })

  test('an insert writes the row, its change row and its satellites', async () => {
    const values = lead({ name: '蓝海科技', amount: 2 ** 52, score: 0.1, hot: true, tags: '["a","b"]', ext: '{"f_1":"x"}' })
    const plan = insertPlan({ satellites: [keySatellite] })
    const record = change({ cause: '{"rule":"r1"}' })
    const outcome = await session().write(
      plan,
      insertValues(values, { revision: 7, change: record, satellites: [[[tenant, 'phone', values.id, values.id]]] }),
    )
    expect(outcome).toEqual({ written: true, refused: [], full: [], missing: [] })
    const expected = Object.fromEntries(columns.map((column) => [column, values[column] ?? null]))
    expect(decoded(await read(session(), values.id))).toEqual({ ...expected, tags: ['a', 'b'], ext: { f_1: 'x' } })
    const [row] = (await changes(session())).filter((candidate) => candidate.record_id === values.id)
    expect(decoded(row, changeTable)).toMatchObject({
      id: record.id,
      op: 'create',
      version: 1,
      at: record.at,
      recorded_at: record.recordedAt,
      actor_id: 'u1',
      cause: { rule: 'r1' },
      authors: null,
      digest: record.digest,
    })
    expect(row?.values).toBe(record.values)
    expect((await keys(session())).some((key) => key.lead_id === values.id)).toBe(true)
  })

  test('an insert planned with an old revision writes nothing', async () => {
    const before = await counts(subject())
    const outcome = await session().write(insertPlan(), insertValues(lead(), { revision: 6 }))
    expect(outcome).toEqual({ written: false, refused: ['revision'], full: [], missing: [] })
    expect(await counts(subject())).toEqual(before)
  })

  test('a tenant without a revision is at revision 0', async () => {
    const values = lead({ tenant_id: 'unheard-of' })
    expect((await session().write(insertPlan(), insertValues(values, { revision: 0 }))).written).toBe(true)
    expect((await session().write(insertPlan(), insertValues(lead({ tenant_id: 'unheard-of' }), { revision: 1 }))).refused).toEqual([
      'revision',
    ])
  })

  test('an update raises the version, writes one change row and gives the row back', async () => {
    const values = lead({ ext: '{"f_1":"old","f_2":2}', tags: '["x"]' })
    await insert(session(), values)
    const plan = updatePlan(['note', 'hot', 'updated_at'], { returning: wantsBack, mergeExt: true })
    const outcome = await session().write(
      plan,
      updateValues(values.id, ['noted', true, 2_000], { version: 1, ext: '{"f_1":null,"f_3":[1]}' }),
    )
    expect(outcome).toMatchObject({ written: true, refused: [] })
    const after = { id: values.id, version: 2, name: 'Blue Sea', note: 'noted', hot: true, tags: ['x'], ext: { f_2: 2, f_3: [1] } }
    expect(decoded(outcome.row)).toEqual(after)
    expect(decoded(await read(session(), values.id))).toMatchObject({ ...after, updated_at: 2_000 })
    const versions = (await changes(session())).filter((row) => row.record_id === values.id).map((row) => Number(row.version))
    expect(versions).toEqual([1, 2])
  })

  test('an update without a version writes whatever the version is', async () => {
    const values = lead()
    await insert(session(), values)
    const plan = updatePlan(['note'])
    await session().write(plan, updateValues(values.id, ['a']))
    await session().write(plan, updateValues(values.id, ['b']))
    expect(decoded(await read(session(), values.id))).toMatchObject({ note: 'b', version: 3 })
  })

  test.each([
    ['judged with the old row', { diff: 'sql', returning: ['name'] }],
    ['judged and written at once', { diff: 'given', returning: [] }],
  ] as const)('every guard that fails is named, and nothing is written (%s)', async (_, form) => {
    const values = lead({ owner_id: newId(), deleted_at: 5 })
    await insert(session(), values)
    const policy = { op: 'eq', operand: { column: 'owner_id', nullable: true }, param: 1 } as const
    const plan: WritePlan = updatePlan(['name'], { ...form, policy, counters: 1, references: ['lead', 'lead'], satellites: [keySatellite] })
    const given = updateValues(values.id, ['changed'], {
      revision: 1,
      version: 9,
      policy: [tenant, newId()],
      counters: [{ kind: 'holding', key: newId(), amount: 2, capacity: 1 }],
      references: [null, values.id],
      satellites: [[[tenant, 'phone', 'refused', values.id]]],
    })
    const before = await counts(subject())
    const outcome = await session().write(plan, given)
    expect(outcome.written).toBe(false)
    expect(new Set(outcome.refused)).toEqual(new Set(['revision', 'state', 'version', 'policy', 'counter', 'reference']))
    expect(outcome.full).toEqual([0])
    expect(outcome.missing).toEqual([1])
    expect(await counts(subject())).toEqual(before)
    expect((await read(session(), values.id))?.name).toBe('Blue Sea')
  })

  test('a row that is not there is refused as not found, and so is a row of another tenant', async () => {
    const values = lead({ tenant_id: 't2' })
    await insert(session(), values)
    for (const form of [{ diff: 'sql' }, { diff: 'given' }] as const) {
      const plan = updatePlan(['name'], form)
      expect((await session().write(plan, updateValues(newId(), ['x'], { version: 1 }))).refused).toEqual(['found'])
      expect((await session().write(plan, updateValues(values.id, ['x'], { version: 1 }))).refused).toEqual(['found'])
    }
    expect((await read(session(), values.id, 't2'))?.name).toBe('Blue Sea')
  })

  test('a reference must point to a live row of the same tenant', async () => {
    const [live, deleted, foreign] = [lead(), lead({ deleted_at: 5 }), lead({ tenant_id: 't2' })]
    for (const target of [live, deleted, foreign]) await insert(session(), target)
    const plan = insertPlan({ references: ['lead'] })
    const write = (reference: string | null) => session().write(plan, insertValues(lead(), { references: [reference] }))
    expect((await write(live.id)).written).toBe(true)
    expect((await write(null)).written).toBe(true)
    expect(await write(deleted.id)).toMatchObject({ written: false, refused: ['reference'], missing: [0] })
    expect(await write(foreign.id)).toMatchObject({ written: false, refused: ['reference'], missing: [0] })
  })

  test('a deleted row can be written where the plan asks for deleted ones', async () => {
    const values = lead({ deleted_at: 5 })
    await insert(session(), values)
    const restore = updatePlan(['deleted_at'], { state: 'deleted' })
    expect((await session().write(restore, updateValues(values.id, [null], { version: 1 }))).written).toBe(true)
    expect((await session().write(restore, updateValues(values.id, [null], { version: 2 }))).refused).toEqual(['state'])
  })

  test('where nothing differs nothing is written, and the row comes back as it is', async () => {
    const values = lead({ hot: false, tags: '{"b":1,"a":[2]}', score: 5, ext: '{"f_1":"x"}' })
    await insert(session(), values)
    const before = await counts(subject())
    const plan = updatePlan(['hot', 'tags', 'score', 'note', 'updated_at', 'updated_by'], {
      diff: 'sql',
      mergeExt: true,
      returning: wantsBack,
    })
    const same = [false, '{"a": [2], "b": 1}', 5, null, 9_999, 'u2']
    const outcome = await session().write(
      plan,
      updateValues(values.id, same, { ext: '{"f_1":"x","f_9":null}', change: change({ values: null }) }),
    )
    expect(outcome).toMatchObject({ written: false, refused: [] })
    expect(decoded(outcome.row)).toMatchObject({ version: 1, hot: false, tags: { b: 1, a: [2] }, ext: { f_1: 'x' } })
    expect(await counts(subject())).toEqual(before)
    expect(decoded(await read(session(), values.id))).toMatchObject({ updated_at: 1_000, updated_by: 'u1' })
  })

  test('the digest of a diff made by the store is over the salt and the very text stored', async () => {
    const values = lead()
    await insert(session(), values)
    const plan = updatePlan(['name'], { diff: 'sql' })
    await session().write(
      plan,
      updateValues(values.id, ['"引用" \\ 😀'], { change: change({ values: null, digest: null, salt: 'pepper' }) }),
    )
    const row = (await changes(session())).find((candidate) => candidate.record_id === values.id && Number(candidate.version) === 2)
    expect(JSON.parse(String(row?.values))).toEqual({ name: ['Blue Sea', '"引用" \\ 😀'] })
    expect(row?.digest).toBe(digestOf('pepper', String(row?.values)))
  })

  test('satellites can be removed by key, and added where they may be there already', async () => {
    const values = lead()
    await insert(session(), values)
    const row = (value: string) => [tenant, 'alias', value, values.id]
    const add = updatePlan(['note'], { satellites: [{ ...keySatellite, conflict: 'ignore' }] })
    await session().write(add, updateValues(values.id, ['a'], { satellites: [[row('one'), row('two')]] }))
    await session().write(add, updateValues(values.id, ['b'], { satellites: [[row('two'), row('three')]] }))
    const remove = updatePlan(['note'], { satellites: [{ op: 'delete', table: keyTable, columns: ['tenant_id', 'kind', 'value'] }] })
    await session().write(
      remove,
      updateValues(values.id, ['c'], {
        satellites: [
          [
            [tenant, 'alias', 'one'],
            [tenant, 'alias', 'not there'],
          ],
        ],
      }),
    )
    const left = (await keys(session())).filter((key) => key.kind === 'alias').map((key) => key.value)
    expect(left).toEqual(['three', 'two'])
  })

  test('a satellite may be a ledger, whose rows keep the order of their writing', async () => {
    const values = lead()
    const ledger = { op: 'insert', table: ledgerTable, columns: ['lead_id', 'amount', 'note'], conflict: 'error' } as const
    const entries = [3, -1, 2 ** 40].map((amount) => [values.id, amount, '{"a":[1]}'])
    await session().write(insertPlan({ satellites: [ledger] }), insertValues(values, { satellites: [entries] }))
    const where = { op: 'eq', operand: { column: 'lead_id', nullable: false }, param: 1 } as const
    const order = [{ operand: { column: 'seq', nullable: false }, descending: false }] as const
    const rows = await session().select({ table: ledgerTable, columns: ['amount', 'note'], where, order, revision: false }, [
      tenant,
      values.id,
    ])
    expect(rows.map((row) => decoded(row, ledgerTable))).toEqual([3, -1, 2 ** 40].map((amount) => ({ amount, note: { a: [1] } })))
  })

  test.each([1, 3])('the rows of a satellite may travel value by value where all writes bring as many (%i)', async (rows) => {
    const values = lead()
    const ledger = { op: 'insert', table: ledgerTable, columns: ['lead_id', 'amount', 'note'], conflict: 'error', rows } as const
    const entries = Array.from({ length: rows }, (_, index) => [values.id, 2 ** 40 + index, index === 1 ? null : '{"a":["\\u00e9\'"]}'])
    const both = [{ ...keySatellite, rows: 1 }, ledger]
    const key = (value: string) => [[tenant, 'laid', value, values.id]]
    await session().write(insertPlan({ satellites: both }), insertValues(values, { satellites: [key(newId()), entries] }))
    const update = updatePlan(['note'], { satellites: both })
    await session().write(update, updateValues(values.id, ['x'], { satellites: [key(newId()), entries] }))
    const where = { op: 'eq', operand: { column: 'lead_id', nullable: false }, param: 1 } as const
    const found = await session().select({ table: ledgerTable, columns: ['amount', 'note'], where, order: [], revision: false }, [
      tenant,
      values.id,
    ])
    const expected = entries.map(([, amount, note]) => ({ amount, note: note === null ? null : { a: ["é'"] } }))
    expect(found.map((row) => decoded(row, ledgerTable)).toSorted((a, b) => Number(a?.amount) - Number(b?.amount))).toEqual(
      expected.flatMap((entry) => [entry, entry]),
    )
    expect((await keys(session())).filter((one) => one.kind === 'laid' && one.lead_id === values.id)).toHaveLength(2)
    await expect(session().write(update, updateValues(values.id, ['y'], { satellites: [[], entries] }))).rejects.toThrow(TypeError)
  })

  test('a unique key that refuses is named the same on every engine, and nothing is written', async () => {
    const phone = newId()
    const first = lead({ phone })
    await insert(session(), first)
    const before = await counts(subject())
    expect(await violation(insert(session(), lead({ phone })))).toBe('lead_phone_key')
    expect(await violation(insert(session(), { ...lead(), id: first.id }))).toBe('lead_pkey')
    const twice = lead()
    const satellites = [
      [
        [tenant, 'phone', 'same', twice.id],
        [tenant, 'phone', 'same', twice.id],
      ],
    ]
    const plan = insertPlan({ satellites: [keySatellite] })
    expect(await violation(session().write(plan, insertValues(twice, { satellites })))).toBe('lead_key_pkey')
    expect(await counts(subject())).toEqual(before)
  })

  test('a plan and values that do not fit each other are a mistake of the caller', async () => {
    await expect(session().write(updatePlan(['note'], { counters: 1 }), updateValues(newId(), ['x']))).rejects.toThrow(TypeError)
    await expect(session().write(updatePlan(['note']), updateValues(newId(), []))).rejects.toThrow(TypeError)
  })
}

async function violation(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof UniqueViolation)) throw new Error('No unique violation', { cause: error })
  return error.constraint
}

/** How much there is of everything that a write may leave behind. */
async function counts({ store }: Subject): Promise<unknown> {
  const session = store.direct
  return { leads: (await leads(session)).length, changes: (await changes(session)).length, keys: (await keys(session)).length }
}
