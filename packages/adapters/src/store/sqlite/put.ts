import type { RowsPlan } from '@guanxi/core/store'
import { type Conflict, conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { element } from './satellites.ts'
import type { Statement } from './statement.ts'

/** The statements of one rows plan, by what happens to a row that is already there. All rows go in as one JSON text. */
export type CompiledPut = Readonly<Record<Conflict, Statement>>

export function compilePut(plan: RowsPlan): CompiledPut {
  const { name } = plan.table
  const values = plan.columns.map((_, index) => element(index)).join(', ')
  const insert = `INSERT INTO ${quote(name)} (${quoteAll(plan.columns)}) SELECT ${values} FROM json_each(?) item WHERE true`
  const label = `put ${name}`
  return {
    error: { sql: insert, label },
    replace: { sql: insert + conflictSql(plan.table, plan.columns, 'replace'), label },
    ignore: { sql: insert + conflictSql(plan.table, plan.columns, 'ignore'), label },
  }
}
