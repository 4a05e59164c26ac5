import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { values } from '../arbitraries.ts'
import { change, changes, decoded, insert, lead, newId, read, updatePlan, updateValues } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

/** Columns of every type; documents travel as text and are compared by meaning. */
const written = {
  name: values.text,
  note: fc.option(values.text),
  amount: fc.option(values.integer),
  score: fc.option(values.real),
  hot: fc.option(fc.boolean()),
  tags: fc.option(values.document),
}
const documents = new Set(['tags'])
const columns = Object.keys(written)
const ext = fc.dictionary(fc.constantFrom('f_a', 'f_b', 'f_c'), values.document, { noNullPrototype: true })
const patch = fc.dictionary(fc.constantFrom('f_a', 'f_b', 'f_c'), fc.option(values.document), { noNullPrototype: true })

export function diffs(subject: () => Subject): void {
  test('the diff that the store makes is the one made in JavaScript, for any values', async () => {
    const session = subject().store.direct
    const plan = updatePlan([...columns, 'updated_at'], { diff: 'sql', mergeExt: true, returning: [...columns, 'version', 'ext'] })
    const run = async (before: Values, after: Values, document: Values, changed: Values): Promise<void> => {
      const tenant = newId()
      const record = lead({ tenant_id: tenant, ...asStored(before), ext: JSON.stringify(document) })
      await insert(session, record)
      const set = [...columns.map((column) => asStored(after)[column]), 5]
      const values = updateValues(record.id, set, { tenant, ext: JSON.stringify(changed), change: change({ values: null, digest: null }) })
      const outcome = await session.write(plan, { ...values, tenant })
      const expected = { ...difference(before, after), ...difference(pick(document, changed), changed) }
      const merged = Object.fromEntries(Object.entries({ ...document, ...changed }).filter(([, value]) => value !== null))
      const changesWritten = await changes(session, tenant)
      const isChanged = Object.keys(expected).length > 0
      expect(outcome.written).toBe(isChanged)
      expect(changesWritten).toHaveLength(isChanged ? 2 : 1)
      if (isChanged) expect(JSON.parse(String(changesWritten[1]?.values))).toEqual(expected)
      const row = { ...after, ext: merged, version: isChanged ? 2 : 1 }
      expect(decoded(outcome.row)).toEqual(row)
      expect(decoded(await read(session, record.id, tenant))).toMatchObject(row)
    }
    await fc.assert(fc.asyncProperty(fc.record(written), fc.record(written), ext, patch, run), { numRuns: 60 })
  })
}

type Values = Record<string, unknown>

function asStored(values: Values): Values {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    documents.has(name) && value !== null ? JSON.stringify(value) : value,
  ])
  return Object.fromEntries(entries)
}

function pick(document: Values, keys: Values): Values {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, document[key] ?? null]))
}

function difference(before: Values, after: Values): Values {
  const changed = Object.keys(after).filter((key) => !isDeepStrictEqual(before[key], after[key]))
  return Object.fromEntries(changed.map((key) => [key, [before[key], after[key]]]))
}
