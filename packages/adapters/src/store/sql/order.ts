import type { Order } from '@guanxi/core/store'
import { valueSql, valueType } from './predicate.ts'
import type { Scope } from './scope.ts'

/** ORDER BY with nulls last in both directions; plain where there are no nulls, so that an index can serve it. */
export function orderSql(scope: Scope, order: readonly Order[]): string {
  const terms = order.map(({ operand, descending }) => {
    const sql = valueSql(scope, operand)
    if (!operand.nullable) return `${sql} ${descending ? 'DESC' : 'ASC'}`
    return scope.dialect.nullsLast(sql, descending)
  })
  return terms.join(', ')
}

/** Only rows that come after the position in the order. */
export function afterSql(scope: Scope, order: readonly Order[], after: readonly number[]): string {
  const terms = order.map((term, index) => afterTerm(scope, term, after[index] as number))
  const [first] = terms
  if (!first) return '(1 = 1)'
  const plain = order.every(({ operand, descending }) => !operand.nullable && descending === order[0]?.descending)
  if (!plain) return steps(terms)
  const values = terms.map((term) => term.sql())
  const places = terms.map((term) => term.place())
  return `(${values.join(', ')}) ${first.direction} (${places.join(', ')})`
}

interface AfterTerm {
  sql(): string
  readonly direction: '>' | '<'
  readonly nullable: boolean
  place(): string
  same(): string
}

function afterTerm(scope: Scope, { operand, descending }: Order, param: number): AfterTerm {
  const { dialect, bindings } = scope
  // Made anew wherever it is used: an expression brings places for its constants.
  const sql = (): string => valueSql(scope, operand)
  const type = valueType(scope, operand)
  const place = (): string => dialect.typed(bindings.add(param), type)
  const same = (): string => (operand.nullable ? dialect.same(sql(), place) : `${sql()} = ${place()}`)
  return { sql, direction: descending ? '<' : '>', nullable: operand.nullable, place, same }
}

/** Past the first term, or level with it and past the rest. The bound in front is what an index can use. */
function steps(terms: readonly AfterTerm[]): string {
  const [term, ...rest] = terms as [AfterTerm, ...AfterTerm[]]
  const bound = rest.length > 0 && !term.nullable ? `${term.sql()} ${term.direction}= ${term.place()} AND ` : ''
  const past = pastSql(term)
  if (rest.length === 0) return `(${past})`
  return `(${bound}(${past} OR (${term.same()} AND ${steps(rest)})))`
}

/** Nulls are last: they come after every value, and nothing comes after them. */
function pastSql(term: AfterTerm): string {
  const past = `${term.sql()} ${term.direction} ${term.place()}`
  if (!term.nullable) return past
  return `(${past} OR (${term.sql()} IS NULL AND ${term.place()} IS NOT NULL))`
}
