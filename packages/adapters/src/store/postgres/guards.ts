import type { WritePlan } from '@guanxi/core/store'
import { quote } from '../sql/identifier.ts'
import { revisionSql } from '../sql/select.ts'
import type { WritePlaces } from '../write/places.ts'

/** A guard's column in the verdict, and its SQL. */
export interface GuardColumn {
  readonly name: string
  readonly sql: string
}

/** The row, locked: its newest version, what the guards ask of it, and columns of it as they are. */
export function lockedRow(plan: WritePlan, places: WritePlaces, columns: readonly string[]): string {
  const parts = ['t0."version" AS "__version"']
  if (plan.state !== 'any') parts.push(`t0."deleted_at" IS ${plan.state === 'live' ? 'NULL' : 'NOT NULL'} AS "__state"`)
  if (plan.policy) parts.push(`(${places.policy.sql}) IS TRUE AS "__policy"`)
  parts.push(...columns.map((column) => `t0.${quote(column)}`))
  const where = `t0."tenant_id" = $1 AND t0."id" = ${places.id}`
  return `SELECT ${parts.join(', ')} FROM ${quote(plan.table.name)} t0 WHERE ${where} FOR UPDATE OF t0`
}

/** Is the revision the one the write was planned with? */
export const revisionGuard: GuardColumn = { name: '__revision', sql: `($2::bigint IS NULL OR ${revisionSql('$1')} = $2)` }

/** Guards over the row `r`. Of a row that is not there, only that can be said. */
export function rowGuards(plan: WritePlan, places: WritePlaces): GuardColumn[] {
  const found = 'r."__version" IS NOT NULL'
  const guards: GuardColumn[] = [{ name: '__found', sql: `(${found})` }]
  const add = (name: string, sql: string): number => guards.push({ name, sql: `(NOT ${found} OR ${sql})` })
  if (plan.state !== 'any') add('__state', 'r."__state"')
  add('__version', `${places.version}::bigint IS NULL OR r."__version" = ${places.version}`)
  if (plan.policy) add('__policy', 'r."__policy"')
  return guards
}

export function referenceGuards(plan: WritePlan, places: WritePlaces): GuardColumn[] {
  return plan.references.map((table, index) => {
    const id = `${places.references[index]}::uuid`
    const live = `"tenant_id" = $1 AND "id" = ${id} AND "deleted_at" IS NULL`
    return { name: `__reference${index}`, sql: `(${id} IS NULL OR EXISTS (SELECT 1 FROM ${quote(table)} WHERE ${live}))` }
  })
}
