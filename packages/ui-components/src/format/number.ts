import { memo } from './memo.ts'

const plain = memo((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 8 }))

/** A number with its grouping. */
export function formatNumber(value: number, locale: string): string {
  return plain(locale).format(value)
}

/** Decimal text with its grouping; every digit stays. */
export function formatDecimal(text: string, locale: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = plain(locale).format(BigInt(whole || '0'))
  const sign = whole.startsWith('-') && !grouped.startsWith('-') ? '-' : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}.${fraction}`
}
