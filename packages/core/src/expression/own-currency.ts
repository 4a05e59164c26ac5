import { ownCurrency } from './computation.ts'
import type { Node } from './node.ts'
import type { ExpressionField, ExpressionSchema } from './schema.ts'

/** Is it a currency, and not the name of a field? */
export const isCurrencyCode = (currency: string): boolean => /^[A-Z]{3}$/.test(currency)

/** The same fields, of which the amount that a formula's own amount goes by counts in its own currency. */
export function inOwnCurrency(schema: ExpressionSchema, currency: string | null): ExpressionSchema {
  if (currency === null || isCurrencyCode(currency)) return schema
  const own = (field: ExpressionField | undefined) => field && { ...field, type: { is: 'money', currency: ownCurrency } as const }
  return { object: schema.object, field: (wanted) => (wanted === currency ? own(schema.field(wanted)) : schema.field(wanted)) }
}

/** The currency of a formula's amount: its code, or that of the field it is named after. */
export function currencyNode(schema: ExpressionSchema, currency: string): Node {
  const text = { is: 'text' } as const
  if (isCurrencyCode(currency)) return { is: 'literal', type: text, nullable: false, value: currency, path: '' }
  const field = schema.field(currency)
  if (!field) throw new TypeError(`${currency} is no field.`)
  return { is: 'field', field: { ...field, part: 'currency', type: text }, hops: [], type: text, nullable: true, path: '' }
}
