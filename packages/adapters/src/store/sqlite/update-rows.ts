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
  /** Many as one JSON text, `same` telling which columns hold the same for all; null where a number would not come back as it went. */
  readonly many: ((same: readonly boolean[]) => Statement) | null
}

/** Where each statement is a trip to another thread, so many rows go with one. */
const chunk = 250

export function updateRows({ table, set }: WritePlan): UpdateRows {
  const name = quote(table.name)
  const label = `update batch ${table.name}`
  const columns = [...set, 'version']
  const one = `UPDATE ${name} SET ${columns.map((column) => `${quote(column)} = ?`).join(', ')} WHERE "tenant_id" = ? AND "id" = ?`
  const known = new Map<string, Statement>()
  const many = (same: readonly boolean[]): Statement => {
    const key = same.map(Number).join('')
    const found = known.get(key)
    if (found) return found
    const more = columns.flatMap((column, index) => (same[index] ? `${quote(column)} = ?` : []))
    const given = columns.filter((_, index) => !same[index])
    const statement = { sql: givenRowsSql(table.name, given, more), label: `${label}, many` }
    known.set(key, statement)
    return statement
  }
  const isExact = set.every((column) => typeOf(table, column) !== 'real')
  return { one: { sql: one, label }, many: isExact ? many : null }
}

/** Writes the rows: as many at once as pays with this driver, or one by one. */
export async function runUpdates(link: SqliteLink, { one, many }: UpdateRows, tenant: string, rows: readonly BatchRow[]): Promise<void> {
  if (!many || link.rowsAtOnce === 1 || rows.length === 1) {
    for (const { id, set, version } of rows) await link.run(one, [...set.map(encodeSqlite), version, tenant, id])
    return
  }
  const encoded = rows.map(({ set, version }) => [...set.map(encodeSqlite), version])
  const [first = []] = encoded
  const same = first.map((value, index) => encoded.every((values) => values[index] === value))
  const statement = many(same)
  const shared = first.filter((_, index) => same[index])
  const given = encoded.map((values, row) => [rows[row]?.id, ...values.filter((_, index) => !same[index])])
  for (let start = 0; start < given.length; start += chunk)
    await link.run(statement, [JSON.stringify(given.slice(start, start + chunk)), tenant, ...shared])
}
