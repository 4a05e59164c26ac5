import { type RawRow, StoreFailure } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import { postgresWork } from '../work/dialect.ts'
import { changeColumns } from '../write/change-row.ts'
import type { PostgresLink } from './link.ts'
import { statement } from './prepared-names.ts'

/** In the order of transactions (the column's, not the text beside it), and only those below which nothing can still appear. */
const changes = statement(
  `SELECT "seq", "xid"::text AS "xid", ${quoteAll(changeColumns)} FROM "crm_change" ` +
    'WHERE ("xid", "seq") > ($1::xid8, $2::bigint) AND "xid" < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY "crm_change"."xid", "seq" LIMIT $3',
  'changes',
)

const shape = /^\d{1,20}:\d{1,19}$/
const beginning = '0:0'

export async function readChanges(
  link: PostgresLink,
  cursor: string | null,
  limit: number,
): Promise<{ rows: RawRow[]; cursor: string | null }> {
  const after = cursor ?? beginning
  if (!shape.test(after)) throw new StoreFailure(`Not a cursor of this store: ${JSON.stringify(cursor)}`, false)
  const { rows } = await link.query(changes, [...after.split(':'), limit])
  const last = rows.at(-1)
  return { rows, cursor: last ? postgresWork.placeOf(last) : cursor }
}
