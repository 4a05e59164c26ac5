import type { Session } from '@guanxi/core'
import { fieldValue } from '../import/lookup/existing-records.ts'
import { isLink } from '../import/map/target.ts'
import type { ExportRow } from '../import/write/index.ts'
import { cellOf } from './cell.ts'
import type { FieldColumn } from './columns.ts'
import { Names } from './names.ts'
import type { ReadRecord } from './read-records.ts'

/** Records as rows of a file. The names of what they point to are read for a page at once. */
export async function* exportRows(
  session: Session,
  columns: readonly FieldColumn[],
  first: readonly (readonly ReadRecord[])[],
  rest: AsyncIterable<readonly ReadRecord[]>,
): AsyncGenerator<ExportRow> {
  const names = new Names(session)
  const named = columns.filter(({ field, style }) => isLink(field) && !style.raw && field.name !== 'id').map(({ field }) => field)
  for await (const records of chained(first, rest)) {
    await names.load(named, records)
    for (const record of records) yield columns.map(({ field, style }) => cellOf(field, fieldValue(record, field.name), style, names))
  }
}

async function* chained<Value>(first: readonly Value[], rest: AsyncIterable<Value>): AsyncGenerator<Value> {
  yield* first
  yield* rest
}
