import { type Amount, amountOf, shifted } from './amount.ts'
import { splitCurrency } from './currency.ts'
import type { ConvertOptions } from './options.ts'
import type { RepairCode } from './repairs.ts'
import { isWide, narrow } from './width.ts'

/** A number as written, with everything that stood around it. */
export interface WrittenNumber {
  readonly amount: Amount
  readonly currency: string | null
  readonly percent: boolean
  readonly codes: readonly RepairCode[]
}

/** Powers of ten of units that follow a number. */
const units: readonly (readonly [RegExp, number])[] = [
  [/万亿$/, 12],
  [/千万$/, 7],
  [/百万$/, 6],
  [/亿$/, 8],
  [/万$/, 4],
  [/千$/, 3],
  [/(?<=\d)k$/i, 3],
  [/(?<=\d)m$/i, 6],
]
const plain = /^-?\d+(?:\.\d+)?$/
const commas = /^([+-]?\d{1,3})((?:,\d{3})+)(\.\d*)?$/
const points = /^([+-]?\d{1,3})((?:\.\d{3})+)(,\d*)?$/

/** Reads a number in the ways people write them; null for what is none. Never rounds. */
export function readNumberText(text: string, { decimalComma = false, currency }: ConvertOptions): WrittenNumber | null {
  if (!decimalComma && plain.test(text)) return ofPlain(text)
  const codes: RepairCode[] = isWide(text) ? ['WIDTH'] : []
  const bare = narrow(text)
  const bracketed = /^\((.+)\)$/.exec(bare)
  const split = splitCurrency(bracketed ? `-${bracketed[1]}` : bare, currency)
  const percent = split.rest.endsWith('%')
  const unit = unitOf(percent ? split.rest.slice(0, -1).trim() : split.rest)
  const digits = plainDigits(unit.rest, decimalComma)
  const amount = digits && amountOf(digits.text)
  if (!amount) return null
  if (split.currency) codes.push('CURRENCY')
  if (unit.power > 0) codes.push('UNIT')
  if (digits.separated) codes.push('SEPARATORS')
  if (bracketed || digits.respelt) codes.push('NUMBER_SPELLING')
  return { amount: shifted(amount, unit.power), currency: split.currency, percent, codes }
}

/** Nearly all numbers in files are written plainly: nothing to take off, nothing to repair. */
function ofPlain(text: string): WrittenNumber | null {
  const amount = amountOf(text)
  return amount && { amount, currency: null, percent: false, codes: [] }
}

function unitOf(text: string): { readonly rest: string; readonly power: number } {
  for (const [pattern, power] of units) {
    if (pattern.test(text)) return { rest: text.replace(pattern, '').trim(), power }
  }
  return { rest: text, power: 0 }
}

/** Digits with a decimal point and nothing else; separators only where they stand every three digits. */
function plainDigits(text: string, decimalComma: boolean): { text: string; separated: boolean; respelt: boolean } | null {
  const joined = text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, decimalComma ? '.' : ',').replace(/^([+-]) +/, '$1')
  const grouped = (decimalComma ? points : commas).exec(joined)
  const mark = decimalComma ? '.' : ','
  const whole = grouped ? `${grouped[1]}${(grouped[2] ?? '').replaceAll(mark, '')}${grouped[3] ?? ''}` : joined
  const result = decimalComma ? whole.replace(',', '.') : whole
  if (!grouped && joined.includes(decimalComma ? '.' : ',') && /\d/.test(joined)) return null
  return { text: result, separated: grouped !== null, respelt: result !== whole || /^[+.]|\.$|e/i.test(result) }
}
