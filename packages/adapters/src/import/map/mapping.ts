import type { DateOrder } from '../convert/options.ts'

/** How the cells of a column are written, where it cannot be seen from the cells. */
export interface ColumnOptions {
  readonly zone?: string
  readonly dateOrder?: DateOrder
  readonly currency?: string
  readonly multiplyBy?: number
  readonly decimalComma?: boolean
}

/** A column and the field it is read into. Columns that are not named are not imported. */
export interface ColumnMapping {
  readonly column: string
  readonly field: string
  readonly options?: ColumnOptions
}

/** How the cells of a reference name records, and what happens to names that nobody has. */
export interface ReferenceRule {
  /** Fields of the target that a cell may name it by; its name field unless said. */
  readonly by?: readonly string[]
  /** Only records with these values; records among them are named, not numbered: `{ pipelineId: 'Standard' }`. */
  readonly where?: Readonly<Record<string, string | number | boolean>>
  /** `refuse` unless said. */
  readonly missing?: 'refuse' | 'create' | 'empty'
  /** Other values of records that are created because they were missing. */
  readonly create?: Readonly<Record<string, unknown>>
  /** Object meant by a field that may point to any. */
  readonly to?: string
}

/** A plain value, as a cell would hold it. */
export type PlainValue = string | number | boolean

/** Where a value comes from: a column of the row, or the same for all. */
export type ValueSource = { readonly column: string } | { readonly value: PlainValue }

/** Something that became true later than the record itself. */
export interface HistoryStage {
  /** Column with the day or time; a row where it is empty has not come to this stage. */
  readonly at: string
  /** Only rows whose column holds one of these. */
  readonly when?: Readonly<Record<string, readonly string[]>>
  /** What became true: field → where its value is. */
  readonly set: Readonly<Record<string, ValueSource>>
}

/** When things were true, so that the change log tells the past as it was. */
export interface ImportHistory {
  /** Column with the day or time the record came to be. */
  readonly createdAt?: string
  /** Rows without that day: `now` unless said. */
  readonly missing?: 'now' | 'refuse'
  /** Fields as they were at first, in rows that a later stage applies to. */
  readonly start?: Readonly<Record<string, PlainValue>>
  readonly stages?: readonly HistoryStage[]
}

/** How a table becomes records of one object. Plain JSON: stored, edited, sent. */
export interface ImportMapping {
  /** Object, or `@people` for the directory. */
  readonly object: string
  readonly columns: readonly ColumnMapping[]
  /** Fields that tell records apart: a row whose key is known changes that record instead of adding one. */
  readonly key?: readonly string[]
  /** Field → cell → what it means instead; null = empty. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly references?: Readonly<Record<string, ReferenceRule>>
  readonly history?: ImportHistory
  /** Field → value of new records where the file says nothing. */
  readonly defaults?: Readonly<Record<string, PlainValue>>
  /** Field → text with `{column}` places, such as `{account} · {product}`. */
  readonly templates?: Readonly<Record<string, string>>
  /** Words that mean nothing is there, such as `NULL`. */
  readonly empty?: readonly string[]
  /** What an empty cell does to a record that exists: `keep` unless said. */
  readonly blank?: 'keep' | 'clear'
  /** IANA zone of times without one; Asia/Shanghai unless said. */
  readonly zone?: string
  /** ISO 3166 country of phone numbers without a code; CN unless said. */
  readonly country?: string
}

/** Stands for the directory where a mapping names an object. */
export const peopleObject = '@people'
