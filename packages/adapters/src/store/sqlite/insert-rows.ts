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

/** The row at an index: values in the order of the columns. It may give the same list again, filled anew. */
export type RowAt = (index: number) => readonly unknown[]

/** Inserts so many rows: as many at once as pays with this driver, the rest one by one. */
export async function runInsert(link: SqliteLink, insert: InsertRows, count: number, rowAt: RowAt): Promise<void> {
  const size = Math.max(1, Math.min(link.rowsAtOnce, Math.floor(mostValues / insert.columns.length)))
  const whole = size === 1 ? 0 : count - (count % size)
  for (let start = 0; start < whole; start += size) await link.run(insert.of(size), together(start, size, rowAt))
  await link.runEach(insert.of(1), count - whole, (index) => rowAt(whole + index))
}

function together(start: number, size: number, rowAt: RowAt): unknown[] {
  const values: unknown[] = []
  for (let index = start; index < start + size; index++) values.push(...rowAt(index))
  return values
}
