import type { Logic } from '../expression/logic.ts'
import type { Explanation } from '../expression/sentence/explain.ts'
import type { JobRequest } from '../job/job.ts'
import type { Posting } from '../ledger/ledger.ts'
import type { NewRecord, Patch, Stored } from '../object/handle.ts'

/**
 * A filter: the short form `{ stage: 'new', amount: { gte: 100 }, 'customer.level': 'A', or: [{…}, {…}], not: {…} }`, all parts of which
 * must hold, or an expression `{ '>': [{ var: 'amount' }, 100] }`; either may be part of the other.
 */
export type Where<T = Record<string, unknown>> = Logic | ShortWhere<T>

/** The short form of a filter. Paths lead through references and to fields of admins. */
export type ShortWhere<T = Record<string, unknown>> = {
  readonly [K in keyof T]?: T[K] | null | Conditions
} & { readonly and?: readonly Where<T>[]; readonly or?: readonly Where<T>[]; readonly not?: Where<T> } & {
  readonly [path: `${string}.${string}`]: unknown
}

/** Conditions on one field; all must hold. */
export interface Conditions {
  readonly eq?: unknown
  readonly ne?: unknown
  readonly lt?: unknown
  readonly lte?: unknown
  readonly gt?: unknown
  readonly gte?: unknown
  /** From the first to the second, both included. */
  readonly between?: readonly [unknown, unknown]
  readonly in?: readonly unknown[]
  readonly notIn?: readonly unknown[]
  readonly contains?: string
  readonly notContains?: string
  readonly startsWith?: string
  readonly endsWith?: string
  /** Without regard to the case of A to Z. */
  readonly icontains?: string
  readonly istartsWith?: string
  readonly iequals?: string
  readonly isNull?: boolean
  readonly hasAny?: readonly string[]
  readonly hasAll?: readonly string[]
  readonly hasNone?: readonly string[]
  /** Child records or links: one, none, all of them (and there is one) satisfy this. */
  readonly some?: Where
  readonly none?: Where
  readonly all?: Where
}

/** A field a handle knows, for editors to complete; or any other text: fields of plugins and admins (`custom.…`), and paths (`customerId.name`). */
type Known<Name extends string> = Name | (string & Record<never, never>)
type FieldOf<T> = keyof Stored<T> & string

/** What to find, in which order, how much of it. */
export interface Query<T = Record<string, unknown>> {
  readonly where?: Where<Stored<T>>
  /** Free text: names (also by pinyin initials), phone numbers, e-mail addresses. */
  readonly search?: string
  /** Field names, `-` in front for descending; at most 3. Ties are broken by id. */
  readonly sort?: readonly Known<FieldOf<T> | `-${FieldOf<T>}`>[]
  /** 1 to 500; 50 unless said. */
  readonly limit?: number
  /** From the page before. */
  readonly cursor?: string
  /**
   * Leaves out so many records before the first, to jump far down a list; 1,000,000 at most, and not with `cursor`. Pages that follow a
   * cursor neither miss nor repeat a record while others write; a jump goes by what is there at that moment.
   */
  readonly skip?: number
  /** Only these fields (and the system fields). All unless said. */
  readonly fields?: readonly Known<FieldOf<T>>[]
  /** References, links, children, users or teams to bring along, one level. */
  readonly expand?: readonly string[]
  /** Also count all matches. */
  readonly count?: boolean
  /** `only`: soft-deleted records. */
  readonly deleted?: 'exclude' | 'only'
}

/** A record with what `expand` asked for: by field, one record, several, or null. */
export type Expanded<T> = T & { readonly related?: Readonly<Record<string, unknown>> }

/** One page of records. */
export interface Page<T> {
  readonly records: Expanded<T>[]
  /** Send it back for the next page; null on the last. */
  readonly cursor: string | null
  /** Only when asked for. */
  readonly total?: number
}

/** A figure per group. Sums of money are per currency: groups are split by it. */
export interface AggregateQuery<T = Record<string, unknown>> {
  readonly where?: Where<Stored<T>>
  readonly search?: string
  /** 0 to 2 fields: choice, boolean, reference, user, text, date, integer. */
  readonly group?: readonly string[]
  /** `count`, `sum:<field>`, `min:<field>`, `max:<field>`, `avg:<field>`; `count` unless said. */
  readonly measures?: readonly string[]
  /**
   * As it was at this instant, ms: records that existed then, with the values they had then, from the change log. Not with `search`,
   * admin fields or links.
   */
  readonly asOf?: number
  /** Groups at most; 500 unless said, 1,000 at most. More groups than that are an error, never cut off. */
  readonly limit?: number
}

/** One group's figures. */
export interface AggregateRow {
  /** Field → value of the group; with a money measure also `currency`. */
  readonly group: Readonly<Record<string, unknown>>
  /** Measure → figure. Money as minor units of the group's currency; decimals as text. Null where there is nothing to measure. */
  readonly values: Readonly<Record<string, number | string | null>>
}

/** How two conditions share the records they find. */
export interface Overlap {
  readonly a: number
  readonly b: number
  readonly both: number
}

/** A record and the version the writer saw. `version: 'any'` gives up the lock, knowingly. */
export interface Target {
  readonly id: string
  readonly version: number | 'any'
}

/** A change of one record among many, and the version its writer saw. */
export interface RecordChange<T = Record<string, unknown>> extends Target {
  readonly set: Patch<T>
  /** When it was true, ms; needs the `import` action. The call's `at` unless said. */
  readonly at?: number
}

/** How to write. */
export interface WriteOptions {
  /** A key of the caller's own, 1 to 200 characters: the same call with the same key is carried out once. */
  readonly idempotencyKey?: string
  /** When it was true, ms; needs the `import` action. Now unless said. */
  readonly at?: number
  /** The decision, rule or command behind it. */
  readonly cause?: { readonly kind: string; readonly id: string; readonly version?: number }
}

/** How to write one record. */
export interface SingleWriteOptions extends WriteOptions {
  /** Entries of ledgers, made together with the record or not at all; 100 at most. A write that carries some is never left out. */
  readonly post?: readonly Posting[]
  /** Jobs put there together with the record or not at all, see `jobRequest`; 100 at most. */
  readonly enqueue?: readonly JobRequest[]
}

/** How to create many: `at` may differ per record. */
export interface CreateManyOptions extends Omit<WriteOptions, 'at'> {
  /** When it was true, ms: one for all, or one per record. Needs the `import` action. */
  readonly at?: number | readonly number[]
}

/** Which records a bulk write reaches, and how many it may. */
export interface BulkTarget<T = Record<string, unknown>> {
  readonly ids?: readonly string[]
  readonly where?: Where<Stored<T>>
  /** More than this = nothing is written; at most 10,000. */
  readonly maxAffected: number
}

/** One entry of a record's history. */
export interface ChangeEntry {
  readonly id: string
  readonly object: string
  readonly recordId: string
  readonly version: number
  readonly operation: 'create' | 'update' | 'delete' | 'restore'
  readonly at: number
  readonly recordedAt: number
  readonly actor: { readonly kind: string; readonly id: string }
  readonly cause: unknown
  /** Field → which hook set it, for fields the caller did not send. */
  readonly authors: Readonly<Record<string, string>>
  /** Field → [old, new] as the API spells values; null once erased. */
  readonly values: Readonly<Record<string, readonly [unknown, unknown]>> | null
  readonly digest: string
}

/** The records of one object, as one actor may see and change them. */
export interface Records<T extends object = Record<string, unknown>> {
  create(values: NewRecord<T>, options?: SingleWriteOptions): Promise<Stored<T>>
  /** Throws NOT_FOUND, also where the actor may not read it. */
  get(id: string, query?: Pick<Query<T>, 'fields' | 'expand' | 'deleted'>): Promise<Expanded<Stored<T>>>
  find(query?: Query<T>): Promise<Page<Stored<T>>>
  /** Throws CONFLICT with both values when the version is not the target's. Nothing differs = nothing is written. */
  update(target: Target, patch: Patch<T>, options?: SingleWriteOptions): Promise<Stored<T>>
  /** Soft: restorable for 30 days. */
  remove(target: Target, options?: SingleWriteOptions): Promise<void>
  restore(target: Target, options?: SingleWriteOptions): Promise<Stored<T>>
  /** All or nothing, 10,000 at most. */
  createMany(values: readonly NewRecord<T>[], options?: CreateManyOptions): Promise<{ ids: string[] }>
  updateMany(target: BulkTarget<T>, patch: Patch<T>, options?: WriteOptions): Promise<{ ids: string[] }>
  /**
   * Changes many records, each in its own way: all or nothing, 10,000 at most, each record once. Answers the ids of those that differed.
   * Problems of all records are answered together, their paths starting with the change's place: VALIDATION_FAILED, or CONFLICT or
   * NOT_FOUND where nothing else is wrong, with `details.issues`.
   */
  updateEach(changes: readonly RecordChange<T>[], options?: WriteOptions): Promise<{ ids: string[] }>
  removeMany(target: BulkTarget<T>, options?: WriteOptions): Promise<{ ids: string[] }>
  count(query?: Pick<Query<T>, 'where' | 'search'>): Promise<number>
  /**
   * A value that the actor sees masked, for who may ask for it. Who asked for which field of which record is written into the log of
   * decisions (`core.reveal`). NOT_FOUND as for `get`, FORBIDDEN without the right.
   */
  reveal(id: string, field: string): Promise<unknown>
  /** Why a record is among those that a filter finds, or is not: the conditions that decided, with its values. NOT_FOUND as for `get`. */
  explain(id: string, where: Where<Stored<T>>): Promise<Explanation>
  /** How many records each of two conditions finds, and both of them: one statement. Errors point into `/a` or `/b`. */
  overlap(a: Where<Stored<T>>, b: Where<Stored<T>>): Promise<Overlap>
  aggregate(query: AggregateQuery<T>): Promise<AggregateRow[]>
  /** Newest first. */
  changes(
    id: string,
    query?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<{ entries: ChangeEntry[]; cursor: string | null }>
  /**
   * Every change of every record the actor may read (of deleted ones, who may restore them), in the order of the records' ids, each from
   * its beginning. 1 to 500 at a time, 50 unless said; `cursor` is null on the last page, and a page may hold fewer than asked for.
   */
  history(query?: { readonly limit?: number; readonly cursor?: string }): Promise<{ entries: ChangeEntry[]; cursor: string | null }>
}
