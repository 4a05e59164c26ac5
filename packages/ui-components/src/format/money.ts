import type { Money } from '../client/types.ts'
import { digitsIn, formatter, full, signOf } from './currency.ts'
import { memo } from './memo.ts'

/** A piece of a formatted sum; signs and units are shown lighter than digits. */
export interface MoneyPart {
  readonly kind: 'sign' | 'digits' | 'unit'
  readonly text: string
}

const short = memo((locale, currency) => formatter(locale, currency, { notation: 'compact', maximumFractionDigits: 1 }))
const known = new WeakMap<Money, { readonly locale: string; readonly parts: readonly MoneyPart[] }>()

/** A sum in pieces. `short` rounds to 万 or k; otherwise every digit, and decimals only where there are any. */
export function moneyParts(money: Money, locale: string, style: 'full' | 'short' = 'full'): readonly MoneyPart[] {
  if (style === 'short') return partsOf(short(locale, money.currency), money, locale)
  const before = known.get(money)
  if (before?.locale === locale) return before.parts
  const parts = partsOf(full(locale, money.currency), money, locale)
  known.set(money, { locale, parts })
  return parts
}

function partsOf(format: Intl.NumberFormat, { minor, currency }: Money, locale: string): readonly MoneyPart[] {
  return format
    .formatToParts(minor / 10 ** digitsIn(locale, currency))
    .filter((part) => part.type !== 'literal')
    .map(({ type, value }): MoneyPart => {
      if (type === 'currency') return { kind: 'sign', text: signOf(currency, value) }
      return { kind: type === 'compact' ? 'unit' : 'digits', text: value }
    })
    .reduce<MoneyPart[]>(joinDigits, [])
}

/** Groups, separators and decimals are one piece of text. */
function joinDigits(parts: MoneyPart[], part: MoneyPart): MoneyPart[] {
  const last = parts.at(-1)
  return last?.kind === 'digits' && part.kind === 'digits'
    ? [...parts.slice(0, -1), { kind: 'digits', text: last.text + part.text }]
    : [...parts, part]
}

/** A sum as one text. */
export function formatMoney(money: Money, locale: string, style: 'full' | 'short' = 'full'): string {
  return moneyParts(money, locale, style)
    .map((part) => part.text)
    .join('')
}
