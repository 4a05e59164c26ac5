import { type Comparison, takesField } from './comparisons.ts'
import { type Compared, comparedOf, figureFields, inside, type Source } from './fields.ts'
import { allComparisons, needed, takenBy } from './plugin-operators.ts'
import {
  type Condition,
  type FigureSubject,
  type Group,
  groupOf,
  type Ids,
  nothing,
  type Operand,
  type Rows,
  type Subject,
} from './tree.ts'

/** What stands beside a comparison that was just chosen. */
function startValue(source: Source, comparison: Comparison, compared: Compared): Operand {
  switch (needed(source, comparison)) {
    case 'nothing':
      return nothing
    case 'list':
      return { is: 'list', values: [] }
    case 'length':
      return { is: 'length', length: { count: 7, unit: 'D' } }
    case 'period':
      return { is: 'period', period: 'month', later: 0 }
    case 'pair':
      return { is: 'pair', from: { is: 'constant', value: null }, to: { is: 'constant', value: null } }
    default:
      return { is: 'constant', value: takenBy(source, comparison, compared).cls === 'yesNo' ? true : null }
  }
}

/** A new condition on something, with its usual comparison; null where nothing can be asked of it. */
export function newCondition(source: Source, subject: Subject, ids: Ids): Condition | null {
  const compared = comparedOf(source, subject)
  const [comparison] = compared ? allComparisons(source, subject, compared) : []
  if (!compared || !comparison) return null
  return { is: 'condition', id: ids.next(), subject, comparison, value: startValue(source, comparison, compared) }
}

export const newRows = (path: string, ids: Ids): Rows => ({ is: 'rows', id: ids.next(), quantifier: 'some', path, where: groupOf(ids) })

/** The same condition with another comparison; its value stays where it fits. */
export function fitting(source: Source, condition: Condition, comparison: Comparison): Condition {
  const compared = comparedOf(source, condition.subject)
  if (!compared) return { ...condition, comparison }
  const before = condition.comparison
  const isSameNeed = needed(source, comparison) === needed(source, before)
  const isSameValue = takenBy(source, comparison, compared).cls === takenBy(source, before, compared).cls
  const isKept = isSameNeed && isSameValue && (condition.value.is !== 'field' || takesField(comparison, compared.cls))
  return { ...condition, comparison, value: isKept ? condition.value : moved(source, condition.value, comparison, compared) }
}

/** A single value may become a list of one, and back. */
function moved(source: Source, value: Operand, comparison: Comparison, compared: Compared): Operand {
  const needs = needed(source, comparison)
  if (needs === 'list' && value.is === 'constant' && typeof value.value === 'string') return { is: 'list', values: [value.value] }
  const isSameValue = takenBy(source, comparison, compared).cls === compared.cls
  if (needs === 'value' && isSameValue && value.is === 'list' && value.values.length === 1)
    return { is: 'constant', value: value.values[0] }
  return startValue(source, comparison, compared)
}

/** Another field in the place of one; how it is compared stays where both can be. */
export function withField(source: Source, before: Condition, chosen: Condition): Condition {
  const next = { ...chosen, id: before.id }
  const [old, now] = [comparedOf(source, before.subject), comparedOf(source, chosen.subject)]
  if (!old || !now || old.cls !== now.cls || before.subject.is !== chosen.subject.is) return next
  if (!allComparisons(source, chosen.subject, now).includes(before.comparison)) return next
  const isOwnList = old.cls === 'choice' || old.cls === 'codes' || old.cls === 'reference' || old.cls === 'links'
  const value = isOwnList && needed(source, before.comparison) !== 'nothing' ? startValue(source, before.comparison, now) : before.value
  return { ...next, comparison: before.comparison, value }
}

/** How child records can be looked at. */
export type How = Rows['quantifier'] | FigureSubject['fn']

export function howsOf(source: Source, path: string): readonly How[] {
  const within = inside(source, path)
  const figures = (['sum', 'minOf', 'maxOf'] as const).filter((fn) => within && figureFields(within, fn).length > 0)
  return ['some', 'none', 'all', 'count', ...figures]
}

/** Child records looked at in another way; what is asked of them stays. */
export function lookedAt(source: Source, part: Rows | Condition, how: How, currency: string, ids: Ids): Rows | Condition {
  const { path, where } = part.is === 'rows' ? part : part.subject.is === 'figure' ? part.subject : { path: '', where: groupOf(ids) }
  if (how === 'some' || how === 'none' || how === 'all') return { is: 'rows', id: part.id, quantifier: how, path, where }
  const subject = figureOf(source, how, path, where, currency)
  const made = newCondition(source, subject, ids)
  return made ? { ...made, id: part.id } : part
}

function figureOf(source: Source, fn: FigureSubject['fn'], path: string, where: Group, currency: string): FigureSubject {
  const within = inside(source, path)
  const [field] = within && fn !== 'count' ? figureFields(within, fn) : []
  const isMoney = field?.kind === 'money'
  return { is: 'figure', fn, path, of: field?.name ?? null, currency: isMoney ? currency : null, where }
}

/** Another field of the children in a figure. */
export function figureOn(source: Source, condition: Condition, of: string, currency: string, ids: Ids): Condition {
  if (condition.subject.is !== 'figure') return condition
  const within = inside(source, condition.subject.path)
  const kind = within?.object.fields.find(({ name }) => name === of)?.kind
  const subject: FigureSubject = { ...condition.subject, of, currency: kind === 'money' ? currency : null }
  const made = newCondition(source, subject, ids)
  return made ? { ...made, id: condition.id } : { ...condition, subject }
}
