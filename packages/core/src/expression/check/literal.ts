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
  switch (typeof value) {
    case 'string':
      if (value.length > textLimit) throw overLimit(path, 'characters', textLimit)
      if (!isStorable(value)) throw new ExpressionError('RULE_TYPE', path, { expected: 'text', found: 'U+0000' })
      return raw('text', value, path)
    case 'number':
      if (!isNumber(value)) throw new ExpressionError('RULE_RANGE', path)
      return { ...raw(Number.isSafeInteger(value) ? 'int' : 'num', value === 0 ? 0 : value, path), range: rangeOf(value) }
    case 'boolean':
      return raw('bool', value, path)
    default:
      return raw('null', null, path)
  }
}

const raw = (is: Type['is'], value: unknown, path: string): LiteralNode => ({
  is: 'literal',
  type: { is },
  nullable: value === null,
  value,
  path,
  raw: true,
})

const rangeOf = (value: number): Range => ({ max: Math.abs(value), tiny: value === 0 ? 1 : Math.min(Math.abs(value), 1) })

const isNumber = (value: number): boolean => {
  const size = Math.abs(value)
  return Number.isSafeInteger(value) || (size <= anyNumber.max && size >= anyNumber.tiny)
}

/** A literal in the type of what it stands beside, or RULE_TYPE. Numbers stay what they are: they meet by their own rules. */
export function settle(literal: LiteralNode, type: Type, path = literal.path): LiteralNode {
  const { value } = literal
  const settled = (form: unknown): LiteralNode => constant(type, form, path)
  if (isNumeric(type)) {
    if (typeof value === 'number') return literal
    if (type.is === 'decimal' && typeof value === 'string' && /^-?\d{1,15}(\.\d{1,8})?$/.test(value)) return rawLiteral(Number(value), path)
  } else if (type.is === 'instant') {
    const at = toInstant(value)
    if (at !== null) return settled(at)
  } else if (type.is === 'date' ? isDay(value) : typeof value === (type.is === 'bool' ? 'boolean' : isTextual(type) && 'string'))
    return settled(value)
  throw value === null
    ? new ExpressionError('RULE_TYPE', path, { expected: typeName(type), found: 'empty' })
    : wrongType(path, typeName(type), literal.type)
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

function toInstant(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15 ? value : null
  if (typeof value !== 'string' || !moment.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}

/** Is there such a day? */
export function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** Whole units of 10^-scale, or null where that is not exact. */
export function unitsOf(value: number, scale: number): number | null {
  const units = Math.round(value * 10 ** scale)
  return Math.abs(units) <= largestInt && units / 10 ** scale === value ? units : null
}
