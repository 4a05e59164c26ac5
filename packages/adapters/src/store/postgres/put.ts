import type { RowsPlan } from '@guanxi/core/store'
import { type Conflict, conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'
import { fromItem } from './satellites.ts'

/** The statements of one rows plan, by what happens to a row that is already there. */
export interface CompiledPut extends Readonly<Record<Conflict, Statement>> {
  /** Where the primary key stands in a row. */
  readonly keyAt: readonly number[]
}

export function compilePut(plan: RowsPlan): CompiledPut {
  const { name, primaryKey } = plan.table
  const values = plan.columns.map((column, index) => fromItem(plan, column, index)).join(', ')
  const insert = `INSERT INTO ${quote(name)} (${quoteAll(plan.columns)}) SELECT ${values} FROM jsonb_array_elements($1::jsonb) item`
  const label = `put ${name}`
  return {
    error: statement(insert, label),
    replace: statement(insert + conflictSql(plan.table, plan.columns, 'replace'), label),
    ignore: statement(insert + conflictSql(plan.table, plan.columns, 'ignore'), label),
    keyAt: primaryKey.map((column) => plan.columns.indexOf(column)),
  }
}

export async function runPut(
  link: PostgresLink,
  compiled: CompiledPut,
  rows: readonly (readonly unknown[])[],
  conflict: Conflict,
): Promise<number> {
  if (rows.length === 0) return 0
  const { rowCount } = await link.query(compiled[conflict], [JSON.stringify(conflict === 'replace' ? lastOfEach(compiled, rows) : rows)])
  return rowCount
}

/** PostgreSQL refuses to replace a row twice in one statement; the last one counts. */
function lastOfEach({ keyAt }: CompiledPut, rows: readonly (readonly unknown[])[]): (readonly unknown[])[] {
  const byKey = new Map(rows.map((row) => [JSON.stringify(keyAt.map((index) => row[index])), row]))
  return [...byKey.values()]
}
