/** What a value of an expression can be: `set` = child records, `list` = constants, `missing` = what `missing` gives, a condition only. */
export type TypeName =
  | 'text'
  | 'int'
  | 'num'
  | 'decimal'
  | 'money'
  | 'bool'
  | 'instant'
  | 'date'
  | 'choice'
  | 'id'
  | 'codes'
  | 'ids'
  | 'set'
  | 'list'
  | 'missing'
  | 'null'
  | 'other'

/** The type of a node, known before anything runs. */
export interface Type {
  readonly is: TypeName
  /** decimal: places after the point; values are whole numbers of 10^-scale. */
  readonly scale?: number
  /** money: its currency where it is known; values are minor units. */
  readonly currency?: string
  /** id, ids, set, the name of a team: the object pointed to. */
  readonly to?: string
  /** list: the type of its items. */
  readonly of?: Type
}

/** Magnitudes a number can have: at most `max`, and `tiny` at least unless it is zero. */
export interface Range {
  readonly max: number
  readonly tiny: number
}

export const largestInt = Number.MAX_SAFE_INTEGER
/** Any storable number. */
export const anyNumber: Range = { max: 1e15, tiny: 1e-15 }
export const anyInt: Range = { max: largestInt, tiny: 1 }
/** A decimal has 15 digits at most. */
export const anyDecimal: Range = { max: 1e15, tiny: 1 }

export const text: Type = { is: 'text' }
export const int: Type = { is: 'int' }
export const num: Type = { is: 'num' }
export const bool: Type = { is: 'bool' }
export const instant: Type = { is: 'instant' }
export const date: Type = { is: 'date' }

/** Is it one of these, told apart by `|`? */
export const among = (type: Type, names: string): boolean => names.split('|').includes(type.is)

export const isNumeric = (type: Type): boolean => among(type, 'int|num|decimal')

/** Texts in memory and in storage, whatever they stand for. */
export const isTextual = (type: Type): boolean => among(type, 'text|choice|id|date')

/** Can one value come before another? */
export const isOrdered = (type: Type): boolean => among(type, 'int|num|decimal|text|instant|date|money')

/** A type as error messages name it. */
export function typeName(type: Type): string {
  if (type.is === 'money') return type.currency ? `money in ${type.currency}` : 'money'
  if (type.is === 'list') return `list of ${type.of ? typeName(type.of) : 'nothing'}`
  return type.is
}
