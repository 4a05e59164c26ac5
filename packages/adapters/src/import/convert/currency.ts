/** Signs and words of currencies, as they stand before or after amounts. Longer ones first. */
const signs: readonly (readonly [string, string])[] = [
  ['人民币', 'CNY'],
  ['RMB', 'CNY'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['港币', 'HKD'],
  ['港元', 'HKD'],
  ['欧元', 'EUR'],
  ['英镑', 'GBP'],
  ['日元', 'JPY'],
  ['US$', 'USD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['CN¥', 'CNY'],
  ['元', 'CNY'],
  ['¥', 'CNY'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
]

let codes: ReadonlySet<string> | undefined

/** Is it a code of ISO 4217? */
export function isCurrencyCode(code: string): boolean {
  codes ??= new Set(Intl.supportedValuesOf('currency'))
  return codes.has(code)
}

/** Takes the currency off an amount. `¥` is the column's own currency where that is the yen. */
export function splitCurrency(text: string, own?: string): { readonly rest: string; readonly currency: string | null } {
  for (const [sign, currency] of signs) {
    const rest = without(text, sign)
    if (rest !== null) return { rest, currency: sign === '¥' && own === 'JPY' ? own : currency }
  }
  const code = /^(-?)([A-Z]{3})(?=[\s\d.+-])|(?<=[\s\d.])([A-Z]{3})$/i.exec(text)
  const named = (code?.[2] ?? code?.[3] ?? '').toUpperCase()
  if (!code || !isCurrencyCode(named)) return { rest: text, currency: null }
  return { rest: `${code[1] ?? ''}${text.replace(code[0], '').trim()}`, currency: named }
}

function without(text: string, sign: string): string | null {
  const upper = text.toUpperCase()
  for (const minus of ['', '-']) {
    if (upper.startsWith(minus + sign)) return minus + text.slice(minus.length + sign.length).trim()
  }
  return upper.endsWith(sign) ? text.slice(0, -sign.length).trim() : null
}

const places = new Map<string, number>()

/** Decimal places of a currency: 2 for most, 0 for the yen. */
export function minorPlaces(currency: string): number {
  const known = places.get(currency)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  places.set(currency, made)
  return made
}
