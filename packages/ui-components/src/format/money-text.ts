import { currencyDigits } from './currency.ts'

/** Minor units as the text a person types: `1280000` → `12800`, `1280050` → `12800.50`. */
export function minorToText(minor: number, currency: string): string {
  const places = currencyDigits(currency)
  const digits = String(Math.abs(minor)).padStart(places + 1, '0')
  const split = digits.length - places
  const fraction = digits.slice(split)
  const text = /[1-9]/.test(fraction) ? `${digits.slice(0, split)}.${fraction}` : digits.slice(0, split)
  return minor < 0 ? `-${text}` : text
}

/** What a person typed as minor units, without a detour over binary fractions; null when it is no sum. */
export function textToMinor(text: string, currency: string): number | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.replace(/[\s,，]/g, ''))
  if (!match) return null
  const [, sign = '', major = '', fraction = ''] = match
  const places = currencyDigits(currency)
  if (fraction.replace(/0+$/, '').length > places) return null
  const minor = Number(`${sign}${major}${fraction.slice(0, places).padEnd(places, '0')}`)
  return Number.isSafeInteger(minor) ? minor : null
}

/** Digits grouped for reading in an input: `12800.5` → `12,800.5`. */
export function groupDigits(text: string): string {
  const [major = '', ...rest] = text.split('.')
  return [major.replace(/\B(?=(\d{3})+(?!\d))/g, ','), ...rest].join('.')
}
