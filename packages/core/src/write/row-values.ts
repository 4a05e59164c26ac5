import type { RecordValues } from '../object/field-value.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { nameValues } from '../text/search-tokens.ts'

/** A new row's values, in the order of the object's insert columns. */
export function rowValues({ codec, definition, insertColumns }: ObjectRuntime, tenant: string, record: RecordValues): unknown[] {
  const row: unknown[] = new Array(insertColumns.length)
  row[0] = tenant
  codec.encodeInto(row, 1, record)
  const named = 1 + codec.columns.length
  if (named < row.length) {
    const names = nameValues(definition, record)
    for (let index = 0; index < names.length; index++) row[named + index] = names[index]
  }
  return row
}
