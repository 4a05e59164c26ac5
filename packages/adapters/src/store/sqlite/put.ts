import type { RowsPlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { element } from './satellites.ts'
import type { Statement } from './statement.ts'

export type Conflict = 'error' | 'replace' | 'ignore'

/** The statements of one rows plan, by what happens to a row that is already there. All rows go in as one JSON text. */
export type CompiledPut = Readonly<Record<Conflict, Statement>>

export function compilePut(plan: RowsPlan): CompiledPut {
  const { name, primaryKey } = plan.table
  const values = plan.columns.map((_, index) => element(index)).join(', ')
  const insert = `INSERT INTO ${quote(name)} (${quoteAll(plan.columns)}) SELECT ${values} FROM json_each(?) item WHERE true`
  const others = plan.columns.filter((column) => !primaryKey.includes(column))
  const assignments = others.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ')
  const replace = others.length > 0 ? ` ON CONFLICT (${quoteAll(primaryKey)}) DO UPDATE SET ${assignments}` : ' ON CONFLICT DO NOTHING'
  const label = `put ${name}`
  return {
    error: { sql: insert, label },
    replace: { sql: insert + replace, label },
    ignore: { sql: `${insert} ON CONFLICT DO NOTHING`, label },
  }
}
