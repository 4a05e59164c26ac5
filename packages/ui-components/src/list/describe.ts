import type { FieldView } from '../client/types.ts'
import { asList, optionLabel } from '../format/option.ts'
import { formatValue } from '../format/value.ts'
import type { MessageKey } from '../messages/messages.ts'
import { type Comparison, type Condition, ME } from './condition.ts'
import type { ConditionHost } from './condition-host.ts'
import { isPeriod } from './period.ts'

/** What a comparison is called; times have words of their own. */
export function comparisonKey(field: FieldView, is: Comparison): MessageKey {
  if (is === 'where') return 'filter.advanced'
  const isTime = field.kind === 'date' || field.kind === 'instant'
  if (isTime && is === 'gte') return 'is.after'
  return isTime && is === 'lte' ? 'is.before' : `is.${is}`
}

/** The usual comparison goes without saying: “Priority high”, not “Priority is high”. */
export function sayComparison(list: ConditionHost, field: FieldView, { is }: Condition): string {
  const isPlain = is === 'in' || is === 'eq' || is === 'period'
  return isPlain ? '' : list.t(comparisonKey(field, is))
}

/** What is compared with, in words. */
export function sayValue(list: ConditionHost, field: FieldView, condition: Condition): string {
  const { is, value } = condition
  if (is === 'empty' || is === 'filled') return ''
  if (is === 'period') return isPeriod(value) ? list.t(`period.${value}`) : ''
  const one = (single: unknown) => sayOne(list, field, condition, single)
  if (is === 'between' && Array.isArray(value)) return value.map(one).join(' – ')
  return Array.isArray(value) ? value.map(one).join(list.t('list.separator')) : one(value)
}

function sayOne(list: ConditionHost, field: FieldView, { names }: Condition, value: unknown): string {
  if (value === ME) return list.t('filter.me')
  if (field.options && field.options.length > 0) return optionLabel(field, String(value), list.language)
  const [id] = asList(value)
  if (field.kind === 'user') return (id && list.session.person(id)?.name) || names?.[id ?? ''] || String(value)
  if (field.kind === 'reference' || field.kind === 'links') return names?.[id ?? ''] ?? String(value)
  return formatValue(field, value, { locale: list.language, now: list.session.now(), record: null })
}
