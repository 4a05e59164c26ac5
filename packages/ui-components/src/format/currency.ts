import { memo } from './memo.ts'

/** ¥ is the yuan in every language here; the yen says that it is one. */
export function formatter(locale: string, currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: currency === 'CNY' ? 'narrowSymbol' : 'symbol',
    ...options,
  })
}

/** Every digit, and decimals only where there are any. */
export const full = memo((locale, currency) => formatter(locale, currency, { trailingZeroDisplay: 'stripIfInteger' }))

/** Decimal places of a currency as a language writes it. */
export const digitsIn = memo((locale, currency) => full(locale, currency).resolvedOptions().maximumFractionDigits ?? 2)

export const signOf = (currency: string, sign: string): string => (currency === 'JPY' ? 'JP¥' : sign)

/** Decimal places of a currency: 2 for CNY, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return digitsIn('en', currency)
}

/** The currency's sign in a language. */
export function currencySign(currency: string, locale: string): string {
  const sign = full(locale, currency)
    .formatToParts(0)
    .find((part) => part.type === 'currency')
  return signOf(currency, sign?.value ?? currency)
}
