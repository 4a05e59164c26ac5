import type { ErrorCode } from '../error/table.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { KindName, PropertySchema } from '../object/schema.ts'
import type { ColumnType } from '../store/schema.ts'

/** JSON Schema that the validator is given; made by us only, never by an admin. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a value may depend on besides itself. */
export interface KindContext {
  /** ISO 3166 country of phone numbers written without one; `CN` unless the host says. */
  readonly country: string
}

/** Why a value cannot be taken; becomes an issue with the field's path. */
export class KindRefusal extends Error {
  override readonly name = 'KindRefusal'
  readonly code: ErrorCode
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}

/** Filter operators of the simple form. */
export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'contains'
  | 'startsWith'
  | 'isNull'
  | 'hasAny'
  | 'hasAll'
  | 'hasNone'

/**
 * One kind of field: its columns, the schema of its values, the way into and out of storage, and what can be asked of it.
 * Kinds are plain data; the registry is closed.
 */
export interface FieldKind {
  readonly name: KindName
  /** Column suffixes and types; the first has suffix ''. Empty for kinds without columns. */
  readonly columns: readonly { readonly suffix: string; readonly type: ColumnType }[]
  /** May an admin add a field of it (stored in `ext`)? */
  readonly admin: boolean
  /** How the value is typed when it is read from `ext`. */
  readonly extType: 'text' | 'integer' | 'real' | 'boolean' | 'json'
  readonly sortable: boolean
  readonly groupable: boolean
  readonly summable: boolean
  readonly operators: readonly FilterOperator[]
  /** Characters at most, unless the property says; kinds of text only. */
  readonly maxLength?: number
  /** Problems in the property as an author or admin wrote it, in words; empty = fine. */
  check(property: PropertySchema): readonly string[]
  /** Schema of a value that is not null, before {@link normalise}. */
  schema(field: FieldDefinition): JsonSchema
  /**
   * Tells of a value, trimmed, that it passes the schema and is spelled as {@link normalise} would spell it, so that neither needs to be
   * asked: most values are. It may say no to any value.
   */
  settled?(field: FieldDefinition): (value: unknown) => boolean
  /** The one spelling of a value that passed the schema: E.164, lower-case e-mail, NFC text. Throws {@link KindRefusal}. */
  normalise?(value: unknown, field: FieldDefinition, context: KindContext): unknown
  /** API value (not null) → one storage value per column: text, number, boolean, JSON text. */
  encode(value: unknown, field: FieldDefinition): readonly unknown[]
  /** Raw driver values, one per column, the first not null → API value. Casts by declared type; takes what any driver may return. */
  decode(raw: readonly unknown[], field: FieldDefinition): unknown
  /** {@link decode} of a kind with one column, without the array: rows are read by the thousand. */
  read?(raw: unknown, field: FieldDefinition): unknown
  /** {@link encode} of a kind with one column, without the array. */
  write?(value: unknown, field: FieldDefinition): unknown
  /**
   * API value of a filter → storage value of the first column. Lists (`in`, `hasAny` …) are given element by element.
   * `operator` is `eq` unless said: `contains` and `startsWith` take parts of a value. Throws {@link KindRefusal}.
   */
  operand(value: unknown, field: FieldDefinition, context: KindContext, operator?: FilterOperator): unknown
}
