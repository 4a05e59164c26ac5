import { type Predicate, type SelectPlan, tokenTable } from '@guanxi/core/store'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { values } from '../arbitraries.ts'
import { type Condition, holds, lower, type Row } from '../condition.ts'
import { change, columns, insertPlan, keyTable, leadTable, newId } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const texts = fc.array(values.text, { maxLength: 3 })

const row: fc.Arbitrary<Omit<Row, 'id'>> = fc.record({
  name: values.text,
  note: fc.option(values.text),
  amount: fc.option(values.integer),
  score: fc.option(values.real),
  hot: fc.option(fc.boolean()),
  tags: fc.option(texts),
  f_text: fc.option(values.text),
  f_int: fc.option(values.integer),
  f_real: fc.option(values.real),
  f_bool: fc.option(fc.boolean()),
  f_list: fc.option(texts),
  keys: fc.array(fc.record({ kind: fc.constantFrom('phone', 'mail'), value: values.text }), { maxLength: 2 }),
  tokens: fc.array(fc.record({ token: values.text, field: fc.constantFrom('name', 'note') }), { maxLength: 3 }),
})

const scalars = [
  ['name', values.text],
  ['note', values.text],
  ['amount', values.integer],
  ['score', values.real],
  ['hot', fc.boolean()],
  ['f_text', values.text],
  ['f_int', values.integer],
  ['f_real', values.real],
  ['f_bool', fc.boolean()],
] as const
const comparing = fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte')

const ofScalar = scalars.flatMap(([field, value]): fc.Arbitrary<Condition>[] => {
  const any: fc.Arbitrary<unknown> = value
  return [
    fc.tuple(comparing, any).map(([op, value]) => ({ op, field, value })),
    fc.array(any, { maxLength: 4 }).map((value) => ({ op: 'in', field, value })),
  ]
})

const leaves: fc.Arbitrary<Condition>[] = [
  ...ofScalar,
  fc.record({ op: fc.constantFrom('contains', 'startsWith'), field: fc.constantFrom('name', 'note', 'f_text'), value: values.text }),
  fc.record({ op: fc.constantFrom('hasAny', 'hasAll'), field: fc.constantFrom('tags', 'f_list'), value: texts }),
  fc.constantFrom('note', 'amount', 'hot', 'tags', 'f_text', 'f_bool', 'f_list').map((field) => ({ op: 'isNull', field })),
  fc.tuple(fc.constantFrom('phone', 'mail', null), values.text).map(([kind, value]) => ({ op: 'key', kind, value })),
  fc.tuple(values.text, values.text, fc.subarray(['name', 'note'])).map(([from, to, fields]) => ({ op: 'token', from, to, fields })),
]

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    ...leaves,
    fc.record({ op: fc.constantFrom('and', 'or'), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    tie('condition').map((of): Condition => ({ op: 'not', of })),
  ),
}))

export function predicates(subject: () => Subject): void {
  const tenant = newId()
  let rows: Row[] = []

  beforeAll(async () => {
    rows = fc.sample(row, 80).map((values) => ({ ...values, id: newId() }))
    await seed(subject(), tenant, rows)
  })

  test('a condition chooses the same rows in SQL as in memory, and its negation all the others', async () => {
    const choose = async (where: Predicate, params: unknown[]): Promise<unknown[]> => {
      const found = await subject().store.direct.select(planOf(where), [tenant, ...params])
      return found.map((found) => found.id)
    }
    const run = async (chosen: Condition): Promise<void> => {
      const expected = rows.filter((candidate) => holds(chosen, candidate)).map((candidate) => candidate.id)
      const { predicate, params } = lower(chosen)
      expect(await choose(predicate, params)).toEqual(expected)
      const others = rows.map((candidate) => candidate.id).filter((id) => !expected.includes(id))
      expect(await choose({ op: 'not', of: predicate }, params)).toEqual(others)
    }
    await fc.assert(fc.asyncProperty(condition, run), { numRuns: 300 })
  })

  test('a chain of a thousand terms is no deeper than an engine allows', async () => {
    const term: Predicate = { op: 'eq', operand: { column: 'amount', nullable: true }, param: 1 }
    const where: Predicate = { op: 'or', of: Array.from({ length: 1_500 }, () => term) }
    expect(await subject().store.direct.select(planOf(where), [tenant, 424_242])).toEqual([])
  })

  test('attack:F06 names that are not plain names never become SQL', () => {
    const hostile = ['a"b', "a'b", 'a b', 'A', '1a', '', 'a'.repeat(64), 'a;--']
    for (const column of hostile) {
      const where: Predicate = { op: 'isNull', operand: { column, nullable: true } }
      expect(() => subject().store.direct.select(planOf(where), [tenant])).toThrow(TypeError)
    }
    for (const ext of ["a'b", 'a.b', '$', '', 'a'.repeat(64)]) {
      const where: Predicate = { op: 'isNull', operand: { ext, type: 'text', nullable: true } }
      expect(() => subject().store.direct.select(planOf(where), [tenant])).toThrow(TypeError)
    }
  })
}

function planOf(where: Predicate): SelectPlan {
  return {
    table: leadTable,
    columns: ['id'],
    where,
    order: [{ operand: { column: 'id', nullable: false }, descending: false }],
    revision: false,
  }
}

async function seed({ store }: Subject, tenant: string, rows: readonly Row[]): Promise<void> {
  const batch = rows.map((row) => ({
    id: row.id,
    set: columns.map((column) => stored(tenant, row)[column] ?? null),
    change: change(),
    version: 1,
  }))
  await store.direct.writeBatch(insertPlan(), { tenant, revision: null, rows: batch, satellites: [] })
  const keys = rows.flatMap((row) => row.keys.map((key) => [tenant, key.kind, key.value, row.id]))
  await store.direct.put({ table: keyTable, columns: ['tenant_id', 'kind', 'value', 'lead_id'] }, keys, 'replace')
  // A key belongs to one lead only: the last that asked for it.
  for (const row of rows)
    row.keys = keys.filter((key) => key[3] === row.id && ownsKey(keys, key)).map((key) => ({ kind: key[1] ?? '', value: key[2] ?? '' }))
  const tokens = rows.flatMap((row) => row.tokens.map((token) => [tenant, 'lead', token.token, token.field, row.id]))
  await store.direct.put({ table: tokenTable, columns: ['tenant_id', 'object', 'token', 'field', 'record_id'] }, tokens, 'ignore')
}

function ownsKey(keys: readonly string[][], key: readonly string[]): boolean {
  return keys.findLast((other) => other[1] === key[1] && other[2] === key[2]) === key
}

function stored(tenant: string, row: Row): Record<string, unknown> {
  const ext: Record<string, unknown> = {}
  for (const field of ['f_text', 'f_int', 'f_real', 'f_bool', 'f_list'] as const) if (row[field] !== null) ext[field] = row[field]
  const tags = row.tags === null ? null : JSON.stringify(row.tags)
  const { name, note, amount, score, hot } = row
  return {
    tenant_id: tenant,
    id: row.id,
    version: 1,
    name,
    note,
    amount,
    score,
    hot,
    tags,
    ext: JSON.stringify(ext),
    updated_at: 1,
    updated_by: 'u1',
  }
}
