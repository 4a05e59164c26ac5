import type { ExportColumn, ExportValue } from './column.ts'

/** A value as the kind it really is. Only `text` can be mistaken for a formula. */
export type TypedValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'date'; readonly iso: string }

const empty: TypedValue = { kind: 'empty' }
const decimal = /^-?\d+(?:\.\d+)?$/
const dates = { date: /^\d{4}-\d\d-\d\d$/, datetime: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?$/ }

export function typedValue({ type }: ExportColumn, value: ExportValue): TypedValue {
  if (value === null || value === undefined || value === '') return empty
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value }
  if ((type === 'number' || type === 'money') && isNumber(value)) return { kind: 'number', digits: String(value) }
  const text = String(value)
  if ((type === 'date' || type === 'datetime') && dates[type].test(text) && !Number.isNaN(Date.parse(text))) {
    return { kind: 'date', iso: text.replace('T', ' ') }
  }
  return { kind: 'text', text }
}

function isNumber(value: string | number): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : decimal.test(value)
}
