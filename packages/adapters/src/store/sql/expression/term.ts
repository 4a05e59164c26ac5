import type { Predicate, Term, TermText } from '@guanxi/core/store'
import { extKey, quote } from '../identifier.ts'
import { alias, columnSql, operandSql, type Scope } from '../scope.ts'
import type { OperatorSql } from './operator-sql.ts'
import { operatorSql } from './operators.ts'
import { partTest } from './part-test.ts'

type Call = Extract<Term, { op: 'call' }>
type Each = Extract<Term, { op: 'each' }>
type Related = Extract<Term, { op: 'related' }>

/** How a condition of the store becomes SQL. */
export type PredicateSql = (scope: Scope, predicate: Predicate, negated?: boolean) => string

/** Writes expressions as SQL. Conditions inside them, such as policies, are written by the store's own way. */
export class TermWriter {
  readonly #predicate: PredicateSql

  constructor(predicate: PredicateSql) {
    this.#predicate = predicate
  }

  /** SQL that is TRUE exactly when the condition is true, or with `holds` false exactly when it is false. */
  test(scope: Scope, term: Term, holds: boolean): string {
    switch (term.op) {
      case 'holds':
        return this.#predicate(scope, term.predicate, !holds)
      case 'related':
        return `${holds ? '' : 'NOT '}EXISTS (${this.#relatedSql(scope, term, '1', (inner) => this.test(inner, term.of, true))})`
      case 'each':
        return `${holds ? '' : 'NOT '}EXISTS (${this.#eachSql(scope, term, () => '1')})`
      case 'call':
        return this.#callTest(scope, term, holds)
      default:
        throw new TypeError(`${term.op} is no condition.`)
    }
  }

  #callTest(scope: Scope, call: Call, holds: boolean): string {
    const { name, of } = call
    if (name === 'and' || name === 'or') return this.#groupTest(scope, of, (name === 'and') === holds, holds)
    if (name === 'not') return this.test(scope, only(of), !holds)
    const pushed = call.strict ? pushedIntoRelated(call) : null
    if (pushed) return this.test(scope, pushed, holds)
    if (name === 'startsWith' || name === 'endsWith') return partTest(scope, call, holds, (term) => this.value(scope, term))
    if (name === 'oneOf') return this.#membersTest(scope, call, holds, 'isIn')
    if (name === 'hasAny' || name === 'hasAll') return this.#membersTest(scope, call, holds, name)
    const text = textOf(scope, call)
    if ('value' in text) throw new TypeError(`${name} is no condition.`)
    const operands = of.map((operand) => (isCompared(name) ? this.#comparedValue(scope, operand) : this.value(scope, operand)))
    return holds ? text.holds(...operands) : text.fails(...operands)
  }

  /** Neither true nor false is written with NOT: De Morgan pushes it down to the leaves. Balanced, because SQLite refuses deep trees. */
  #groupTest(scope: Scope, of: readonly Term[], isAnd: boolean, holds: boolean): string {
    if (of.length === 0) return isAnd ? '(1 = 1)' : '(1 = 0)'
    return balanced(
      of.map((part) => this.test(scope, part, holds)),
      isAnd ? ' AND ' : ' OR ',
    )
  }

  #membersTest(scope: Scope, { of }: Call, holds: boolean, test: 'isIn' | 'hasAny' | 'hasAll'): string {
    const [member, list] = of
    if (!member || list?.op !== 'list') throw new TypeError('A list of constants is expected.')
    const value = this.value(scope, member)
    const place = scope.dialect.typedList(scope.bindings.add(list.param, 'list'), list.type)
    const text = scope.dialect[test](value, place)
    return holds ? `(${text})` : `((${text}) IS NOT TRUE)`
  }

  /** SQL of a value. */
  value(scope: Scope, term: Term): string {
    switch (term.op) {
      case 'param':
        return scope.dialect.constant(scope.bindings.add(term.param), term.type)
      case 'read':
        return readValue(scope, term)
      case 'related':
        return `(${this.#relatedSql(scope, term, (inner) => this.value(inner, term.of), null)})`
      case 'each':
        return term.fn === 'some' ? this.#testAsValue(scope, term) : `(${this.#aggregateSql(scope, term)})`
      case 'call':
        return this.#callValue(scope, term)
      default:
        return this.#testAsValue(scope, term)
    }
  }

  #callValue(scope: Scope, call: Call): string {
    const { name, of, by } = call
    if (name === 'choose') return this.#chooseSql(scope, of)
    if (isTest(name) || name === 'startsWith' || name === 'endsWith') return this.#testAsValue(scope, call)
    const text = textOf(scope, call)
    if (!('value' in text)) return this.#testAsValue(scope, call)
    const operands = of.map((operand) => this.value(scope, operand))
    return by === undefined ? text.value(...operands) : text.value(...operands, String(10 ** by))
  }

  /** A condition as a value is never null. */
  #testAsValue(scope: Scope, term: Term): string {
    const [yes, no] = scope.dialect.booleans
    return `(CASE WHEN ${this.test(scope, term, true)} THEN ${yes} ELSE ${no} END)`
  }

  #chooseSql(scope: Scope, of: readonly Term[]): string {
    let sql = '(CASE'
    let index = 0
    for (; index + 1 < of.length; index += 2) {
      sql += ` WHEN ${this.test(scope, of[index] as Term, true)} THEN ${this.value(scope, of[index + 1] as Term)}`
    }
    if (index < of.length) sql += ` ELSE ${this.value(scope, of[index] as Term)}`
    return `${sql} END)`
  }

  /** What is compared may stand as it is, so that an index over the same text can answer. */
  #comparedValue(scope: Scope, term: Term): string {
    return term.op === 'read' ? operandSql(scope, term.operand) : this.value(scope, term)
  }

  /** The related row; `select` is what is read of it, `test` what it must satisfy. */
  #relatedSql(scope: Scope, term: Related, select: string | ((inner: Scope) => string), test: ((inner: Scope) => string) | null): string {
    const inner: Scope = { ...scope, table: term.table, depth: scope.depth + 1 }
    const selected = typeof select === 'string' ? select : select(inner)
    const parts = [`${columnSql(inner, 'tenant_id')} = ${scope.bindings.tenant()}`]
    parts.push(`${columnSql(inner, 'id')} = ${this.value(scope, term.key)}`)
    if (term.where) parts.push(this.#predicate(inner, term.where))
    if (test) parts.push(test(inner))
    return `SELECT ${selected} FROM ${quote(term.table)} ${alias(inner)} WHERE ${parts.join(' AND ')}`
  }

  #eachSql(scope: Scope, term: Each, select: (inner: Scope) => string): string {
    const inner: Scope = { ...scope, table: term.table, depth: scope.depth + 1 }
    const selected = select(inner)
    const parts = [`${columnSql(inner, 'tenant_id')} = ${scope.bindings.tenant()}`, this.#belongsSql(scope, inner, term)]
    if (term.where) parts.push(this.#predicate(inner, term.where))
    if (term.test) parts.push(this.test(inner, term.test, true))
    return `SELECT ${selected} FROM ${quote(term.table)} ${alias(inner)} WHERE ${parts.join(' AND ')}`
  }

  #belongsSql(scope: Scope, inner: Scope, { by, id }: Each): string {
    if (typeof by === 'string') return `${columnSql(inner, by)} = ${this.value(scope, id)}`
    const pairs: Scope = { ...inner, table: by.links, depth: inner.depth + 1 }
    const tenant = `${columnSql(pairs, 'tenant_id')} = ${scope.bindings.tenant()}`
    const from = `${columnSql(pairs, 'from_id')} = ${this.value(scope, id)}`
    return `${columnSql(inner, 'id')} IN (SELECT ${columnSql(pairs, 'to_id')} FROM ${quote(by.links)} ${alias(pairs)} WHERE ${tenant} AND ${from})`
  }

  #aggregateSql(scope: Scope, term: Each): string {
    const { fn, value } = term
    if (fn === 'count' || !value) return this.#eachSql(scope, term, () => 'count(*)')
    const rows = this.#eachSql(scope, term, (inner) => `${this.value(inner, value)} AS "v"`)
    const figure = fn === 'sum' ? scope.dialect.wholeSum('"v"') : `${fn}("v")`
    return `SELECT ${figure} FROM (${rows}) "rows"`
  }
}

const isCompared = (name: string): boolean => name === 'equal' || name.startsWith('less') || name.startsWith('greater') || name === 'isNull'

function balanced(parts: readonly string[], glue: string): string {
  if (parts.length <= 8) return `(${parts.join(glue)})`
  const middle = parts.length >> 1
  return `(${balanced(parts.slice(0, middle), glue)}${glue}${balanced(parts.slice(middle), glue)})`
}

/** A condition that null makes false moves into the row it asks about: an EXISTS can be planned from either side. */
function pushedIntoRelated(call: Call): Related | null {
  const related = call.of.filter((operand) => operand.op === 'related')
  const [one] = related
  const others = call.of.every((operand) => operand.op === 'related' || operand.op === 'param' || operand.op === 'list')
  if (!one || related.length > 1 || !others) return null
  return { ...one, of: { ...call, of: call.of.map((operand) => (operand === one ? one.of : operand)) } }
}

const tests = new Set(['and', 'or', 'not', 'oneOf', 'hasAny', 'hasAll'])

const isTest = (name: string): boolean => tests.has(name)

function textOf(scope: Scope, { name, of, sql }: Call): TermText {
  if (sql) return sql[scope.dialect.engine]
  const nullSafe = name === 'equal' && of.every(mayBeNull) ? 'equalOrNull' : name
  const known: OperatorSql | undefined = Object.hasOwn(operatorSql, nullSafe)
    ? operatorSql[nullSafe as keyof typeof operatorSql]
    : undefined
  if (!known) throw new TypeError(`The operator ${name} has no SQL.`)
  return known[scope.dialect.engine]
}

function mayBeNull(term: Term): boolean {
  switch (term.op) {
    case 'param':
    case 'call':
      return term.nullable
    case 'read':
      return term.operand.nullable
    case 'each':
      return term.fn === 'min' || term.fn === 'max'
    default:
      return term.op === 'related'
  }
}

/** A number of `ext` may be stored without its point, and would be computed with as a whole number. */
function readValue(scope: Scope, { operand, type }: Extract<Term, { op: 'read' }>): string {
  if ('column' in operand) return columnSql(scope, operand.column)
  extKey(operand.ext)
  const sql = operandSql(scope, operand)
  return type === 'real' ? scope.dialect.asReal(sql) : sql
}

function only(of: readonly Term[]): Term {
  const [one] = of
  if (!one) throw new TypeError('One operand is expected.')
  return one
}
