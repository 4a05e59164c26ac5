import { isBlank, isMoney } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { formatNumber } from '../format/number.ts'
import type { MessageKey, MessageParams } from '../messages/messages.ts'

/** What is wrong with a value, as a sentence of the catalogue. */
export interface Problem {
  readonly key: MessageKey
  readonly params?: MessageParams
  /** Flag of the browser's constraint validation. */
  readonly flag:
    | 'valueMissing'
    | 'badInput'
    | 'tooLong'
    | 'tooShort'
    | 'rangeOverflow'
    | 'rangeUnderflow'
    | 'typeMismatch'
    | 'stepMismatch'
    | 'customError'
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^[+\d][\d\s()-]{2,}(#\d+)?$/
const URL_START = /^https?:\/\/[^\s]+$/i

/**
 * The first problem a reader can be told about before anything is sent; the server has the last word. `unparsed` is text that was typed
 * and is no value of the kind.
 */
export function problemOf(field: FieldView, value: unknown, unparsed: string | null, locale: string): Problem | null {
  if (unparsed) return { key: field.kind === 'date' || field.kind === 'instant' ? 'invalid.date' : 'invalid.number', flag: 'badInput' }
  // Masked values are left as they are, or replaced by whole ones.
  if (field.masked && String(value).includes('****')) return null
  if (isBlank(value)) return field.required && field.kind !== 'boolean' ? { key: 'invalid.required', flag: 'valueMissing' } : null
  return lengthProblem(field, value) ?? rangeProblem(field, value, locale) ?? scaleProblem(field, value) ?? shapeProblem(field, value)
}

function lengthProblem({ minLength, maxLength }: FieldView, value: unknown): Problem | null {
  if (typeof value !== 'string') return null
  const length = [...value].length
  if (maxLength && length > maxLength)
    return { key: 'invalid.long', params: { limit: maxLength, over: length - maxLength }, flag: 'tooLong' }
  return minLength && length < minLength ? { key: 'invalid.short', params: { limit: minLength }, flag: 'tooShort' } : null
}

function rangeProblem(field: FieldView, value: unknown, locale: string): Problem | null {
  const number = isMoney(value) ? value.minor : Number(value)
  if (!['integer', 'number', 'decimal', 'money'].includes(field.kind) || Number.isNaN(number)) return null
  const { minimum, maximum } = field
  if (typeof maximum === 'number' && number > maximum)
    return { key: 'invalid.large', params: { limit: formatNumber(maximum, locale) }, flag: 'rangeOverflow' }
  if (typeof minimum === 'number' && number < minimum)
    return { key: 'invalid.small', params: { limit: formatNumber(minimum, locale) }, flag: 'rangeUnderflow' }
  return null
}

function scaleProblem(field: FieldView, value: unknown): Problem | null {
  if (field.kind === 'integer' && !Number.isInteger(value)) return { key: 'invalid.integer', flag: 'stepMismatch' }
  const scale = field.scale ?? 2
  const fraction = field.kind === 'decimal' ? (String(value).split('.')[1] ?? '') : ''
  return fraction.length > scale ? { key: 'invalid.scale', params: { scale }, flag: 'stepMismatch' } : null
}

function shapeProblem({ kind }: FieldView, value: unknown): Problem | null {
  if (typeof value !== 'string') return null
  if (kind === 'email' && !EMAIL.test(value)) return { key: 'invalid.email', flag: 'typeMismatch' }
  if (kind === 'phone' && !PHONE.test(value)) return { key: 'invalid.phone', flag: 'typeMismatch' }
  return kind === 'url' && !URL_START.test(value) ? { key: 'invalid.url', flag: 'typeMismatch' } : null
}
