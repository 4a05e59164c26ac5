/** The right spelling of a value known to be misspelt, counted. */
export function corrected(value: string | undefined, wrong: string, right: string, mapped: Record<string, number>): string {
  if (value !== wrong) return value ?? ''
  const key = `${wrong} → ${right}`
  mapped[key] = (mapped[key] ?? 0) + 1
  return right
}

export function dollars(amount: string | undefined): { minor: number; currency: string } {
  return { minor: Math.round(Number(amount) * 100), currency: 'USD' }
}
