/** A decimal number without rounding: `units` × 10^-`scale`. */
export interface Amount {
  readonly units: bigint
  readonly scale: number
}

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i

/** Reads plain decimal text, also with an exponent; null for anything else. */
export function amountOf(text: string): Amount | null {
  const match = shape.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  return shifted({ units, scale: fraction.length }, Number(exponent))
}

/** The amount times 10^`places`. */
export function shifted({ units, scale }: Amount, places: number): Amount {
  const next = scale - places
  return next >= 0 ? { units, scale: next } : { units: units * 10n ** BigInt(-next), scale: 0 }
}

export function times(a: Amount, b: Amount): Amount {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** The amount in units of 10^-`scale`, or null where it has more places than that. */
export function unitsAt({ units, scale }: Amount, wanted: number): bigint | null {
  if (scale <= wanted) return units * 10n ** BigInt(wanted - scale)
  const divisor = 10n ** BigInt(scale - wanted)
  return units % divisor === 0n ? units / divisor : null
}

/** Decimal text with all `scale` places. */
export function amountText(units: bigint, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
