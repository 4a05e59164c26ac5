import { type ExpressionErrorCode, expressionErrors } from '../error/expression-table.ts'

/** Why an expression is refused, or cannot be evaluated. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code: ExpressionErrorCode
  /** JSON pointer to the part of the expression at fault. */
  readonly path: string
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: ExpressionErrorCode, path: string, params: Readonly<Record<string, string | number>> = {}) {
    super(`${code} at ${path || 'the root'}: ${inWords(code, params, 'en')}`)
    this.code = code
    this.path = path
    this.params = params
  }

  /** The sentence in a reader's language. */
  toText(locale: 'zh-CN' | 'en'): string {
    return inWords(this.code, this.params, locale)
  }
}

function inWords(code: ExpressionErrorCode, params: ExpressionError['params'], locale: 'zh-CN' | 'en'): string {
  return expressionErrors[code].message[locale].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}

/** A key as a step of a JSON pointer. */
export const pointerStep = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
