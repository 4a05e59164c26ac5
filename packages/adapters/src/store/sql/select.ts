import type { SelectPlan } from '@guanxi/core/store'
import { Bindings, type Slot } from './bindings.ts'
import type { Dialect } from './dialect.ts'
import { quote } from './identifier.ts'
import { afterSql, orderSql } from './order.ts'
import { packColumns } from './packed-row.ts'
import { predicateSql } from './predicate.ts'
import { alias, columnSql, type Scope } from './scope.ts'
import type { Tables } from './tables.ts'

/** The text of a read, and what goes into its places. */
export interface CompiledRead {
  readonly sql: string
  readonly slots: readonly Slot[]
  readonly label: string
}

/** The tenant's revision as a scalar, 0 when the tenant has none. */
export function revisionSql(tenant: string): string {
  return `coalesce((SELECT "revision" FROM "crm_revision" WHERE "tenant_id" = ${tenant}), 0)`
}

/** `packed`: each row as one JSON array, see {@link packColumns}. */
export function compileSelect(dialect: Dialect, tables: Tables, plan: SelectPlan, packed = false): CompiledRead {
  tables.meet([plan.table])
  const bindings = new Bindings(dialect, 1)
  const scope: Scope = { dialect, bindings, tables, table: plan.table.name, depth: 0 }
  const columns = plan.columns.map((column) => columnSql(scope, column))
  if (plan.revision) columns.push(packed ? revisionSql(bindings.tenant()) : `${revisionSql(bindings.tenant())} AS "__revision"`)
  const shown = packed ? packColumns(dialect.array, columns) : columns
  const parts = [`SELECT ${shown.join(', ')} FROM ${quote(plan.table.name)} ${alias(scope)}`]
  parts.push(`WHERE ${columnSql(scope, 'tenant_id')} = ${bindings.tenant()}`)
  if (plan.where) parts.push(`AND ${predicateSql(scope, plan.where)}`)
  if (plan.after) parts.push(`AND ${afterSql(scope, plan)}`)
  if (plan.order.length > 0) parts.push(`ORDER BY ${orderSql(scope, plan.order)}`)
  if (plan.limit !== undefined) parts.push(`LIMIT ${bindings.add(plan.limit)}`)
  if (plan.lock) parts.push(dialect.lock(alias(scope)))
  return { sql: parts.join(' ').trimEnd(), slots: bindings.slots, label: `select ${plan.table.name}` }
}
