import { quote } from '../sql/identifier.ts'
import { placeholder } from './dialect.ts'
import { element } from './satellites.ts'

/**
 * Updates rows of records by one JSON text: an array for each row, its id and then what the columns will hold. Places: the text, the
 * tenant, then those of `more`, which are assignments that are the same for all. Tables of records have a rowid.
 */
export function givenRowsSql(table: string, columns: readonly string[], more: readonly string[] = []): string {
  const name = quote(table)
  const read = ['t.rowid AS row', ...columns.map((_, index) => `${element(index + 1)} AS c${index}`)].join(', ')
  // CROSS JOIN keeps the order: without statistics SQLite would look through all rows for each.
  const rows = `SELECT ${read} FROM json_each(?) item CROSS JOIN ${name} t WHERE t."tenant_id" = ${placeholder} AND t."id" = ${element(0)}`
  const assignments = [...columns.map((column, index) => `${quote(column)} = v.c${index}`), ...more].join(', ')
  return `WITH v AS MATERIALIZED (${rows}) UPDATE ${name} SET ${assignments} FROM v WHERE ${name}.rowid = v.row`
}
