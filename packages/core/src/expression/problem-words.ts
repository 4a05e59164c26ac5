import { expressionErrors } from '../error/expression-table.ts'
import type { ExpressionError } from './expression-error.ts'

/** What is wrong with an expression, as a sentence. */
export function problemInWords({ code, params }: ExpressionError, locale: 'zh-CN' | 'en'): string {
  const { message } = expressionErrors[code]
  return message[locale].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}
