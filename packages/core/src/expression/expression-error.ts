import type { ExpressionErrorCode } from '../error/expression-table.ts'
import { type Type, typeName } from './type.ts'

/** Why an expression is refused, or cannot be evaluated. Its sentences stand in the core's table of errors, under the same code. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  declare readonly code: ExpressionErrorCode
  /** JSON pointer to the part of the expression at fault. */
  declare readonly path: string
  declare readonly params: Readonly<Record<string, string | number>>

  constructor(code: ExpressionErrorCode, path: string, params: Readonly<Record<string, string | number>> = {}) {
    super(`${code} at ${path || 'the root'}: ${JSON.stringify(params)}`)
    Object.assign(this, { code, path, params })
  }
}

/** A value of another type is needed here. */
export const wrongType = (path: string, expected: string, found: Type): ExpressionError =>
  new ExpressionError('RULE_TYPE', path, { expected, found: typeName(found) })

/** This is not how it is written. */
export const wrongShape = (path: string, expected: string): ExpressionError => new ExpressionError('RULE_SHAPE', path, { expected })

/** There is no such field, or none that can stand here. */
export const unknownField = (path: string, name: unknown): ExpressionError =>
  new ExpressionError('RULE_FIELD', path, { field: String(name).slice(0, 100) })

/** There is too much of it. */
export const overLimit = (path: string, what: string, limit: number): ExpressionError =>
  new ExpressionError('RULE_LIMIT', path, { what, limit })

/** A key as a step of a JSON pointer. */
export const pointerStep = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
