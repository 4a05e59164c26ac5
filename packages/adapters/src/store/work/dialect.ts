import type { RawRow } from '@guanxi/core/store'

/** What differs between the engines in statements over shared work. */
export interface WorkDialect {
  /** The database's own clock, ms. */
  readonly now: string
  /** A text that nobody else gets. */
  readonly unique: string
  /** At the end of a read of rows that are then changed: takes what nobody else holds, without waiting. */
  readonly skipLocked: string
  /** `place` holds a list of texts. */
  isIn(operand: string, place: string): string
  /** A condition, as 1 or 0. */
  one(condition: string): string
  list(values: readonly string[]): unknown
  /** The cursor of the last change that nothing can precede any more. */
  readonly end: string
  /** A row where there are changes that something may still precede. */
  readonly unordered: string | null
  readonly identity: string | null
  /** `$1`, `$2`: the two parts of a cursor. */
  readonly firstPending: string
  readonly rebase: string | null
  /** The cursor after a row of the log. */
  placeOf(row: RawRow): string
  /** What a consumer waits for. */
  readonly holdup: string | null
}

/** PostgreSQL: locks of rows, and snapshots that long transactions hold back. */
export const postgresWork: WorkDialect = {
  now: '(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
  unique: 'gen_random_uuid()::text',
  skipLocked: ' FOR UPDATE SKIP LOCKED',
  isIn: (operand, place) => `${operand} = ANY(${place}::text[])`,
  one: (condition) => `count(*) FILTER (WHERE ${condition})`,
  list: (values) => values,
  end:
    'SELECT "xid"::text || \':\' || "seq" AS "cursor" FROM "crm_change" ' +
    'WHERE "xid" < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY "crm_change"."xid" DESC, "seq" DESC LIMIT 1',
  unordered: 'SELECT 1 AS "one" FROM "crm_change" WHERE "xid" >= pg_snapshot_xmin(pg_current_snapshot()) LIMIT 1',
  identity:
    'SELECT "system_identifier"::text || \'/\' || (SELECT "oid"::text FROM pg_database WHERE "datname" = current_database()) AS "identity" ' +
    'FROM pg_control_system()',
  firstPending: 'SELECT min("seq") AS "first" FROM "crm_change" WHERE ("xid", "seq") > ($1::xid8, $2::bigint)',
  rebase: `UPDATE "crm_change" SET "xid" = '0'::xid8 WHERE "xid" <> '0'::xid8`,
  placeOf: ({ xid, seq }) => `${xid}:${seq}`,
  holdup:
    'SELECT "pid", "application_name" AS "application", coalesce(left("query", 200), \'\') AS "statement", ' +
    '(extract(epoch FROM clock_timestamp() - "xact_start") * 1000)::bigint AS "milliseconds" FROM pg_stat_activity ' +
    'WHERE "backend_xid" IS NOT NULL AND "xact_start" <= clock_timestamp() - $1::bigint * interval \'1 millisecond\' ' +
    'ORDER BY "xact_start" LIMIT 1',
}

/** SQLite: one writer at a time, so nothing is ever locked or out of order. */
export const sqliteWork: WorkDialect = {
  now: "CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)",
  unique: 'lower(hex(randomblob(16)))',
  skipLocked: '',
  isIn: (operand, place) => `${operand} IN (SELECT value FROM json_each(${place}))`,
  one: (condition) => `coalesce(sum(${condition}), 0)`,
  list: (values) => JSON.stringify(values),
  end: 'SELECT CAST("seq" AS TEXT) AS "cursor" FROM "crm_change" ORDER BY "seq" DESC LIMIT 1',
  unordered: null,
  identity: null,
  firstPending: 'SELECT min("seq") AS "first" FROM "crm_change" WHERE $1 = 0 AND "seq" > $2',
  rebase: null,
  placeOf: ({ seq }) => String(seq),
  holdup: null,
}
