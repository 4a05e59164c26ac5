import type { Order, RowValue, SelectPlan } from '@guanxi/core/store'
import type { Dialect } from './dialect.ts'

/** A read, or the part of it in which the first term of the order has a value, or has none. */
export interface Branch {
  readonly first?: { readonly operand: RowValue; readonly isNull: boolean }
  readonly order: readonly Order[]
}

/**
 * Nulls are last in both directions, which is no order an index has. A page sorted by a column that may be null is therefore read in
 * two parts, values first, each in an order that the index of the column does have.
 */
export function branchesOf(dialect: Dialect, plan: SelectPlan): readonly Branch[] {
  const [term, ...rest] = plan.order
  // No index serves an expression, so there is nothing to be won.
  if (!term?.operand.nullable || 'term' in term.operand || plan.limit === undefined || plan.offset !== undefined || plan.lock)
    return [{ order: plan.order }]
  const isServed = !plan.after && !(term.descending && dialect.engine === 'postgres')
  if (isServed) return [{ order: plan.order }]
  const present = { ...term.operand, nullable: false } as RowValue
  const order = [{ ...term, operand: present }, ...rest]
  return [
    { first: { operand: term.operand, isNull: false }, order },
    { first: { operand: term.operand, isNull: true }, order },
  ]
}
