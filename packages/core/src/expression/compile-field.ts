import { compileNode } from './closure/compile.ts'
import { checkExpression, toApi } from './compile-expression.ts'
import type { Computation } from './computation.ts'
import type { ExpressionContext, RecordLike } from './context.ts'
import { factsOf } from './facts.ts'
import { inKind } from './in-kind.ts'
import { currencyNode, inOwnCurrency } from './own-currency.ts'
import { type FieldLike, type ObjectLike, schemaOf } from './schema.ts'

/** A formula or computed default of one field, ready to run. */
export interface CompiledField {
  /** Fields of the record that it looks at. */
  readonly fieldsTouched: readonly string[]
  /** The value in the form of the API and of the field's kind. */
  readonly evaluate: (record: RecordLike, context: ExpressionContext) => unknown
}

/**
 * Compiles what a field's value is computed by, over the other fields of the record as they are given: for forms, where no other
 * records are at hand. Null where it needs those. Throws {@link ExpressionError}. `currency` as in the formula of an amount.
 */
export function compileField(logic: unknown, field: FieldLike, object: ObjectLike, currency: string | null): CompiledField | null {
  const schema = schemaOf(object)
  const checked = checkExpression(logic, { schema: inOwnCurrency(schema, currency), mode: 'memory' })
  const node = inKind(checked, field, currency)
  const { fieldsTouched, relationsNeeded } = factsOf(node)
  if (relationsNeeded.length > 0) return null
  const amount = currency === null ? null : currencyNode(schema, currency)
  const touched = amount ? [...fieldsTouched, ...factsOf(amount).fieldsTouched] : fieldsTouched
  return { fieldsTouched: touched, evaluate: computedValue({ node, currency: amount }) }
}

/** The value of a computation in the form of the API. */
export function computedValue({ node, currency }: Computation): CompiledField['evaluate'] {
  const value = compileNode(node)
  if (!currency) return (record, context) => toApi(value(record, context), node.type)
  const inCurrency = compileNode(currency)
  return (record, context) => {
    const minor = value(record, context)
    const code = inCurrency(record, context)
    return minor === null || code === null ? null : { minor, currency: code }
  }
}
