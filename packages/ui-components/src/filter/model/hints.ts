import { isOrdering } from './comparisons.ts'
import { isNullable, type Source } from './fields.ts'
import type { Condition, Group } from './tree.ts'

/** Does the condition leave out records whose value is missing, without saying so? An order has no place for them. */
export function leavesOutEmpty(source: Source, { subject, comparison }: Condition, parent: Group): boolean {
  if (!isOrdering(comparison) || !isNullable(source, subject)) return false
  const key = JSON.stringify(subject)
  const isSaid = (part: Group['parts'][number]): boolean =>
    part.is === 'condition' && (part.comparison === 'empty' || part.comparison === 'filled') && JSON.stringify(part.subject) === key
  return !parent.parts.some(isSaid)
}
