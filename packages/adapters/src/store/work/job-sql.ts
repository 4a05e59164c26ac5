import { jobTable } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import type { WorkDialect } from './dialect.ts'

/** A lease that ends later than this was taken under another clock and counts for nothing. */
export const longestLease = 3_600_000

const key = '"tenant_id", "job", "key"'
const columns = quoteAll(jobTable.columns.map(({ name }) => name))

/** A lease is free, or over by the database's clock. */
export function isFree({ now }: WorkDialect): string {
  return `("lease_until" IS NULL OR "lease_until" <= ${now} OR "lease_until" > ${now} + ${longestLease})`
}

/** Most urgent first. One range of the index for each priority: what waits for tomorrow is never passed through. */
const priorities = [0, 1, 2] as const

/** `$1` now, `$2` jobs, `$3` how many, `$4` worker, `$5` length of the lease. */
export function claimSql(dialect: WorkDialect): string {
  const lane = (priority: number, limit: string): string =>
    `SELECT ${key} FROM "crm_job" WHERE "state" = 'waiting' AND "priority" = ${priority} AND "due_at" <= $1 ` +
    `AND ${isFree(dialect)} AND ${dialect.isIn('"job"', '$2')} ORDER BY "due_at" LIMIT ${limit}${dialect.skipLocked}`
  const left = (before: readonly number[]): string =>
    before.reduce((limit, priority) => `${limit} - (SELECT count(*) FROM lane${priority})`, dialect.skipLocked ? '$3::bigint' : '$3')
  const lanes = priorities.map((priority, index) => `lane${priority} AS MATERIALIZED (${lane(priority, left(priorities.slice(0, index)))})`)
  const taken = priorities.map((priority) => `SELECT ${key} FROM lane${priority}`).join(' UNION ALL ')
  return (
    `WITH ${lanes.join(', ')} UPDATE "crm_job" SET "lease" = $4 || '/' || ${dialect.unique}, "lease_until" = ${dialect.now} + $5, ` +
    `"attempts" = "attempts" + 1 WHERE (${key}) IN (${taken}) RETURNING ${columns}`
  )
}

/** `$1` leases, `$2` length. Rows that their own worker has locked in a transaction are left out: nobody can take those anyway. */
export function renewSql(dialect: WorkDialect): string {
  const mine = dialect.isIn('"lease"', '$1')
  return (
    `UPDATE "crm_job" SET "lease_until" = ${dialect.now} + $2 ` +
    `WHERE (${key}) IN (SELECT ${key} FROM "crm_job" WHERE ${mine}${dialect.skipLocked})`
  )
}

/** `$1` leases. */
export function heldSql(dialect: WorkDialect): string {
  return `SELECT "lease" FROM "crm_job" WHERE ${dialect.isIn('"lease"', '$1')}`
}

/** `$1` leases, `$2` ids of the values that were claimed. */
export function finishSql(dialect: WorkDialect): string {
  const id = dialect.skipLocked ? '"id"::text' : '"id"'
  return `DELETE FROM "crm_job" WHERE ${dialect.isIn('"lease"', '$1')} AND ${dialect.isIn(id, '$2')} RETURNING "lease"`
}

/** `$1` leases. */
export function releaseSql(dialect: WorkDialect): string {
  return `UPDATE "crm_job" SET "lease" = NULL, "lease_until" = NULL WHERE ${dialect.isIn('"lease"', '$1')}`
}

/** `$1` now, `$2` tenant where it is one's. */
export function countSql(dialect: WorkDialect, ofTenant: boolean): string {
  const due = `"state" = 'waiting' AND "due_at" <= $1`
  const where = ofTenant ? ' WHERE "tenant_id" = $2' : ''
  return (
    `SELECT "job", count(*) AS "total", ${dialect.one(`${due} AND ${isFree(dialect)}`)} AS "due", ` +
    `${dialect.one(`"state" = 'waiting' AND NOT ${isFree(dialect)}`)} AS "running", ${dialect.one(`"state" = 'dead'`)} AS "dead", ` +
    `min(CASE WHEN ${due} AND ${isFree(dialect)} THEN "due_at" END) AS "oldest" FROM "crm_job"${where} GROUP BY "job" ORDER BY "job"`
  )
}
