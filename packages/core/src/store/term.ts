import type { Operand, Param, Predicate } from './predicate.ts'
import type { ColumnType } from './schema.ts'

/** SQL texts of an operator from a plugin, one per engine. Operands are used once each, in their order. */
export interface TermSql {
  readonly sqlite: TermText
  readonly postgres: TermText
}

/** A value, or a condition: `holds` is TRUE exactly when it is true, `fails` exactly when it is false. */
export type TermText =
  | { readonly value: (...operands: string[]) => string }
  | { readonly holds: (...operands: string[]) => string; readonly fails: (...operands: string[]) => string }

/**
 * A checked expression over one row, ready to become SQL: fields are columns, constants are parameters, operators are names of the
 * store's table. As a condition it is two-valued, as every {@link Predicate}.
 */
export type Term =
  | { readonly op: 'param'; readonly param: Param; readonly type: ColumnType; readonly nullable: boolean }
  /** An array of values of one type, without null. */
  | { readonly op: 'list'; readonly param: Param; readonly type: ColumnType }
  | { readonly op: 'read'; readonly operand: Operand; readonly type: ColumnType }
  | {
      readonly op: 'call'
      readonly name: string
      readonly of: readonly Term[]
      readonly type: ColumnType
      readonly nullable: boolean
      /** A condition that is false whenever an operand is null. */
      readonly strict: boolean
      readonly by?: number
      readonly sql?: TermSql
    }
  /** `of`, read from the row of `table` whose id is `key`; null when there is none. */
  | { readonly op: 'related'; readonly table: string; readonly key: Term; readonly where?: Predicate; readonly of: Term }
  /** Something over the rows of `table` that point to `id` in the column `by`, or are linked to it. */
  | {
      readonly op: 'each'
      readonly fn: 'some' | 'count' | 'sum' | 'min' | 'max'
      readonly table: string
      readonly by: string | { readonly links: string }
      readonly id: Term
      readonly where?: Predicate
      readonly test?: Term
      readonly value?: Term
    }
  | { readonly op: 'holds'; readonly predicate: Predicate }
