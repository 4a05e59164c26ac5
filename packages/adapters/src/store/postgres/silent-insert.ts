import type { WritePlan } from '@guanxi/core/store'
import type { CounterPlaces, WritePlaces } from '../write/places.ts'
import { referenceGuards, revisionGuard } from './guards.ts'
import { type Statement, statement } from './prepared-names.ts'
import { insertSql, restSql } from './write-parts.ts'

/**
 * An insert that says nothing but whether it wrote: no verdict is made, answered and read. One counter is taken and judged in one step,
 * which every other part hangs on. Null where several counters are to be judged before any of them is moved.
 */
export function silentInsert(plan: WritePlan, places: WritePlaces): Statement | null {
  if (plan.counters > 1) return null
  const versionAt = plan.set.indexOf('version')
  const version = versionAt < 0 ? '1' : `${places.set[versionAt]}::bigint`
  const guards = [revisionGuard, ...referenceGuards(plan, places)].map(({ sql }) => sql)
  const [counter] = places.counters
  const go = counter ? 'taken' : 'go'
  const [change = '', ...satellites] = restSql(plan, places, go)
  const expressions = [
    `go AS MATERIALIZED (SELECT ${version} AS "version" WHERE ${guards.join(' AND ')})`,
    ...(counter ? [`taken AS (${takeSql(counter, version)})`] : []),
    `written AS (${insertSql(plan, places, go)})`,
    ...satellites,
  ]
  return statement(`WITH ${expressions.join(', ')} ${change}`, `${plan.op} ${plan.table.name}`)
}

/** A balance that is there is judged as it is when its lock is ours. Nothing is taken where in doubt: then the verdict is asked for. */
function takeSql({ kind, key, amount, capacity }: CounterPlaces, version: string): string {
  const [more, most] = [`${amount}::bigint`, `${capacity}::bigint`]
  return (
    `INSERT INTO "crm_balance" AS b ("tenant_id", "kind", "key", "used") SELECT $1, ${kind}, ${key}, ${more} FROM go ` +
    `WHERE ${most} IS NULL OR ${more} <= ${most} ON CONFLICT ("tenant_id", "kind", "key") DO UPDATE SET "used" = b."used" + excluded."used" ` +
    `WHERE ${most} IS NULL OR b."used" + excluded."used" <= ${most} RETURNING ${version} AS "version"`
  )
}
