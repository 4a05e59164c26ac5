import { type AggregatePlan, revisionTable, type SelectPlan } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { insert, lead, leadTable, newId } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

export function reading(subject: () => Subject): void {
  const session = () => subject().store.direct
  const seeded = async (rows: readonly Record<string, unknown>[]): Promise<string> => {
    const tenant = newId()
    for (const values of rows) await insert(session(), lead({ tenant_id: tenant, ...values }))
    return tenant
  }

  test('a read carries the revision of the tenant when it is asked for', async () => {
    const tenant = await seeded([{}])
    const plan: SelectPlan = { table: leadTable, columns: ['name'], order: [], revision: true }
    expect(await session().select(plan, [tenant])).toEqual([{ name: 'Blue Sea', __revision: 0 }])
    await session().put({ table: revisionTable, columns: ['tenant_id', 'revision', 'updated_at'] }, [[tenant, 2 ** 40, 0]], 'error')
    expect(await session().select(plan, [tenant])).toEqual([{ name: 'Blue Sea', __revision: 2 ** 40 }])
  })

  test('a read sees nothing of another tenant', async () => {
    await seeded([{ name: 'theirs' }])
    const plan: SelectPlan = { table: leadTable, columns: ['name'], order: [], revision: false, where: { op: 'and', of: [] } }
    expect(await session().select(plan, [newId()])).toEqual([])
  })

  test.each([{}, { limit: 1 }, { lock: true }])(
    'values come in the order of the columns, however many rows there are (%j)',
    async (form) => {
      const [first, second] = [
        { id: newId(), note: 'a "quoted" \\ (text), ', amount: 2 ** 52, score: 0.1, owner_id: null },
        { id: newId(), note: null, amount: null, score: -5, owner_id: newId() },
      ]
      const tenant = await seeded([first, second])
      const order = [{ operand: { column: 'id', nullable: false }, descending: false }] as const
      const columns = ['id', 'note', 'amount', 'score', 'owner_id']
      const plan: SelectPlan = { table: leadTable, columns, order, revision: true, ...form }
      const expected = [first, second].map(({ id, note, amount, score, owner_id }) => [id, note, amount, score, owner_id, 0])
      const read = async (of: ReturnType<typeof session>, asked: SelectPlan, params: readonly unknown[]) =>
        (await of.selectValues(asked, params)).map((row) =>
          row.map((value, at) => (value !== null && [2, 3, 5].includes(at) ? Number(value) : value)),
        )
      await subject().store.transaction(async (inside) => {
        expect(await read(inside, plan, [tenant, 10])).toEqual(expected)
        const one: SelectPlan = { ...plan, where: { op: 'isNull', operand: { column: 'note', nullable: true } } }
        expect(await read(inside, one, [tenant, 10])).toEqual(expected.slice(1))
        expect(await read(inside, plan, [newId(), 10])).toEqual([])
      })
      const owners: SelectPlan = { table: leadTable, columns: ['owner_id'], order, revision: false }
      expect(await session().selectValues(owners, [tenant])).toEqual([[null], [second.owner_id]])
    },
  )

  test('an aggregate counts and sums by groups, nulls last', async () => {
    const tenant = await seeded([
      { note: 'b', amount: 10, score: 1, hot: true, ext: '{"f_1":4}' },
      { note: 'b', amount: 2 ** 50, score: null, hot: false },
      { note: 'a', amount: null, score: 0.25, hot: true, ext: '{"f_1":6}' },
      { note: null, amount: 5, score: 0.5, hot: true },
    ])
    const plan: AggregatePlan = {
      table: leadTable,
      groups: [{ column: 'note', nullable: true }],
      measures: [
        { as: 'n', fn: 'count' },
        { as: 'total', fn: 'sum', operand: { column: 'amount', nullable: true } },
        { as: 'least', fn: 'min', operand: { column: 'amount', nullable: true } },
        { as: 'mean', fn: 'avg', operand: { column: 'score', nullable: true } },
        { as: 'most', fn: 'max', operand: { ext: 'f_1', type: 'integer', nullable: true } },
      ],
      limit: 1,
      revision: true,
    }
    expect(await session().aggregate(plan, [tenant, 10])).toEqual([
      { g0: 'a', n: 1, total: null, least: null, mean: 0.25, most: 6, __revision: 0 },
      { g0: 'b', n: 2, total: 2 ** 50 + 10, least: 10, mean: 1, most: 4, __revision: 0 },
      { g0: null, n: 1, total: 5, least: 5, mean: 0.5, most: null, __revision: 0 },
    ])
    expect(await session().aggregate(plan, [tenant, 1])).toHaveLength(1)
    const all: AggregatePlan = { ...plan, groups: [], where: { op: 'eq', operand: { column: 'hot', nullable: true }, param: 2 } }
    expect(await session().aggregate(all, [tenant, 1, true])).toMatchObject([{ n: 3, total: 15, mean: 1.75 / 3 }])
    expect(await session().aggregate(all, [newId(), 1, true])).toMatchObject([{ n: 0, total: null, mean: null }])
  })

  test('the tenants of a table are listed once each, in order', async () => {
    const [first, second] = [await seeded([{}, {}]), await seeded([{}])]
    const tenants = await session().tenants(leadTable)
    expect(tenants).toEqual([...new Set(tenants)].sort())
    expect(tenants).toEqual(expect.arrayContaining([first, second]))
    expect(await session().tenants({ ...revisionTable, name: 'crm_team' })).toEqual([])
  })
}
