import { isMoney, readField, sameValue } from '../../src/client/record.ts'
import type { AggregateRow, CrmRecord } from '../../src/client/types.ts'

type Where = Record<string, unknown>

/** Does a record fulfil a condition in the simple form? */
export function matches(record: CrmRecord, where: Where): boolean {
  return Object.entries(where).every(([name, condition]) => {
    if (name === 'and') return (condition as Where[]).every((one) => matches(record, one))
    if (name === 'or') return (condition as Where[]).some((one) => matches(record, one))
    if (name === 'not') return !matches(record, condition as Where)
    return holds(readField(record, name), condition)
  })
}

/** Is the text found in any of the record's own texts? */
export function contains(record: CrmRecord, search: string): boolean {
  return Object.entries(record).some(
    ([name, value]) => name !== 'id' && typeof value === 'string' && value.toLowerCase().includes(search.toLowerCase()),
  )
}

/** Orders by `-amount,name`, ties by id. */
export function bySort(sort: string): (a: CrmRecord, b: CrmRecord) => number {
  const keys = sort.split(',').filter(Boolean)
  return (a, b) => {
    for (const key of keys) {
      const name = key.replace('-', '')
      const order = compare(readField(a, name), readField(b, name))
      if (order !== 0) return key.startsWith('-') ? -order : order
    }
    return a.id.localeCompare(b.id, 'en', { numeric: true })
  }
}

/** Counts and sums by a field, and by currency where money is summed. */
export function aggregate(records: readonly CrmRecord[], group: string, measures: readonly string[]): AggregateRow[] {
  const summed = measures.find((one) => one.startsWith('sum:'))?.slice(4)
  const rows = new Map<string, { group: Record<string, string | null>; values: Record<string, number> }>()
  for (const record of records) {
    const value = readField(record, group)
    const money = summed ? readField(record, summed) : null
    const currency = isMoney(money) ? money.currency : null
    const key = `${value} ${currency}`
    const row = rows.get(key) ?? {
      group: { [group]: (value as string) ?? null, ...(summed && { currency }) },
      values: { count: 0, ...(summed && { [`sum:${summed}`]: 0 }) },
    }
    row.values.count = (row.values.count ?? 0) + 1
    if (summed && isMoney(money)) row.values[`sum:${summed}`] = (row.values[`sum:${summed}`] ?? 0) + money.minor
    rows.set(key, row)
  }
  return [...rows.values()]
}

function holds(value: unknown, condition: unknown): boolean {
  if (condition === null || typeof condition !== 'object') return sameValue(value, condition)
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === 'eq') return sameValue(value, operand)
    if (operator === 'in') return (operand as unknown[]).includes(value)
    if (operator === 'hasAny') return (operand as unknown[]).some((one) => (value as unknown[] | null)?.includes(one))
    if (operator === 'isNull') return (value === null || value === undefined) === operand
    throw new Error(`The fake server knows no operator ${operator}`)
  })
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [comparable(a), comparable(b)]
  if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
  return typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y, 'zh-CN') : x < y ? -1 : x > y ? 1 : 0
}

function comparable(value: unknown): string | number | null {
  if (isMoney(value)) return value.minor
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
