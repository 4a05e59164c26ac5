import { isMoney } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { AggregateRow, FieldView, Money, RecordQuery } from '../client/types.ts'
import { isSummed } from './summed.ts'

/** Count and sums of a group, or of everything; money only within one currency. */
export interface Figures {
  readonly count: number
  readonly sums: ReadonlyMap<string, readonly (Money | number)[]>
}

/** Figures by the group's value as text; `''` for records without one, and for everything where nothing is grouped. */
export type FiguresByGroup = ReadonlyMap<string, Figures & { readonly value: unknown }>

/** Reads count and sums over everything that matches. The server sums one money field at a time, so each further one is a request. */
export async function readFigures(
  session: Session,
  object: string,
  query: Pick<RecordQuery, 'where' | 'search'> & { readonly group: string | null },
  fields: readonly FieldView[],
  signal: AbortSignal,
): Promise<FiguresByGroup> {
  const summed = fields.filter(isSummed)
  const money = summed.filter((field) => field.kind === 'money')
  const others = summed.filter((field) => field.kind !== 'money')
  const [first, ...more] = [others.concat(money.slice(0, 1)), ...money.slice(1).map((field) => [field])]
  const { group, where, search } = query
  const read = (asked: readonly FieldView[], counts: boolean) => {
    const measures = [...(counts ? ['count'] : []), ...asked.map((field) => `sum:${field.name}`)]
    return session.client.aggregate(object, { group: group ?? undefined, measures, where, search }, signal)
  }
  const answers = await Promise.all([read(first ?? [], true), ...more.map((asked) => read(asked, false))])
  return joined(answers.flat(), group, summed)
}

function joined(rows: readonly AggregateRow[], group: string | null, fields: readonly FieldView[]): FiguresByGroup {
  const all = new Map<string, { value: unknown; count: number; sums: Map<string, (Money | number)[]> }>()
  for (const row of rows) {
    const value = group === null ? null : (row.group[group] ?? null)
    const key = value === null ? '' : String(value)
    const figures = all.get(key) ?? { value, count: 0, sums: new Map() }
    all.set(key, figures)
    figures.count += Number(row.values.count ?? 0)
    for (const field of fields) {
      const sum = sumIn(row, field)
      if (sum !== null) figures.sums.set(field.name, plus(figures.sums.get(field.name) ?? [], sum))
    }
  }
  return all
}

function sumIn({ group, values }: AggregateRow, { name, kind }: FieldView): Money | number | null {
  const sum = values[`sum:${name}`]
  if (sum === null || sum === undefined) return null
  if (kind !== 'money') return Number(sum)
  return typeof group.currency === 'string' ? { minor: Number(sum), currency: group.currency } : null
}

/** One sum per currency, the largest first. */
function plus(sums: readonly (Money | number)[], sum: Money | number): (Money | number)[] {
  const same = sums.findIndex((one) => !isMoney(one) || (isMoney(sum) && one.currency === sum.currency))
  const next = same < 0 ? [...sums, sum] : sums.map((one, index) => (index === same ? added(one, sum) : one))
  return next.sort((a, b) => size(b) - size(a))
}

function added(a: Money | number, b: Money | number): Money | number {
  if (isMoney(a)) return isMoney(b) ? { ...a, minor: a.minor + b.minor } : a
  return isMoney(b) ? a : a + b
}

const size = (sum: Money | number): number => (isMoney(sum) ? sum.minor : sum)
