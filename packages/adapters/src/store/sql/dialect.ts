import type { ColumnType, Operand } from '@guanxi/core/store'

/** The declared type of a field inside the `ext` document. */
export type ExtType = Extract<Operand, { ext: string }>['type']

/** What differs between the two engines in the text of a statement. Arguments and results are SQL. */
export interface Dialect {
  readonly engine: 'sqlite' | 'postgres'
  /** The place of a value, counted from 1. */
  placeholder(position: number): string
  /** The place of the tenant, which comes first, where places have names and can be used more than once. */
  readonly tenant: string | null
  /** A place whose type the engine cannot infer from its surroundings. */
  typed(placeholder: string, type: ColumnType | undefined): string
  /** The value under `key` of the JSON document, by its declared type. */
  ext(document: string, key: string, type: ExtType): string
  /** Is there no value? A JSON null counts as none. */
  extIsNull(document: string, key: string, type: ExtType): string
  /** The pair [old, new] that a change row holds under a key, or null. */
  changeOf(values: string, key: string): string
  /** The old value of a pair, or `current` where there is no pair. */
  oldValue(pair: string, current: string, type: ColumnType): string
  /** A uuid or other value as text, to be searched in. */
  asText(operand: string, type: ColumnType | undefined): string
  /** A constant of an expression, with its type and the order of texts by code point. */
  constant(placeholder: string, type: ColumnType): string
  /** A list of constants with its type. */
  typedList(placeholder: string, type: ColumnType): string
  /** Yes and no. */
  readonly booleans: readonly [string, string]
  /** A number of `ext` that is computed with as a fraction. */
  asReal(operand: string): string
  /** A sum of whole numbers that neither overflows nor loses a digit: beyond 2^53 - 1 it stays there. 0 for no rows. */
  wholeSum(operand: string): string
  endsWith(operand: string, text: () => string): string
  isIn(operand: string, list: string): string
  contains(operand: string, text: string): string
  startsWith(operand: string, text: () => string): string
  hasAny(operand: string, list: string): string
  hasAll(operand: string, list: string): string
  /** Equality in which null equals null. `right` makes a new place at each call. */
  same(left: string, right: () => string): string
  /** A term of ORDER BY with nulls last. */
  nullsLast(operand: string, descending: boolean): string
  /** An average or sum that comes back as a plain number. */
  average(operand: string): string
  /** Name of the function that makes a JSON array of its arguments. */
  readonly array: string
  /** A fraction as an element of such an array, to its last digit. `again` makes it anew, with places of its own. */
  exact(operand: string, again?: () => string): string
  /** Is the value that goes into the place not null? */
  isGiven(placeholder: string): string
  /** Locks the rows of the table alias until the transaction ends. */
  lock(alias: string): string
  /** A value as the driver takes it. */
  value(value: unknown): unknown
  /** A list as the driver takes it in one place. */
  list(values: unknown): unknown
}
