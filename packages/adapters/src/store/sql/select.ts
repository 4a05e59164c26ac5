import type { Order, RowValue, SelectPlan } from '@guanxi/core/store'
import { Bindings, type Slot } from './bindings.ts'
import type { Dialect } from './dialect.ts'
import { quote } from './identifier.ts'
import { type Branch, branchesOf } from './null-branches.ts'
import { afterSql, orderSql } from './order.ts'
import { packColumns } from './packed-row.ts'
import { predicateSql, valueSql, valueType } from './predicate.ts'
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

/** How a row is answered: as columns, as one JSON array (see {@link packColumns}), or as the engine's own text of a record. */
export type RowForm = 'columns' | 'json' | 'record'

export function compileSelect(dialect: Dialect, tables: Tables, plan: SelectPlan, form: RowForm = 'columns'): CompiledRead {
  tables.meet([plan.table])
  const bindings = new Bindings(dialect, 1)
  const scope: Scope = { dialect, bindings, tables, table: plan.table.name, depth: 0 }
  const branches = branchesOf(dialect, plan).map((branch) => branchSql(scope, plan, branch, form))
  const [only] = branches
  const sql = branches.length === 1 && only !== undefined ? only : joined(branches, bindings, plan)
  return { sql, slots: bindings.slots, label: `select ${plan.table.name}` }
}

/** One branch after the other: neither engine changes the order of the branches of a UNION ALL that nothing sorts. */
function joined(branches: readonly string[], bindings: Bindings, plan: SelectPlan): string {
  const parts = branches.map((branch, index) => `SELECT * FROM (${branch}) b${index}`)
  return `${parts.join(' UNION ALL ')} LIMIT ${bindings.add(plan.limit as number)}`
}

function branchSql(scope: Scope, plan: SelectPlan, branch: Branch, form: RowForm): string {
  const { dialect, bindings } = scope
  const values = (plan.values ?? []).map((value, index) => shownValue(scope, value, index, form))
  const columns = [...plan.columns.map((column) => columnSql(scope, column)), ...values]
  if (plan.revision) columns.push(form === 'columns' ? `${revisionSql(bindings.tenant())} AS "__revision"` : revisionSql(bindings.tenant()))
  const parts = [`SELECT ${shownColumns(dialect, plan, columns, form).join(', ')} ${fromSql(scope, plan)}`]
  if (plan.offset !== undefined) {
    parts.push(`AND ${columnSql(scope, 'id')} IN (${idsSql(scope, plan, plan.offset)}) ORDER BY ${orderSql(scope, branch.order)}`)
    return parts.join(' ')
  }
  if (plan.where) parts.push(`AND ${predicateSql(scope, plan.where)}`)
  if (branch.first) parts.push(`AND ${valueSql(scope, branch.first.operand)} IS ${branch.first.isNull ? 'NULL' : 'NOT NULL'}`)
  if (plan.after) parts.push(`AND ${positionSql(scope, branch, plan.after)}`)
  if (branch.order.length > 0) parts.push(`ORDER BY ${orderSql(scope, branch.order)}`)
  if (plan.limit !== undefined) parts.push(`LIMIT ${bindings.add(plan.limit)}`)
  if (plan.lock) parts.push(dialect.lock(alias(scope)))
  return parts.join(' ').trimEnd()
}

/** The ids of a page that begins somewhere in the middle: what is left out is counted by its keys, and nothing else of it is read. */
function idsSql(scope: Scope, plan: SelectPlan, offset: number): string {
  const parts = [`SELECT ${columnSql(scope, 'id')} ${fromSql(scope, plan)}`]
  if (plan.where) parts.push(`AND ${predicateSql(scope, plan.where)}`)
  parts.push(`ORDER BY ${orderSql(scope, plan.order)}`)
  if (plan.limit !== undefined) parts.push(`LIMIT ${scope.bindings.add(plan.limit)}`)
  parts.push(`OFFSET ${scope.bindings.add(offset)}`)
  return parts.join(' ')
}

function fromSql(scope: Scope, plan: SelectPlan): string {
  return `FROM ${quote(plan.table.name)} ${alias(scope)} WHERE ${columnSql(scope, 'tenant_id')} = ${scope.bindings.tenant()}`
}

function shownValue(scope: Scope, value: RowValue, index: number, form: RowForm): string {
  const sql = valueSql(scope, value)
  if (form === 'columns') return `${sql} AS ${quote(`v${index}`)}`
  return form === 'json' && valueType(scope, value) === 'real' ? scope.dialect.exact(sql, () => valueSql(scope, value)) : sql
}

function shownColumns(dialect: Dialect, plan: SelectPlan, columns: readonly string[], form: RowForm): readonly string[] {
  if (form === 'columns') return columns
  if (form === 'record') return [`ROW(${columns.join(', ')})::text AS "record"`]
  return packColumns(dialect.array, exactColumns(dialect, plan, columns))
}

/** Fractions keep their last digit on the way through JSON. */
function exactColumns(dialect: Dialect, { table, columns }: SelectPlan, texts: readonly string[]): readonly string[] {
  const fractions = new Set(table.columns.flatMap(({ name, type }) => (type === 'real' ? [name] : [])))
  if (fractions.size === 0) return texts
  return texts.map((text, index) => (fractions.has(columns[index] ?? '') ? dialect.exact(text) : text))
}

/** Where the page begins. All the nulls come after a position that has a value. */
function positionSql(scope: Scope, { first, order }: Branch, after: readonly number[]): string {
  if (!first?.isNull) return afterSql(scope, order, after)
  const rest: readonly Order[] = order.slice(1)
  return `(${scope.dialect.isGiven(scope.bindings.add(after[0] as number))} OR ${afterSql(scope, rest, after.slice(1))})`
}
