import type { FieldDefinition } from '../object/definition.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { orderOperators } from './number.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readNumber } from './raw-value.ts'

const shape = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,3}))?$/i

/** More digits than this are not exact in a double. */
const mostDigits = 15
const defaultScale = 2

const scaleOf = (field: Pick<FieldDefinition, 'scale'>) => field.scale ?? defaultScale

/** Decimal text or number → integer of 10^-scale units. Exact or refused, never rounded. */
export function parseUnits(value: unknown, scale: number): number {
  if (typeof value !== 'string' && typeof value !== 'number') throw new KindRefusal('VALUE_TYPE', { expected: 'decimal' })
  const match = shape.exec(String(value).trim())
  if (!match) throw new KindRefusal('VALUE_TYPE', { expected: 'decimal' })
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const end = whole.length + Number(exponent) + scale
  if (/[1-9]/.test(digits.slice(Math.max(end, 0)))) throw new KindRefusal('VALUE_SCALE', { scale })
  const significant = digits.slice(0, Math.max(end, 0)).replace(/^0+/, '')
  if (significant === '') return 0
  const size = significant.length + Math.max(end - digits.length, 0)
  if (size > mostDigits) throw tooBig(sign === '-', scale)
  const units = Number(significant.padEnd(size, '0'))
  return sign === '-' ? -units : units
}

function tooBig(negative: boolean, scale: number): KindRefusal {
  const limit = formatUnits((negative ? -1 : 1) * (10 ** mostDigits - 1), scale)
  return new KindRefusal(negative ? 'VALUE_TOO_SMALL' : 'VALUE_TOO_LARGE', { limit })
}

/** Integer units → decimal text with all its places: 1230 at scale 2 is `12.30`. */
export function formatUnits(units: number, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

const zero = '0'.charCodeAt(0)
const point = '.'.charCodeAt(0)

/**
 * Units of a decimal in its one spelling, or null; signs are left to {@link parseUnits}. What is sent mostly is in it, what is stored
 * always: it is looked at digit by digit, without a match and its parts.
 */
function spelledUnits(value: unknown, scale: number): number | null {
  if (typeof value !== 'string') return null
  const whole = scale === 0 ? value.length : value.length - scale - 1
  if (whole < 1 || whole > mostDigits - scale || (whole > 1 && value.charCodeAt(0) === zero)) return null
  let units = 0
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (index === whole) {
      if (code !== point) return null
      continue
    }
    const digit = code - zero
    if (digit < 0 || digit > 9) return null
    units = units * 10 + digit
  }
  return units
}

function decimalIn(value: unknown, field: FieldDefinition): string {
  const scale = scaleOf(field)
  const known = spelledUnits(value, scale)
  const units = known ?? parseUnits(value, scale)
  const amount = units / 10 ** scale
  if (field.minimum !== null && amount < field.minimum) throw new KindRefusal('VALUE_TOO_SMALL', { limit: field.minimum })
  if (field.maximum !== null && amount > field.maximum) throw new KindRefusal('VALUE_TOO_LARGE', { limit: field.maximum })
  return known === null ? formatUnits(units, scale) : (value as string)
}

function settledDecimal(field: FieldDefinition): (value: unknown) => boolean {
  const scale = scaleOf(field)
  const least = field.minimum ?? Number.NEGATIVE_INFINITY
  const most = field.maximum ?? Number.POSITIVE_INFINITY
  return (value) => {
    const units = spelledUnits(value, scale)
    if (units === null) return false
    const amount = units / 10 ** scale
    return amount >= least && amount <= most
  }
}

/** An exact decimal, text in the API. */
export const decimal: FieldKind = oneColumn({
  name: 'decimal',
  type: 'integer',
  extType: 'integer',
  sortable: true,
  summable: true,
  operators: orderOperators,
  check: (property) => [
    ...propertyProblems(property, { types: ['number', 'string'], keys: ['scale', 'minimum', 'maximum'], unique: true, index: true }),
    ...(isScale(property.scale) ? [] : ['scale is a whole number from 0 to 8']),
  ],
  schema: () => ({ type: ['string', 'number'] }),
  settled: settledDecimal,
  normalise: decimalIn,
  write: (value, field) => spelledUnits(value, scaleOf(field)) ?? parseUnits(value, scaleOf(field)),
  read: (raw, field) => formatUnits(readNumber(raw), scaleOf(field)),
  operand: (value, field) => parseUnits(value, scaleOf(field)),
})

const isScale = (scale = defaultScale) => Number.isInteger(scale) && scale >= 0 && scale <= 8
