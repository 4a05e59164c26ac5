import { type CompiledExpression, compileExpression, type ExpressionOptions, sourceSchema } from '../compile-expression.ts'
import { coreForms } from '../form/table.ts'
import { lowerShorthand } from './lower-shorthand.ts'

/**
 * {@link compileExpression} for a condition that may be written in the short form: `{ stage: 'new', amount: { gt: 5 } }`. Errors point
 * into the short form.
 */
export function compileShort(where: unknown, options: ExpressionOptions): CompiledExpression {
  const schema = sourceSchema(options)
  const { logic, origins } = lowerShorthand(where, schema, (name) => (options.forms ?? coreForms).has(name))
  return compileExpression(logic, { ...options, schema, origins, expect: 'condition' })
}
