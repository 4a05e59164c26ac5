import { type FieldKind, KindRefusal } from './kind.ts'
import { orderOperators } from './number.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'

const shape = /^\d{4}-\d{2}-\d{2}$/
const zero = '0'.charCodeAt(0)
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Is there such a day in the calendar? Years 0001 to 9999. */
export function isDate(text: string): boolean {
  if (!shape.test(text)) return false
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const length = month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0)
  return year > 0 && day > 0 && day <= length
}

/** Of a text that has digits there. */
const twoDigits = (text: string, at: number): number => 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 11 * zero

function dateIn(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : ''
  if (!isDate(text)) throw new KindRefusal('VALUE_DATE')
  return text
}

/** A day of the calendar, without a time zone. */
export const date: FieldKind = oneColumn({
  name: 'date',
  type: 'text',
  extType: 'text',
  sortable: true,
  groupable: true,
  operators: orderOperators,
  check: (property) => propertyProblems(property, { types: ['string'], keys: ['format'], unique: true, index: true }),
  schema: () => ({ type: 'string' }),
  settled: () => (value) => typeof value === 'string' && isDate(value),
  normalise: dateIn,
  read: readText,
  operand: dateIn,
})
