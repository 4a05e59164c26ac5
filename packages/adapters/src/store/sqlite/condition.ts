import type { WritePlan } from '@guanxi/core/store'
import { quote } from '../sql/identifier.ts'
import { revisionSql } from '../sql/select.ts'
import type { CounterPlaces, WritePlaces } from '../write/places.ts'

/** All guards of a composed write as one condition, which is true or false and never null. */
export function conditionSql(plan: WritePlan, places: WritePlaces): string {
  const parts = [`(${places.revision} IS NULL OR ${revisionSql(places.tenant)} = ${places.revision})`]
  if (plan.op === 'update') parts.push(rowSql(plan, places))
  parts.push(...places.counters.map((counter) => roomSql(places, counter)))
  plan.references.forEach((table, index) => {
    parts.push(referenceSql(places, table, places.references[index] ?? ''))
  })
  return parts.join(' AND ')
}

function rowSql(plan: WritePlan, places: WritePlaces): string {
  const parts = [`t0."tenant_id" = ${places.tenant}`, `t0."id" = ${places.id}`]
  parts.push(`(${places.version} IS NULL OR t0."version" = ${places.version})`)
  if (plan.state !== 'any') parts.push(`t0."deleted_at" IS ${plan.state === 'live' ? 'NULL' : 'NOT NULL'}`)
  if (plan.policy) parts.push(places.policy.sql)
  return `EXISTS (SELECT 1 FROM ${quote(plan.table.name)} t0 WHERE ${parts.join(' AND ')})`
}

/** A balance that is not there is at nothing used. */
function roomSql({ tenant, counters }: WritePlaces, counter: CounterPlaces): string {
  const balance = `"tenant_id" = ${tenant} AND "kind" = ${counter.kind} AND "key" = ${counter.key}`
  const used = `coalesce((SELECT "used" FROM "crm_balance" WHERE ${balance}), 0)`
  return `(${counter.capacity} IS NULL OR ${used} + ${totalSql(counters, counter)} <= ${counter.capacity})`
}

/** What the whole write takes from a counter: one that is named twice is judged by the sum. */
function totalSql(counters: readonly CounterPlaces[], counter: CounterPlaces): string {
  const others = counters.filter((other) => other !== counter)
  const sums = others.map(
    (other) => `CASE WHEN ${other.kind} = ${counter.kind} AND ${other.key} = ${counter.key} THEN ${other.amount} ELSE 0 END`,
  )
  return [counter.amount, ...sums].join(' + ')
}

function referenceSql({ tenant }: WritePlaces, table: string, id: string): string {
  const live = `"tenant_id" = ${tenant} AND "id" = ${id} AND "deleted_at" IS NULL`
  return `(${id} IS NULL OR EXISTS (SELECT 1 FROM ${quote(table)} WHERE ${live}))`
}
