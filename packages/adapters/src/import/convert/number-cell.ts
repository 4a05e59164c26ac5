import type { FieldDefinition } from '@guanxi/core'
import { type Amount, amountOf, amountText, shifted, times, unitsAt } from './amount.ts'
import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import { isCurrencyCode, minorPlaces } from './currency.ts'
import { readNumberText, type WrittenNumber } from './number-text.ts'
import type { ConvertOptions } from './options.ts'
import type { RepairCode } from './repairs.ts'

/** Reads a cell into an integer, number or decimal field. */
export function readNumber(content: Content, field: FieldDefinition, options: ConvertOptions): Reading<number | string> | Refused {
  const written = readWritten(content, options)
  if ('refused' in written) return written
  const { amount, codes } = inPercent(written, field)
  if (field.kind === 'decimal') return asDecimal(amount, codes, field.scale ?? 2)
  if (field.kind === 'number') return { value: Number(amountText(amount.units, amount.scale)), codes }
  const whole = unitsAt(amount, 0)
  if (whole === null) return refuse('VALUE_TYPE', { expected: 'integer' })
  return isSafe(whole) ? { value: Number(whole), codes } : refuse('IMPORT_NUMBER_ROUNDED', { value: content.original })
}

/** Reads a cell into minor units and a currency: the cell's, else the column's. */
export function readMoney(content: Content, options: ConvertOptions): Reading<{ minor: number; currency: string }> | Refused {
  const written = readWritten(content, options)
  if ('refused' in written) return written
  const own = options.currency ?? 'CNY'
  const currency = written.currency ?? own
  if (!isCurrencyCode(currency)) return refuse('VALUE_CURRENCY')
  if (written.percent) return refuse('IMPORT_NUMBER_UNKNOWN', { value: content.original })
  const scale = minorPlaces(currency)
  const minor = unitsAt(written.amount, scale)
  if (minor === null) return refuse('VALUE_SCALE', { scale })
  return isSafe(minor)
    ? { value: { minor: Number(minor), currency }, codes: written.codes }
    : refuse('IMPORT_NUMBER_ROUNDED', { value: content.original })
}

function readWritten(content: Content, options: ConvertOptions): WrittenNumber | Refused {
  const written =
    content.kind === 'number'
      ? ofSpreadsheet(content.number, content.codes)
      : content.kind === 'text'
        ? readNumberText(content.text, options)
        : null
  if (!written) return refuse('IMPORT_NUMBER_UNKNOWN', { value: content.original.slice(0, 100) })
  if ('refused' in written) return written
  const codes = content.kind === 'text' ? [...content.codes, ...written.codes] : written.codes
  const factor = options.multiplyBy === undefined ? null : amountOf(String(options.multiplyBy))
  return { ...written, amount: factor ? times(written.amount, factor) : written.amount, codes }
}

/** A spreadsheet keeps 15 digits; what a double shows beyond them is noise. */
function ofSpreadsheet(number: number, codes: readonly RepairCode[]): WrittenNumber | null {
  const rounded = Number(number.toPrecision(15))
  const amount = amountOf(String(rounded))
  return amount && { amount, currency: null, percent: false, codes: rounded === number ? codes : [...codes, 'NUMBER_NOISE'] }
}

/** 40 % is 40 in a field that ends at 100, and 0.4 in any other. */
function inPercent({ amount, percent, codes }: WrittenNumber, field: FieldDefinition): { amount: Amount; codes: readonly RepairCode[] } {
  if (!percent) return { amount, codes }
  return { amount: field.maximum === 100 ? amount : shifted(amount, -2), codes: [...codes, 'PERCENT'] }
}

function asDecimal(amount: Amount, codes: readonly RepairCode[], scale: number): Reading<string> | Refused {
  const units = unitsAt(amount, scale)
  return units === null ? refuse('VALUE_SCALE', { scale }) : { value: amountText(units, scale), codes }
}

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
}
