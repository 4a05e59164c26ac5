import type { BatchRow, WritePlan } from '@guanxi/core/store'
import { quote } from '../sql/identifier.ts'
import { typeOf } from '../sql/tables.ts'
import { encodeSqlite } from './dialect.ts'
import { givenRowsSql } from './given-rows.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

/** Updates of one table whose versions have been judged, under the same lock. */
export interface UpdateRows {
  readonly one: Statement
  /** Many as one JSON text; null where a number would not come back as it went. */
  readonly many: Statement | null
}

/** Where each statement is a trip to another thread, so many rows go with one. */
const chunk = 250

export function updateRows({ table, set }: WritePlan): UpdateRows {
  const name = quote(table.name)
  const label = `update batch ${table.name}`
  const columns = [...set, 'version']
  const one = `UPDATE ${name} SET ${columns.map((column) => `${quote(column)} = ?`).join(', ')} WHERE "tenant_id" = ? AND "id" = ?`
  const many = givenRowsSql(table.name, columns)
  const isExact = set.every((column) => typeOf(table, column) !== 'real')
  return { one: { sql: one, label }, many: isExact ? { sql: many, label: `${label}, many` } : null }
}

/** Writes the rows: as many at once as pays with this driver, or one by one. */
export async function runUpdates(link: SqliteLink, { one, many }: UpdateRows, tenant: string, rows: readonly BatchRow[]): Promise<void> {
  if (!many || link.rowsAtOnce === 1 || rows.length === 1) {
    for (const { id, set, version } of rows) await link.run(one, [...set.map(encodeSqlite), version, tenant, id])
    return
  }
  for (let start = 0; start < rows.length; start += chunk) {
    const some = rows.slice(start, start + chunk).map(({ id, set, version }) => [id, ...set.map(encodeSqlite), version])
    await link.run(many, [JSON.stringify(some), tenant])
  }
}
