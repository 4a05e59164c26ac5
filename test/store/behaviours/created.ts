import { expect, test } from 'vitest'
import { change, changes, digestOf, insertPlan, insertValues, type Lead, lead, newId } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const recorded = ['name', 'note', 'amount', 'score', 'hot', 'tags', 'owner_id', 'ext']
const plan = insertPlan({ diff: 'sql', recorded })
const empty = change({ values: null, digest: null })

/** What a text, a number and a document may hold that is written differently in JSON, SQL and arrays. */
const odd: readonly Partial<Lead>[] = [
  { note: 'two\nlines\tand "quotes", a \\ and {braces}, null, \\n', ext: '{"f_1":"a\\nb","f_2":[1,2]}' },
  { note: '', amount: 0, hot: false, tags: '[]' },
  { note: 'null', name: 'NULL', tags: '["x","{}"]', score: 0.1 },
  { note: '\u0001\u001f', amount: 9_007_199_254_740_991, hot: true },
  { note: '蓝海 🐳', amount: -1, score: 1e-7, owner_id: '0190a5f0-0000-7000-8000-00000000000a' },
  {},
]

/** A new row's change, made by the store. */
export function created(subject: () => Subject): void {
  const session = () => subject().store.direct

  test('the change of a new row holds what has a value, the same alone and in a batch', async () => {
    const [alone, together] = [newId(), newId()]
    const ones = odd.map((values) => lead({ tenant_id: alone, ...values }))
    for (const one of ones) await session().write(plan, insertValues(one, { change: { ...empty, id: newId() } }))
    const many = odd.map((values) => lead({ tenant_id: together, ...values }))
    const rows = many.map((one) => ({ ...insertValues(one), version: 1, change: { ...empty, id: newId() } }))
    await session().writeBatch(plan, { tenant: together, revision: null, rows, satellites: [] })
    const [first, second] = [await valuesByRecord(alone), await valuesByRecord(together)]
    expect(ones.map(({ id }) => first.get(id))).toEqual(ones.map(expected))
    expect(many.map(({ id }) => second.get(id))).toEqual(many.map(expected))
  })

  test('so it does where all records of a batch hold the same', async () => {
    for (const values of odd) {
      const tenant = newId()
      const alike = lead({ tenant_id: tenant, ...values })
      const many = [alike, { ...alike, id: newId() }, { ...alike, id: newId() }]
      const rows = many.map((one) => ({ ...insertValues(one), version: 1, change: { ...empty, id: newId() } }))
      await session().writeBatch(plan, { tenant, revision: null, rows, satellites: [] })
      const found = await valuesByRecord(tenant)
      expect(many.map(({ id }) => found.get(id))).toEqual(many.map(expected))
    }
  })

  test('its digest is taken over the letters that are kept', async () => {
    const tenant = newId()
    const rows = odd.map((values) => ({
      ...insertValues(lead({ tenant_id: tenant, ...values })),
      version: 1,
      change: { ...empty, id: newId() },
    }))
    await session().writeBatch(plan, { tenant, revision: null, rows, satellites: [] })
    const written = await changes(session(), tenant)
    expect(written).toHaveLength(odd.length)
    for (const row of written) expect(row.digest).toBe(digestOf(String(row.salt), String(row.values)))
  })

  async function valuesByRecord(tenant: string): Promise<Map<unknown, unknown>> {
    return new Map((await changes(session(), tenant)).map((row) => [row.record_id, JSON.parse(String(row.values))]))
  }
}

function expected(values: Lead): Record<string, unknown> {
  const { ext, tags, ...plain } = values
  const kept = Object.entries({ ...plain, ...JSON.parse(String(ext)) }).filter(([key]) => recorded.includes(key) || key.startsWith('f_'))
  if (tags !== undefined) kept.push(['tags', JSON.parse(String(tags))])
  return Object.fromEntries(kept.map(([key, value]) => [key, [null, value]]))
}
