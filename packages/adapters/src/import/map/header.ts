import type { FieldDefinition, ObjectDefinition } from '@guanxi/core'
import { isCurrencyCode } from '../convert/currency.ts'
import { isZone } from '../convert/zone.ts'

/** What stands in brackets behind a label in a header, where it has to be said. */
export interface HeaderDetails {
  /** Of amounts that name no currency. */
  readonly currency?: string
  /** Of times. */
  readonly zone?: string
}

/** A header of an export: `Amount (USD)`, or with the field's name where another field has the same label: `Name (nameEn, USD)`. */
export function writeHeader(
  field: FieldDefinition,
  text: string,
  definition: Pick<ObjectDefinition, 'fields'>,
  { currency, zone }: HeaderDetails = {},
): string {
  const details = [currency, zone].filter((detail) => detail !== undefined)
  const plain = withDetails(text, details)
  return readHeader(plain, definition)?.field === field ? plain : withDetails(text, [field.name, ...details])
}

/** The field that a header of an export means; null for any other text. */
export function readHeader(
  header: string,
  { fields }: Pick<ObjectDefinition, 'fields'>,
): (HeaderDetails & { readonly field: FieldDefinition }) | null {
  const whole = only(called(header, fields))
  if (whole) return { field: whole }
  const match = /^(.*) \(([^()]+)\)$/su.exec(header)
  if (!match) return null
  const details = (match[2] ?? '').split(', ')
  const candidates = called(match[1] ?? '', fields)
  const field = candidates.find(({ name }) => name === details[0]) ?? only(candidates)
  if (!field) return null
  const rest = field.name === details[0] ? details.slice(1) : details
  const read = rest.map(readDetail)
  return read.every((detail) => detail !== null) ? Object.assign({ field }, ...read) : null
}

function readDetail(text: string): HeaderDetails | null {
  if (/^[A-Z]{3}$/.test(text) && isCurrencyCode(text)) return { currency: text }
  return text.includes('/') && isZone(text) ? { zone: text } : null
}

function withDetails(text: string, details: readonly string[]): string {
  return details.length === 0 ? text : `${text} (${details.join(', ')})`
}

function called(text: string, fields: readonly FieldDefinition[]): FieldDefinition[] {
  const name = text.trim()
  return fields.filter((field) => field.name === name || field.label['zh-CN'] === name || field.label.en === name)
}

function only<Value>(values: readonly Value[]): Value | null {
  const [first] = values
  return first !== undefined && values.length === 1 ? first : null
}
