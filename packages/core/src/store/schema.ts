/**
 * Storage types. `integer` is a 64-bit integer, `json` a JSON document (jsonb on PostgreSQL, text on SQLite),
 * `log` a JSON text kept letter for letter (json on PostgreSQL), because a digest is taken over it.
 */
export type ColumnType = 'text' | 'uuid' | 'integer' | 'real' | 'boolean' | 'json' | 'log'

/** A physical column. Text columns compare by code point on both engines. */
export interface ColumnSpec {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
}

/** A secondary index; `tenant_id` is its first column and not repeated here. */
export interface IndexSpec {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique?: boolean
  /** Left without `tenant_id`: for work that is looked for in all tenants at once. Never unique. */
  readonly everyTenant?: boolean
  /** `live`: only rows whose `deleted_at` is null. `set`: only rows with a value in the first column; an index over all rows serves as well. */
  readonly only?: 'live' | 'set'
}

/** A physical table. `primaryKey` starts with `tenant_id`, save for append-only tables with a sequence. */
export interface TableSpec {
  readonly name: string
  readonly columns: readonly ColumnSpec[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly IndexSpec[]
  /**
   * `sequence`: the table is append-only and gets two columns that the store fills itself: `seq` (identity on PostgreSQL,
   * integer primary key on SQLite) and, on PostgreSQL, `xid` (xid8, the writing transaction). Its primary key is (tenant_id, seq)
   * on PostgreSQL; neither column is listed in `columns`.
   */
  readonly sequence?: boolean
  /** Rows are kept in the primary key's own tree where an engine can: for rows that are looked up by their key and not much wider. */
  readonly clustered?: boolean
}
