import type { Predicate, RowsPlan, TableSpec } from '@guanxi/core/store'
import { Bindings, type Slot } from './bindings.ts'
import type { Dialect } from './dialect.ts'
import { quote } from './identifier.ts'
import { predicateSql } from './predicate.ts'
import { alias, columnSql, type Scope } from './scope.ts'
import { type Tables, typeOf } from './tables.ts'

/** The text of a DELETE or UPDATE under a condition. Parameters of the condition come after `leading` values. */
export interface CompiledChange {
  readonly sql: string
  readonly slots: readonly Slot[]
  readonly label: string
}

export function compileDelete(dialect: Dialect, tables: Tables, table: TableSpec, where: Predicate): CompiledChange {
  tables.meet([table])
  const bindings = new Bindings(dialect, 1)
  const scope: Scope = { dialect, bindings, tables, table: table.name, depth: 0 }
  const sql = `DELETE FROM ${quote(table.name)} AS ${alias(scope)} WHERE ${matching(scope, where)}`
  return { sql, slots: bindings.slots, label: `delete ${table.name}` }
}

/** The values to set are addressed as the call's own values after the tenant: -2, -3 … */
export function compileSet(dialect: Dialect, tables: Tables, plan: RowsPlan, where: Predicate): CompiledChange {
  tables.meet([plan.table])
  const bindings = new Bindings(dialect, 1)
  const scope: Scope = { dialect, bindings, tables, table: plan.table.name, depth: 0 }
  const assignments = plan.columns.map((column, index) => {
    const value = dialect.typed(bindings.add(-2 - index), typeOf(plan.table, column))
    return `${quote(column)} = ${value}`
  })
  const sql = `UPDATE ${quote(plan.table.name)} AS ${alias(scope)} SET ${assignments.join(', ')} WHERE ${matching(scope, where)}`
  return { sql, slots: bindings.slots, label: `set ${plan.table.name}` }
}

function matching(scope: Scope, where: Predicate): string {
  return `${columnSql(scope, 'tenant_id')} = ${scope.bindings.tenant()} AND ${predicateSql(scope, where)}`
}
