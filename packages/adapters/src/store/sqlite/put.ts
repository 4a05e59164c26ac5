import type { RowsPlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { encodeSqlite } from './dialect.ts'
import type { SqliteLink, Statement } from './link.ts'

export type Conflict = 'error' | 'replace' | 'ignore'

/** The statements of one rows plan, by what happens to a row that is already there. */
export type CompiledPut = Readonly<Record<Conflict, Statement>>

export function compilePut(plan: RowsPlan): CompiledPut {
  const { name, primaryKey } = plan.table
  const insert = `INSERT INTO ${quote(name)} (${quoteAll(plan.columns)}) VALUES (${plan.columns.map(() => '?').join(', ')})`
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

export async function runPut(link: SqliteLink, statement: Statement, rows: readonly (readonly unknown[])[]): Promise<number> {
  let touched = 0
  for (const row of rows) touched += await link.run(statement, row.map(encodeSqlite))
  return touched
}
