import type { TableSpec } from '@guanxi/core/store'
import { quote, quoteAll } from './identifier.ts'

/** What happens to a row whose primary key is there already. */
export type Conflict = 'error' | 'replace' | 'ignore'

/** The end of an insert of these columns. */
export function conflictSql({ primaryKey }: TableSpec, columns: readonly string[], conflict: Conflict): string {
  if (conflict === 'error') return ''
  const others = columns.filter((column) => !primaryKey.includes(column))
  if (conflict === 'ignore' || others.length === 0) return ' ON CONFLICT DO NOTHING'
  const assignments = others.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ')
  return ` ON CONFLICT (${quoteAll(primaryKey)}) DO UPDATE SET ${assignments}`
}
