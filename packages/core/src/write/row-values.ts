import type { RecordValues } from '../object/field-value.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { nameValues } from '../text/search-tokens.ts'

/** A new row's values, in the order of the object's insert columns. */
export function rowValues(runtime: ObjectRuntime, tenant: string, record: RecordValues): unknown[] {
  const row: unknown[] = [tenant]
  runtime.codec.encodeInto(row, record)
  if (row.length < runtime.insertColumns.length) row.push(...nameValues(runtime.definition, record))
  return row
}
