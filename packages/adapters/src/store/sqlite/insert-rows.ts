import { quote, quoteAll } from '../sql/identifier.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

/** Inserts of one table, by how many rows a statement takes. */
export interface InsertRows {
  readonly columns: readonly string[]
  of(rows: number): Statement
}

/** SQLite takes 32,766 values a statement; the more there are, the longer it is to prepare. */
const mostValues = 2_000

export function insertRows(table: string, columns: readonly string[]): InsertRows {
  const made = new Map<number, Statement>()
  const row = `(${columns.map(() => '?').join(', ')})`
  return {
    columns,
    of(rows) {
      const known = made.get(rows)
      if (known) return known
      const values = Array.from({ length: rows }, () => row).join(', ')
      const statement = { sql: `INSERT INTO ${quote(table)} (${quoteAll(columns)}) VALUES ${values}`, label: `insert batch ${table}` }
      made.set(rows, statement)
      return statement
    },
  }
}

/** Inserts rows of values in the order of the columns: as many at once as pays with this driver, the rest one by one. */
export async function runInsert(link: SqliteLink, insert: InsertRows, rows: readonly (readonly unknown[])[]): Promise<void> {
  const size = Math.max(1, Math.min(link.rowsAtOnce, Math.floor(mostValues / insert.columns.length)))
  const whole = size === 1 ? 0 : rows.length - (rows.length % size)
  for (let start = 0; start < whole; start += size) await link.run(insert.of(size), rows.slice(start, start + size).flat())
  const one = insert.of(1)
  for (let at = whole; at < rows.length; at++) await link.run(one, rows[at] ?? [])
}
