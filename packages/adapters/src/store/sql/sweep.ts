import type { SweepPlan, Term } from '@guanxi/core/store'
import { TermWriter } from './expression/term.ts'
import { predicateSql } from './predicate.ts'
import { columnSql, type Scope } from './scope.ts'
import { typeOf } from './tables.ts'

const terms = new TermWriter(predicateSql)

/** The number of the first rule that holds for a row. */
export function ruleSql(scope: Scope, { rules }: SweepPlan): string {
  const [only] = rules
  if (only && rules.length === 1) return '0'
  return `(CASE ${rules.map(({ when }, index) => `WHEN ${predicateSql(scope, when)} THEN ${index}`).join(' ')} END)`
}

/** What a column will hold: the value of the row's rule, or what is there where that rule leaves it alone. */
export function newValueSql(scope: Scope, plan: SweepPlan, column: number): string {
  const name = plan.columns[column] ?? ''
  const type = typeOf(plan.table, name)
  const value = (term: Term | null | undefined): string =>
    term ? scope.dialect.typed(`(${terms.value(scope, term)})`, type) : columnSql(scope, name)
  return byRule(
    scope,
    plan,
    plan.rules.map(
      ({ set }) =>
        () =>
          value(set[column]),
    ),
  )
}

/** What the cause keeps of a row, as a JSON object. `object` makes one of names and values. */
export function factsSql(scope: Scope, plan: SweepPlan, object: (pairs: readonly string[]) => string): string {
  return byRule(
    scope,
    plan,
    plan.rules.map(
      ({ facts }) =>
        () =>
          object(facts.map(({ name, term }) => `'${factName(name)}', ${terms.value(scope, term)}`)),
    ),
  )
}

/** Places of SQLite have no numbers, so that texts are made in the order they stand in. */
function byRule(scope: Scope, plan: SweepPlan, texts: readonly (() => string)[]): string {
  const [only] = texts
  if (only && texts.length === 1) return only()
  return `(CASE ${plan.rules.map(({ when }, index) => `WHEN ${predicateSql(scope, when)} THEN ${texts[index]?.()}`).join(' ')} END)`
}

function factName(name: string): string {
  if (/^[a-zA-Z][a-zA-Z0-9]{0,59}$/.test(name)) return name
  throw new TypeError(`${name} is no name of a fact.`)
}
