import { ExpressionError, overLimit, wrongType } from '../expression-error.ts'
import type { FieldNode, LiteralNode } from '../node.ts'
import { anyNumber, isNumeric, isTextual, largestInt, type Range, type Type, typeName } from '../type.ts'
import { constant } from './constant.ts'

export const textLimit = 1_000

/** What a literal is compared for: parts of a text are not brought into the form of the whole. */
export type LiteralUse = 'whole' | 'contains' | 'startsWith' | 'endsWith'

/** How the host brings a literal into the one form of a field's values, such as E.164 for phones. Undefined = it cannot be a value. */
export type LiteralForm = (field: FieldNode['field'], value: unknown, use: LiteralUse) => unknown

const isStorable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed()

/** A scalar as it stands in the expression, before anything is known of what it stands beside. */
export function rawLiteral(value: unknown, path: string): LiteralNode {
  const raw = (is: Type['is'], range?: Range): LiteralNode => ({
    ...constant({ is }, value === 0 ? 0 : value, path, range),
    nullable: value === null,
    raw: true,
  })
  switch (typeof value) {
    case 'string':
      if (value.length > textLimit) throw overLimit(path, 'characters', textLimit)
      if (!isStorable(value)) throw new ExpressionError('RULE_TYPE', path, { expected: 'text', found: 'U+0000' })
      return raw('text')
    case 'number': {
      const max = Math.abs(value)
      const isWhole = Number.isSafeInteger(value)
      if (!isWhole && !(max <= anyNumber.max && max >= anyNumber.tiny)) throw new ExpressionError('RULE_RANGE', path)
      return raw(isWhole ? 'int' : 'num', { max, tiny: Math.min(max || 1, 1) })
    }
    case 'boolean':
      return raw('bool')
    default:
      return raw('null')
  }
}

/** A literal in the type of what it stands beside, or RULE_TYPE. Numbers stay what they are: they meet by their own rules. */
export function settle(literal: LiteralNode, type: Type): LiteralNode {
  const { value, path } = literal
  if (isNumeric(type)) {
    if (typeof value === 'number') return literal
    if (type.is === 'decimal' && /^-?\d{1,15}(\.\d{1,8})?$/.test(String(value))) return rawLiteral(Number(value), path)
  } else {
    const settled = type.is === 'instant' ? toInstant(value) : isOf(value, type) ? value : null
    if (settled !== null) return constant(type, settled, path)
  }
  throw wrongType(path, typeName(type), literal.type)
}

const isOf = (value: unknown, type: Type): boolean =>
  type.is === 'date' ? isDay(value) : typeof value === (type.is === 'bool' ? 'boolean' : isTextual(type) && 'string')

/** The last moment that dates can hold. */
export const latest = 8.64e15

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

function toInstant(value: unknown): number | null {
  const at = typeof value === 'string' && moment.test(value) ? Date.parse(value) : value
  return Number.isSafeInteger(at) && Math.abs(at as number) <= latest ? (at as number) : null
}

/** Is there such a day? Nothing else is written like the day that it is. */
export const isDay = (text: unknown): boolean =>
  typeof text === 'string' && text >= '0001' && new Date(text).toJSON()?.slice(0, 10) === text

/** Whole units of 10^-scale, or null where that is not exact. */
export function unitsOf(value: number, scale: number): number | null {
  const units = Math.round(value * 10 ** scale)
  return Math.abs(units) <= largestInt && units / 10 ** scale === value ? units : null
}
