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
const chunk = 500

/** There may be as many as columns have subsets. */
const mostKnown = 100

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
    if (known.size >= mostKnown) known.clear()
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
  const [first] = rows
  if (!first) return
  const same = [
    ...first.set.map((value, index) => rows.every(({ set }) => set[index] === value)),
    rows.every(({ version }) => version === first.version),
  ]
  const statement = many(same)
  const shared = [...first.set.map(encodeSqlite), first.version].filter((_, index) => same[index])
  for (let start = 0; start < rows.length; start += chunk) {
    const given = rows.slice(start, start + chunk).map((row) => givenOf(row, same))
    await link.run(statement, [JSON.stringify(given), tenant, ...shared])
  }
}

/** A row's id and what it does not share with the others. */
function givenOf({ id, set, version }: BatchRow, same: readonly boolean[]): unknown[] {
  const given: unknown[] = [id]
  for (let index = 0; index < set.length; index++) if (!same[index]) given.push(encodeSqlite(set[index]))
  if (!same[set.length]) given.push(version)
  return given
}
