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
      const order = name === 'rank' ? byBytes(readField(a, name), readField(b, name)) : compare(readField(a, name), readField(b, name))
      if (order !== 0) return key.startsWith('-') ? -order : order
    }
    return a.id.localeCompare(b.id, 'en', { numeric: true })
  }
}

/** Counts and sums by a field or over everything, and by currency where money is summed. */
export function aggregate(records: readonly CrmRecord[], group: string, measures: readonly string[]): AggregateRow[] {
  const summed = measures.filter((one) => one.startsWith('sum:')).map((one) => one.slice(4))
  const rows = new Map<string, { group: Record<string, string | null>; values: Record<string, number> }>()
  for (const record of records) {
    const money = summed.map((name) => readField(record, name)).find(isMoney)
    const names = group ? group.split(',') : []
    const values = names.map((name) => (readField(record, name) as string | null | undefined) ?? null)
    const currency = money?.currency ?? null
    const key = JSON.stringify([values, currency])
    const row = rows.get(key) ?? {
      group: { ...Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])), ...(summed.length > 0 && { currency }) },
      values: Object.fromEntries(measures.map((measure) => [measure, 0])),
    }
    if ('count' in row.values) row.values.count = (row.values.count ?? 0) + 1
    for (const name of summed) row.values[`sum:${name}`] = (row.values[`sum:${name}`] ?? 0) + amountOf(readField(record, name))
    rows.set(key, row)
  }
  return [...rows.values()]
}

function amountOf(value: unknown): number {
  return isMoney(value) ? value.minor : Number(value ?? 0)
}

function holds(value: unknown, condition: unknown): boolean {
  if (condition === null || typeof condition !== 'object') return sameValue(value, condition)
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === 'eq') return sameValue(value, operand)
    if (operator === 'in') return (operand as unknown[]).includes(value)
    if (operator === 'hasAny') return (operand as unknown[]).some((one) => (value as unknown[] | null)?.includes(one))
    if (operator === 'ne') return !sameValue(value, operand)
    if (operator === 'contains') return String(value ?? '').includes(String(operand))
    if (operator === 'startsWith') return String(value ?? '').startsWith(String(operand))
    if (operator === 'hasAll') return (operand as unknown[]).every((one) => (value as unknown[] | null)?.includes(one))
    if (operator === 'hasNone') return !(operand as unknown[]).some((one) => (value as unknown[] | null)?.includes(one))
    if (operator in order) return isOrdered(operator as keyof typeof order, value, operand)
    if (operator === 'isNull') return (value === null || value === undefined) === operand
    throw new Error(`The fake server knows no operator ${operator}`)
  })
}

const order = { gt: [1], gte: [0, 1], lt: [-1], lte: [-1, 0] } as const

function isOrdered(operator: keyof typeof order, value: unknown, operand: unknown): boolean {
  if (comparable(value) === null || (isMoney(value) && isMoney(operand) && value.currency !== operand.currency)) return false
  return (order[operator] as readonly number[]).includes(Math.sign(compare(value, operand)))
}

/** As both databases sort text that is no name. */
function byBytes(a: unknown, b: unknown): number {
  const [x, y] = [String(a ?? ''), String(b ?? '')]
  return x < y ? -1 : x > y ? 1 : 0
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
