import type { WritePlan } from '@guanxi/core/store'
import { Bindings, type Slot } from '../sql/bindings.ts'
import { quote } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { columnSql, type Scope } from '../sql/scope.ts'
import { revisionSql } from '../sql/select.ts'
import type { Tables } from '../sql/tables.ts'
import { sqliteDialect } from './dialect.ts'
import { counterSources, idSource, referenceSource } from './own-values.ts'
import type { Statement } from './statement.ts'

/** A statement with the sources of its places. */
export interface Placed extends Statement {
  readonly slots: readonly Slot[]
}

/** One read of everything that a composed write is judged by, and of columns of the row as it is. */
export function compileGuards(tables: Tables, plan: WritePlan, columns: readonly string[]): Placed {
  const scope = scopeOf(tables, plan)
  const { bindings } = scope
  const label = `guards ${plan.table.name}`
  const parts = [`${revisionSql(bindings.tenant())} AS "__revision"`]
  for (let index = 0; index < plan.counters; index++) parts.push(`${usedSql(bindings, index)} AS "__used${index}"`)
  for (const [index, table] of plan.references.entries()) {
    parts.push(`${referenceSql(bindings, plan, table, index)} AS "__reference${index}"`)
  }
  if (plan.op === 'insert') return { sql: `SELECT ${parts.join(', ')}`, slots: bindings.slots, label }
  parts.push(`${columnSql(scope, 'version')} AS "__version"`)
  if (plan.state !== 'any') parts.push(`${columnSql(scope, 'deleted_at')} AS "__deleted_at"`)
  if (plan.policy) parts.push(`(${predicateSql(scope, plan.policy)}) IS TRUE AS "__policy"`)
  parts.push(...columns.map((column) => columnSql(scope, column)))
  const sql = `SELECT ${parts.join(', ')} FROM (SELECT 1) LEFT JOIN ${quote(plan.table.name)} t0 ON ${rowSql(scope)}`
  return { sql, slots: bindings.slots, label }
}

function scopeOf(tables: Tables, plan: WritePlan): Scope {
  return { dialect: sqliteDialect, bindings: new Bindings(sqliteDialect, 0), tables, table: plan.table.name, depth: 0 }
}

function rowSql(scope: Scope): string {
  const { bindings } = scope
  return `${columnSql(scope, 'tenant_id')} = ${bindings.tenant()} AND ${columnSql(scope, 'id')} = ${bindings.add(idSource)}`
}

function usedSql(bindings: Bindings, index: number): string {
  const { kind, key } = counterSources(index)
  const balance = `"tenant_id" = ${bindings.tenant()} AND "kind" = ${bindings.add(kind)} AND "key" = ${bindings.add(key)}`
  return `coalesce((SELECT "used" FROM "crm_balance" WHERE ${balance}), 0)`
}

function referenceSql(bindings: Bindings, plan: WritePlan, table: string, index: number): string {
  const source = referenceSource(plan, index)
  const nothing = `${bindings.add(source)} IS NULL`
  const live = `"tenant_id" = ${bindings.tenant()} AND "id" = ${bindings.add(source)} AND "deleted_at" IS NULL`
  return `(${nothing} OR EXISTS (SELECT 1 FROM ${quote(table)} WHERE ${live}))`
}
