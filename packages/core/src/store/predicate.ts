import type { ColumnType } from './schema.ts'
import type { Term } from './term.ts'

/** Something with a value in a row: a column, or a field inside the `ext` document read by its declared type. */
export type Operand =
  | { readonly column: string; readonly nullable: boolean }
  | { readonly ext: string; readonly type: 'text' | 'integer' | 'real' | 'boolean'; readonly nullable: true }
  | { readonly ext: string; readonly type: 'json'; readonly nullable: true }

/** A value that is read, sorted or grouped by: an operand, or an expression over the row. */
export type RowValue = Operand | { readonly term: Term; readonly type: ColumnType; readonly nullable: boolean }

/** Index into the parameter list that travels with a plan. */
export type Param = number

/**
 * A condition over one row. It never holds a value, only parameter positions, so its SQL text is one per shape.
 * Two-valued: each node is either true or false, never unknown. `not` is the exact negation; a null operand makes
 * `eq`, `lt`, `in`, `contains` … false and `ne` true.
 */
export type Predicate =
  | { readonly op: 'and' | 'or'; readonly of: readonly Predicate[] }
  | { readonly op: 'not'; readonly of: Predicate }
  | { readonly op: 'isNull'; readonly operand: Operand }
  | { readonly op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'; readonly operand: Operand; readonly param: Param }
  /** `param` holds an array of at most 1,000 values of one type, without null. */
  | { readonly op: 'in'; readonly operand: Operand; readonly param: Param }
  /** Case-exact, by code units, no wildcards. */
  | { readonly op: 'contains' | 'startsWith'; readonly operand: Operand; readonly param: Param }
  /** The operand is a JSON array of texts, `param` an array of texts. */
  | { readonly op: 'hasAny' | 'hasAll'; readonly operand: Operand; readonly param: Param }
  /** A row of `table` has this row's id in `key` and satisfies `where`. Both rows are of the same tenant. */
  | { readonly op: 'exists'; readonly table: string; readonly key: string; readonly where?: Predicate }
  /** The record has, for this object, a search token in [from, to) (two text parameters), in one of `fields` (array parameter). */
  | { readonly op: 'token'; readonly object: Param; readonly from: Param; readonly to: Param; readonly fields: Param }
  /** An expression that gives true or false. */
  | { readonly op: 'term'; readonly term: Term }

/** Every shape of {@link Predicate} that is a leaf over one operand. */
export type Leaf = Extract<Predicate, { operand: Operand }>
