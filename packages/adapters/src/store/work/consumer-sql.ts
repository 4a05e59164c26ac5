import type { WorkDialect } from './dialect.ts'
import { isFree } from './job-sql.ts'

const mine = `"tenant_id" = '*' AND "id" = $1`

/** `$1` consumer, `$2` owner, `$3` length. Each claim is counted before anything is told. Whoever holds it may take it again: it is then another lease. */
export function takeSql(dialect: WorkDialect): string {
  return (
    `UPDATE "crm_consumer" SET "lease_owner" = $2, "lease_until" = ${dialect.now} + $3, "fence" = "fence" + 1, ` +
    `"claims" = coalesce("claims", 0) + 1 WHERE ${mine} AND (${isFree(dialect)} OR "lease_owner" = $2) RETURNING "cursor", "fence", "claims"`
  )
}

/** `$1` consumer, `$2` fence, `$3` length, 0 where it is handed back, `$4` cursor where it moves. */
export function keepSql(dialect: WorkDialect, moves: boolean): string {
  const claims = `"claims" = CASE WHEN $3 = 0 THEN 0 ELSE ${moves ? '1' : '"claims"'} END`
  const set = [...(moves ? ['"cursor" = $4'] : []), `"lease_until" = ${dialect.now} + $3`, claims]
  return `UPDATE "crm_consumer" SET ${set.join(', ')} WHERE ${mine} AND "fence" = $2`
}

/** `$1` consumer, `$2` now, `$3` how many. */
export const parkedDueSql =
  'SELECT "tenant_id", "record_id" FROM "crm_parked" WHERE "consumer" = $1 AND "retry_at" <= $2 ORDER BY "retry_at" LIMIT $3'

/** `$1` now, `$2` consumer. */
export const wakeOrphansSql =
  'UPDATE "crm_parked" SET "retry_at" = $1 WHERE "consumer" = $2 AND "retry_at" IS NULL AND "error" = \'\' AND NOT EXISTS (' +
  'SELECT 1 FROM "crm_parked" before WHERE before."tenant_id" = "crm_parked"."tenant_id" AND before."consumer" = "crm_parked"."consumer" ' +
  'AND before."record_id" = "crm_parked"."record_id" AND before."version" < "crm_parked"."version")'

/** `$1` tenant where it is one's. */
export function countParkedSql(dialect: WorkDialect, ofTenant: boolean): string {
  const where = ofTenant ? ' WHERE "tenant_id" = $1' : ''
  return (
    `SELECT "consumer", count(*) AS "total", ${dialect.one('"retry_at" IS NOT NULL')} AS "retrying" FROM "crm_parked"${where} ` +
    'GROUP BY "consumer" ORDER BY "consumer"'
  )
}
