import type { Param, Predicate, RowValue } from './predicate.ts'
import type { TableSpec } from './schema.ts'
import type { Term } from './term.ts'
import type { WorkStore } from './work.ts'

/** A row as the driver gave it. Decode by declared type, never by what the driver happened to return. */
export type RawRow = Record<string, unknown>

/** A row as values in the order of the columns, as the driver gave them. */
export type RowValues = readonly unknown[]

/** How a page is ordered. Nulls come last in both directions. */
export interface Order {
  readonly operand: RowValue
  readonly descending: boolean
}

/**
 * A read, without its values. Plans are made once per shape and kept by the caller, so that a store may hang its SQL on the object
 * (WeakMap). Values come beside it at each call: `params[0]` is always the tenant.
 */
export interface SelectPlan {
  readonly table: TableSpec
  readonly columns: readonly string[]
  /** Values that stand after the columns, in order; `v0`, `v1` … in rows by name. */
  readonly values?: readonly RowValue[]
  /** AND-ed with `tenant_id = params[0]`, which the store adds itself. */
  readonly where?: Predicate
  readonly order: readonly Order[]
  /**
   * Keyset: only rows after this position. One parameter per order term; null values are legal. The last order term is the id,
   * so that the order is total.
   */
  readonly after?: readonly Param[]
  /** Number of rows at most, as a parameter: a safe integer from 1 to 10,000. */
  readonly limit?: Param
  /** Rows left out before the first, as a parameter: a safe integer. Not with `after`, and not with `lock`. */
  readonly offset?: Param
  /** Adds the column `__revision`: the tenant's revision, 0 when the tenant has none. */
  readonly revision: boolean
  /** Locks the rows until the end of the transaction (a no-op on SQLite, whose write transactions are exclusive). */
  readonly lock?: boolean
}

/** One figure of an aggregate. */
export type Measure =
  | { readonly as: string; readonly fn: 'count' }
  /** How many of the rows satisfy a condition. */
  | { readonly as: string; readonly fn: 'countOf'; readonly where: Predicate }
  | { readonly as: string; readonly fn: 'sum' | 'min' | 'max' | 'avg'; readonly operand: RowValue }

/**
 * Reads the named columns as they were at an instant: the old value of the first change after it, else the current value. Needs the
 * change log to hold the record's history.
 */
export interface AsOf {
  readonly at: Param
  readonly columns: readonly string[]
}

/** A grouped read. Rows carry `g0`, `g1` … for the groups, and each measure under its `as`. Ordered by the groups, nulls last. */
export interface AggregatePlan {
  readonly table: TableSpec
  readonly where?: Predicate
  /** Unless said, the rows are read as they are. Columns that are not named here are. */
  readonly asOf?: AsOf
  readonly groups: readonly RowValue[]
  readonly measures: readonly Measure[]
  readonly limit: Param
  readonly revision: boolean
}

/** A row that belongs to a write and lives or dies with it. */
export type SatellitePlan =
  /** Adds rows: `values` is an array of rows in the order of `columns`. `ignore`: a row that is already there is left alone. `replace`: it gets these columns. */
  | {
      readonly op: 'insert'
      readonly table: TableSpec
      readonly columns: readonly string[]
      readonly conflict: 'error' | 'ignore' | 'replace'
      /** How many rows every write brings, where it is always the same few: they may then travel value by value. Batches bring any number. */
      readonly rows?: number
    }
  /** Removes rows by full key: `values` is an array of keys in the order of `columns`. */
  | { readonly op: 'delete'; readonly table: TableSpec; readonly columns: readonly string[] }

/**
 * A composed write, without its values: guards, the row, its change row, satellites. One verdict decides over all of it:
 * either every part is written or none. Compiled into one statement (PostgreSQL) or one immediate transaction (SQLite).
 */
export interface WritePlan {
  readonly op: 'insert' | 'update'
  readonly table: TableSpec
  /** Columns written, in the order of {@link WriteValues.set}. On insert it holds every column of the row. */
  readonly set: readonly string[]
  /** Columns of the row as it is after the write; only with `op: 'update'`. Empty = none wanted. */
  readonly returning: readonly string[]
  /** Update only: keys merged into `ext` (a JSON object text; a key with null removes it) come as {@link WriteValues.ext}. */
  readonly mergeExt: boolean
  /** Update only: the row must be live, deleted, or either. */
  readonly state: 'live' | 'deleted' | 'any'
  /** Batches of updates only: the rows were read under lock in this very transaction, so that nothing but the revision is judged. */
  readonly held?: boolean
  /** Update only: the row must satisfy this. Its parameters are {@link WriteValues.policy}. */
  readonly policy?: Predicate
  /** How many counters are taken, see {@link CounterTake}. */
  readonly counters: number
  /**
   * Tables of records this write points to, one per reference: each must hold a live row (`deleted_at` null) with the id at the same
   * place of {@link WriteValues.references}; a null id points to nothing and passes. Not locked: judged in the write's snapshot.
   */
  readonly references: readonly string[]
  /**
   * `given`: {@link ChangeValues.values} holds the diff. `sql`: the store builds it from the locked old row and the new values,
   * column by column, keeps only what differs, and writes nothing when nothing differs (only where {@link Store.diffsInSql}). Of a new
   * row it keeps the values of {@link recorded}.
   */
  readonly diff: 'given' | 'sql'
  /** Insert with the diff `sql`: the columns whose values the change row keeps where they have one; of `ext`, each of its keys. */
  readonly recorded?: readonly string[]
  readonly satellites: readonly SatellitePlan[]
}

/** Takes `amount` from the balance (kind, key): refused when `used + amount > capacity`. A null capacity is no limit. */
export interface CounterTake {
  readonly kind: string
  readonly key: string
  readonly amount: number
  readonly capacity: number | null
}

/** The change row of a write, save for what the store knows itself (seq, xid). */
export interface ChangeValues {
  readonly id: string
  readonly object: string
  readonly op: 'create' | 'update' | 'delete' | 'restore'
  /** When it was true, ms. */
  readonly at: number
  /** When we learned it, ms. */
  readonly recordedAt: number
  readonly actorKind: string
  readonly actorId: string
  /** JSON text or null: the decision, rule, hook or command behind the change. */
  readonly cause: string | null
  /** JSON text or null: which hook set which field. */
  readonly authors: string | null
  /** JSON text `{ key: [old, new] }` keyed by column or ext field id, in storage form. Null where the store builds it. */
  readonly values: string | null
  readonly salt: string
  /** SHA-256 (hex) of salt + values; null where the store builds both. */
  readonly digest: string | null
}

/** The values of one composed write. */
export interface WriteValues {
  readonly tenant: string
  readonly id: string
  /** The revision this write was planned with, or null for no guard. */
  readonly revision: number | null
  /** Update only: the version the writer saw, or null for any. */
  readonly version: number | null
  readonly set: readonly unknown[]
  readonly ext?: string
  readonly policy?: readonly unknown[]
  readonly counters: readonly CounterTake[]
  /** Ids pointed to, in the order of the plan's `references`. */
  readonly references: readonly (string | null)[]
  readonly change: ChangeValues
  /** One array of rows per satellite of the plan. An empty array writes nothing. */
  readonly satellites: readonly (readonly (readonly unknown[])[])[]
}

/** Why a composed write was refused, by guard. */
export type Guard = 'revision' | 'found' | 'state' | 'version' | 'policy' | 'counter' | 'reference'

/** What became of a composed write. */
export interface WriteOutcome {
  /** False: nothing at all was written. */
  readonly written: boolean
  /** Guards that failed, all of them. Empty and not written = nothing differed. */
  readonly refused: readonly Guard[]
  /** Indexes of the counters that were full. */
  readonly full: readonly number[]
  /** Indexes of the references that point to no live row. */
  readonly missing: readonly number[]
  /** The row after the write (or as it is, when nothing differed), with the plan's `returning` columns. */
  readonly row?: RawRow
}

/** Many inserts or updates of one shape as one unit: `shared` guards once, rows and change rows set-based. */
export interface BatchValues {
  readonly tenant: string
  readonly revision: number | null
  readonly rows: readonly BatchRow[]
  /** Parameters of the plan's policy, which every row must satisfy. */
  readonly policy?: readonly unknown[]
  /** One array of rows per satellite of the plan, for all records together. */
  readonly satellites: readonly (readonly (readonly unknown[])[])[]
}

/** One record of a batch. Updates come with the diff given: batches read and lock their rows first. One object, operation and actor for all. */
export interface BatchRow {
  readonly id: string
  readonly set: readonly unknown[]
  readonly change: ChangeValues
  /** Version of the record after the write. */
  readonly version: number
}

/** One rule of a sweep. */
export interface SweepRule {
  /** The first rule whose condition holds counts for a row. */
  readonly when: Predicate
  /** New values in the order of the plan's columns; null leaves the column as it is. */
  readonly set: readonly (Term | null)[]
  /** What the change row's cause keeps of the row as it was, by name. */
  readonly facts: readonly { readonly name: string; readonly term: Term }[]
}

/**
 * Sets columns of every row that a rule holds for, with a change row each, set-based: one statement on PostgreSQL, a few per thousand rows
 * on SQLite. All of it or nothing.
 */
export interface SweepPlan {
  readonly table: TableSpec
  /** AND-ed with the tenant. Must imply that a rule holds and that something differs. */
  readonly where: Predicate
  readonly rules: readonly SweepRule[]
  /** Columns that rules set; no documents, no names. */
  readonly columns: readonly string[]
  /** Only the first `limit` rows by id after this one. */
  readonly page?: { readonly after: Param; readonly limit: Param }
}

/** The values of one sweep. */
export interface SweepValues {
  /** `params[0]` is the tenant. */
  readonly params: readonly unknown[]
  readonly revision: number | null
  /** Refused unless exactly so many rows are reached; null for any number. */
  readonly expected: number | null
  /** `values`, `salt`, `digest`, `id` and `cause` are made per row. */
  readonly change: Pick<ChangeValues, 'object' | 'at' | 'recordedAt' | 'actorKind' | 'actorId'>
  /** Beginning of each cause: a JSON object without its last brace; `"rule"` and `"facts"` follow. */
  readonly cause: string
}

/** What became of a sweep. */
export interface SweepOutcome {
  /** Rows reached; written unless refused. */
  readonly reached: number
  /** The last of them by id. */
  readonly last: string | null
  readonly refused: readonly ('revision' | 'expected')[]
}

/** Plain rows of system tables (directory, overlay, cursors …). */
export interface RowsPlan {
  readonly table: TableSpec
  readonly columns: readonly string[]
}

/** A unit of work on the database: a connection in a transaction, or single statements that commit by themselves. */
export interface StoreSession {
  /** True inside a transaction. */
  readonly transactional: boolean
  /** Runs `work` in a savepoint of this transaction: when it throws, what it wrote is undone and the transaction stays usable. */
  nested<T>(work: () => Promise<T>): Promise<T>
  select(plan: SelectPlan, params: readonly unknown[]): Promise<RawRow[]>
  /** The same rows, each as values in the order of the plan's columns (and the revision last, where the plan asks for it): cheaper than rows by name. */
  selectValues(plan: SelectPlan, params: readonly unknown[]): Promise<RowValues[]>
  aggregate(plan: AggregatePlan, params: readonly unknown[]): Promise<RawRow[]>
  write(plan: WritePlan, values: WriteValues): Promise<WriteOutcome>
  /** `plan.diff` is `given`; no counters, no references (the caller has read them in the same transaction). Refused = nothing written, the refusing guard named. */
  writeBatch(plan: WritePlan, values: BatchValues): Promise<WriteOutcome>
  /** Sets columns by rules, see {@link SweepPlan}. */
  sweep(plan: SweepPlan, values: SweepValues): Promise<SweepOutcome>
  /** Inserts rows, or replaces those with the same primary key (`replace`), or leaves them alone (`ignore`). Returns how many rows it touched. */
  put(plan: RowsPlan, rows: readonly (readonly unknown[])[], conflict: 'error' | 'replace' | 'ignore'): Promise<number>
  /** Deletes the rows of `table` in the tenant `params[0]` that satisfy `where`. Returns how many. */
  delete(table: TableSpec, where: Predicate, params: readonly unknown[]): Promise<number>
  /** Sets `columns` (values first, in order) on the rows of the tenant `params[0]` that satisfy `where`. Returns how many. */
  set(plan: RowsPlan, values: readonly unknown[], where: Predicate, params: readonly unknown[]): Promise<number>
  /** Tenants with rows in `table`, in order. */
  tenants(table: TableSpec): Promise<string[]>
  /**
   * Changes of all tenants after a cursor, oldest first, only those no running transaction can still precede
   * (below `pg_snapshot_xmin` on PostgreSQL). A cursor is opaque text; null = from the beginning.
   */
  changesAfter(cursor: string | null, limit: number): Promise<{ rows: RawRow[]; cursor: string | null }>
}

/** What the store would do to the database to fit `tables`: SQL texts, in order. Only ever additive. */
export interface SchemaPlan {
  readonly statements: readonly string[]
  /** Differences that are not additive, in words: a column of another type, a missing NOT NULL … They stop `open()`. */
  readonly conflicts: readonly string[]
}

/** The port to a database. Implementations: `@guanxi/adapters/sqlite`, `@guanxi/adapters/postgres`. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres'
  /** The driver in use, for reports: `sqlite3`, `better-sqlite3`, `pg`. */
  readonly driver: string
  /** True where {@link WritePlan.diff} `sql` works: an update is then one round trip. */
  readonly diffsInSql: boolean
  /** Connects and checks versions. Called once, before anything else. */
  open(): Promise<void>
  /** Closes what the store opened itself; a host's own knex stays open. */
  close(): Promise<void>
  /** Compares the tables with the database. */
  plan(tables: readonly TableSpec[]): Promise<SchemaPlan>
  /** Carries the plan out, safe against a second process doing the same at the same time. */
  apply(tables: readonly TableSpec[]): Promise<SchemaPlan>
  /** Statements that commit by themselves. */
  readonly direct: StoreSession
  /** What the processes on one database share out among each other. */
  readonly work: WorkStore
  /**
   * Runs `work` in one write transaction (BEGIN IMMEDIATE on SQLite). Serialization failures and deadlocks are tried again, at most
   * 5 times, with jitter: `work` must be repeatable. Any error rolls back.
   */
  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T>
  /** A session on the host's own transaction: writes are nested in savepoints, commit and rollback stay the host's. */
  within(hostTransaction: unknown): StoreSession
}

/** Called before each statement; throwing makes the statement fail. For tracing, and for fault injection in tests. */
export type StatementObserver = (statement: { readonly sql: string; readonly label: string }) => void
