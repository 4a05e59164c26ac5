import type { Operand, Order, SelectPlan } from '@guanxi/core/store'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { compare } from '../condition.ts'
import { change, columns, insertPlan, lead, leadTable, newId } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

/** Few values, so that there are many ties, and nulls wherever they may be. */
const row = fc.record({
  name: fc.constantFrom('', 'a', 'B', '蓝海', '😀', '\uFFFD'),
  note: fc.option(fc.constantFrom('', 'a', 'é')),
  amount: fc.option(fc.constantFrom(-1, 0, 9, 10, 1_700_000_000_000)),
  score: fc.option(fc.constantFrom(-0.5, 0, 0.1)),
  hot: fc.option(fc.boolean()),
  updated_at: fc.constantFrom(1, 2, 3),
  f_int: fc.option(fc.constantFrom(1, 2, 10)),
  f_text: fc.option(fc.constantFrom('x', 'y')),
})

type Row = Record<string, unknown> & { readonly id: string }

const operands: Readonly<Record<string, Operand>> = {
  name: { column: 'name', nullable: false },
  updated_at: { column: 'updated_at', nullable: false },
  note: { column: 'note', nullable: true },
  amount: { column: 'amount', nullable: true },
  score: { column: 'score', nullable: true },
  hot: { column: 'hot', nullable: true },
  f_int: { ext: 'f_int', type: 'integer', nullable: true },
  f_text: { ext: 'f_text', type: 'text', nullable: true },
}

interface Term {
  readonly field: string
  readonly descending: boolean
}

const terms = fc.uniqueArray(fc.record({ field: fc.constantFrom(...Object.keys(operands)), descending: fc.boolean() }), {
  maxLength: 3,
  selector: (term) => term.field,
})

export function paging(subject: () => Subject): void {
  const tenant = newId()
  let rows: Row[] = []

  beforeAll(async () => {
    rows = fc.sample(row, 70).map((values) => ({ ...values, id: newId() }))
    const batch = rows.map((values) => ({ id: values.id, set: stored(tenant, values), change: change(), version: 1 }))
    await subject().store.direct.writeBatch(insertPlan(), { tenant, revision: null, rows: batch, satellites: [] })
  })

  test('pages in any order give each row exactly once, in that order, nulls last', async () => {
    const run = async (chosen: readonly Term[], idDescending: boolean, size: number): Promise<void> => {
      const order = [...chosen, { field: 'id', descending: idDescending }]
      const expected = [...rows].sort((left, right) => compareBy(order, left, right)).map((values) => values.id)
      expect(await readAll(subject(), tenant, order, size, rows)).toEqual(expected)
    }
    await fc.assert(fc.asyncProperty(terms, fc.boolean(), fc.integer({ min: 1, max: 40 }), run), { numRuns: 60 })
  })
}

async function readAll({ store }: Subject, tenant: string, order: readonly Term[], size: number, rows: readonly Row[]): Promise<unknown[]> {
  const first: SelectPlan = { table: leadTable, columns: ['id'], order: order.map(orderOf), limit: 1, revision: false }
  const next: SelectPlan = { ...first, after: order.map((_, index) => index + 2) }
  const ids: unknown[] = []
  let page = await store.direct.select(first, [tenant, size])
  while (page.length > 0) {
    ids.push(...page.map((found) => found.id))
    const last = rows.find((candidate) => candidate.id === ids.at(-1))
    page = await store.direct.select(next, [tenant, size, ...order.map((term) => last?.[term.field] ?? null)])
  }
  return ids
}

function orderOf({ field, descending }: Term): Order {
  return { operand: operands[field] ?? { column: 'id', nullable: false }, descending }
}

function compareBy(order: readonly Term[], left: Row, right: Row): number {
  for (const { field, descending } of order) {
    const [a, b] = [left[field], right[field]]
    if (a === b) continue
    if (a === null || b === null) return a === null ? 1 : -1
    const difference = compare(a, b)
    if (difference !== 0) return descending ? -difference : difference
  }
  return 0
}

function stored(tenant: string, { f_int, f_text, ...values }: Row): unknown[] {
  const record = lead({ tenant_id: tenant, ...values, ext: JSON.stringify({ f_int, f_text }) })
  return columns.map((column) => record[column] ?? null)
}
