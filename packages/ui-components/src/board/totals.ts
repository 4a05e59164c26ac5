import { isMoney } from '../client/record.ts'
import type { AggregateRow, Money } from '../client/types.ts'
import { placeKey } from './place.ts'

/** Count and sums of a column; sums only within one currency. */
export interface Total {
  readonly count: number
  readonly sums: ReadonlyMap<string, number>
}

export const NOTHING: Total = { count: 0, sums: new Map() }

/** The server's figures, by place: by column, and by lane where there are lanes. */
export function totalsFrom(rows: readonly AggregateRow[], group: readonly string[], measure: string | null): Map<string, Total> {
  const totals = new Map<string, Total>()
  for (const row of rows) {
    const [column = '', lane] = group.map((name) => String(row.group[name] ?? ''))
    const key = placeKey(column, lane ?? null)
    const sum = measure === null ? null : row.values[`sum:${measure}`]
    const { currency } = row.group
    const money =
      typeof currency === 'string' && (typeof sum === 'number' || typeof sum === 'string') ? { minor: Number(sum), currency } : null
    totals.set(key, add(totals.get(key) ?? NOTHING, Number(row.values.count ?? 0), money))
  }
  return totals
}

/** A total with records more, worth so much together, or with records less when the count is negative. */
export function add(total: Total, count: number, money: unknown): Total {
  if (!isMoney(money)) return { ...total, count: total.count + count }
  const sum = (total.sums.get(money.currency) ?? 0) + Math.sign(count || 1) * money.minor
  return { count: total.count + count, sums: new Map([...total.sums, [money.currency, sum]]) }
}

/** Several totals as one. */
export function sumOf(totals: readonly Total[]): Total {
  const sums = new Map<string, number>()
  for (const total of totals) for (const [currency, minor] of total.sums) sums.set(currency, (sums.get(currency) ?? 0) + minor)
  return { count: totals.reduce((count, total) => count + total.count, 0), sums }
}

/** The sum to show, in the board's main currency where there is any in it, and the others. */
export function mainSum({ sums }: Total, main: string): { readonly money: Money; readonly others: readonly Money[] } {
  const all = [...sums].filter(([, minor]) => minor).map(([currency, minor]) => ({ minor, currency }))
  const [money = { minor: 0, currency: main }, ...others] = all.sort((a, b) => +(b.currency === main) - +(a.currency === main))
  return { money, others }
}

/** The currency with the largest sum over all columns; an approximation that only decides which one stands first. */
export function mainCurrency(totals: Iterable<Total>, fallback: string): string {
  const { sums } = sumOf([...totals])
  const [largest] = [...sums].sort(([, a], [, b]) => b - a)
  return largest && largest[1] > 0 ? largest[0] : fallback
}

/** A share of a sum, in whole minor units. */
export function weighted(money: Money, percent: number): Money {
  return { ...money, minor: Math.round((money.minor * percent) / 100) }
}
