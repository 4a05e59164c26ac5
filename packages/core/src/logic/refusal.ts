import { type CrmError, crmError, fill } from '../error/crm-error.ts'
import { expressionErrors } from '../error/expression-table.ts'
import { ExpressionError } from '../expression/expression-error.ts'

/** Checks something of a definition; what is wrong with an expression names the place and the part of it. */
export function inDefinition<T>(object: string, what: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof ExpressionError) throw definitionError(object, what, error)
    throw error
  }
}

function definitionError(object: string, what: string, { code, path, params }: ExpressionError): CrmError {
  const words = fill(expressionErrors[code].message.en, params)
  return refused(object, `${what}${path === '' ? '' : ` at ${path}`}: ${words} (${code})`)
}

/** DEFINITION_INVALID. */
export function refused(object: string, reason: string): CrmError {
  return crmError('DEFINITION_INVALID', { object, reason }, { details: { problems: [reason] } })
}
