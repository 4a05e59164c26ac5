import type { ExportColumn, ExportValue } from './column.ts'

/** A value as the kind it really is. Only `text` can be mistaken for a formula. */
export type TypedValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  /** `exact`: a spreadsheet, which keeps fifteen digits, does not round it. */
  | { readonly kind: 'number'; readonly digits: string; readonly exact: boolean }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'date'; readonly iso: string }

const empty: TypedValue = { kind: 'empty' }
const decimal = /^-?\d+(?:\.\d+)?$/
const dates = { date: /^\d{4}-\d\d-\d\d$/, datetime: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?$/ }
const spreadsheetDigits = 15

export function typedValue({ type }: ExportColumn, value: ExportValue): TypedValue {
  if (value === null || value === undefined || value === '') return empty
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value }
  const text = String(value)
  if (type === 'number' || type === 'money') return numberValue(value, text)
  if ((type === 'date' || type === 'datetime') && dates[type].test(text) && isDay(text))
    return { kind: 'date', iso: text.replace('T', ' ') }
  return { kind: 'text', text }
}

function numberValue(value: string | number, text: string): TypedValue {
  if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'number', digits: text, exact: true } : { kind: 'text', text }
  if (!decimal.test(text)) return { kind: 'text', text }
  return { kind: 'number', digits: text, exact: text.replace(/^-?0*\.?0*|\D/g, '').length <= spreadsheetDigits }
}

/** Whether the calendar and the clock have it: 30 February would become a day in March. */
function isDay(iso: string): boolean {
  const [day = '', time = '00:00'] = iso.split(/[ T]/)
  const at = Date.parse(`${day}T${time}Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}
