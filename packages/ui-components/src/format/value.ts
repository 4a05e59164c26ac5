import { isBlank, isMoney, relatedName, relatedOf } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { translate } from '../messages/messages.ts'
import { formatDate, formatInstant } from './date.ts'
import { formatMoney } from './money.ts'
import { formatDecimal, formatNumber } from './number.ts'
import { asList, isPercent, optionLabel } from './option.ts'
import { formatPhone } from './phone.ts'

/** What a value is read with. */
export interface Reading {
  readonly locale: string
  readonly now: number
  readonly record?: CrmRecord | null
}

/** A value of a field as text; empty for nothing. */
export function formatValue(field: FieldView, value: unknown, reading: Reading): string {
  if (isBlank(value)) return ''
  const { locale, now } = reading
  switch (field.kind) {
    case 'money':
      return isMoney(value) ? formatMoney(value, locale) : String(value)
    case 'integer':
    case 'number':
      return typeof value === 'number' ? formatNumber(value, locale) + (isPercent(field) ? '%' : '') : String(value)
    case 'decimal':
      return /^-?\d+(\.\d+)?$/.test(String(value)) ? formatDecimal(String(value), locale) : String(value)
    case 'boolean':
      return translate(locale, value ? 'yes' : 'no')
    case 'date':
      return formatDate(String(value), locale, now)
    case 'instant':
      return typeof value === 'number' ? formatInstant(value, locale, now) : String(value)
    case 'choice':
      return optionLabel(field, String(value), locale)
    case 'multiChoice':
      return asList(value)
        .map((one) => optionLabel(field, one, locale))
        .join(translate(locale, 'list.separator'))
    case 'phone':
      return formatPhone(String(value))
    case 'reference':
    case 'user':
    case 'links':
      return relatedNames(field, value, reading)
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

function relatedNames(field: FieldView, value: unknown, reading: Reading): string {
  const names = relatedOf(reading.record, field.name).map((one) => relatedName(one, reading.locale))
  return names.length > 0 ? names.join(translate(reading.locale, 'list.separator')) : asList(value).join(', ')
}
