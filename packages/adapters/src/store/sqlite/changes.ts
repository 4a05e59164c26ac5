import { type RawRow, StoreFailure } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import { sqliteWork } from '../work/dialect.ts'
import { changeColumns } from '../write/change-row.ts'
import { placeholder } from './dialect.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

/** One writer at a time: the sequence is the order of the commits. */
const statement: Statement = {
  sql: `SELECT "seq", ${quoteAll(changeColumns)} FROM "crm_change" WHERE "seq" > ${placeholder} ORDER BY "seq" LIMIT ${placeholder}`,
  label: 'changes',
}

export async function readChanges(
  link: SqliteLink,
  cursor: string | null,
  limit: number,
): Promise<{ rows: RawRow[]; cursor: string | null }> {
  const after = cursor === null ? 0 : Number(cursor)
  if (!Number.isSafeInteger(after)) throw new StoreFailure(`Not a cursor of this store: ${JSON.stringify(cursor)}`, false)
  const rows = await link.all(statement, [after, limit])
  const last = rows.at(-1)
  return { rows, cursor: last ? sqliteWork.placeOf(last) : cursor }
}
