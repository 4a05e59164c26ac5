import type { ColumnType, Leaf, Predicate, RowValue } from '@guanxi/core/store'
import { TermWriter } from './expression/term.ts'
import { extKey, quote } from './identifier.ts'
import { alias, columnSql, operandSql, operandType, type Scope } from './scope.ts'

const terms = new TermWriter(predicateSql)
const comparison = { eq: '=', ne: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/** The SQL of a value that is read, sorted or grouped by. */
export function valueSql(scope: Scope, value: RowValue): string {
  return 'term' in value ? terms.value(scope, value.term) : operandSql(scope, value)
}

export function valueType(scope: Scope, value: RowValue): ColumnType | undefined {
  return 'term' in value ? value.type : operandType(scope, value)
}

/**
 * The SQL of a condition. Every node is true or false, never unknown where it counts: a leaf that must be false is written
 * `(leaf) IS NOT TRUE`, which is total, and negation is pushed down to the leaves by De Morgan.
 */
export function predicateSql(scope: Scope, predicate: Predicate, negated = false): string {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return groupSql(scope, predicate.op, predicate.of, negated)
    case 'not':
      return predicateSql(scope, predicate.of, !negated)
    case 'exists':
      return `${negated ? 'NOT ' : ''}EXISTS (${existsSql(scope, predicate)})`
    case 'token':
      return `${columnSql(scope, 'id')} ${negated ? 'NOT ' : ''}IN (${tokenSql(scope, predicate)})`
    case 'term':
      return terms.test(scope, predicate.term, !negated)
    case 'isNull':
      return negated === false ? isNullSql(scope, predicate) : `NOT ${isNullSql(scope, predicate)}`
    case 'ne':
      return negated ? `(${leafSql(scope, predicate)})` : `(${leafSql(scope, predicate)}) IS NOT TRUE`
    default:
      return negated ? `(${leafSql(scope, predicate)}) IS NOT TRUE` : `(${leafSql(scope, predicate)})`
  }
}

function groupSql(scope: Scope, op: 'and' | 'or', of: readonly Predicate[], negated: boolean): string {
  const and = (op === 'and') !== negated
  if (of.length === 0) return and ? '(1 = 1)' : '(1 = 0)'
  return balanced(
    of.map((part) => predicateSql(scope, part, negated)),
    and ? ' AND ' : ' OR ',
  )
}

/** A flat chain of a thousand terms is a tree a thousand deep for SQLite, which refuses it. */
function balanced(parts: readonly string[], glue: string): string {
  if (parts.length <= 8) return `(${parts.join(glue)})`
  const middle = parts.length >> 1
  return `(${balanced(parts.slice(0, middle), glue)}${glue}${balanced(parts.slice(middle), glue)})`
}

function isNullSql(scope: Scope, { operand }: Leaf): string {
  if ('column' in operand) return `(${columnSql(scope, operand.column)} IS NULL)`
  return `(${scope.dialect.extIsNull(columnSql(scope, 'ext'), extKey(operand.ext), operand.type)})`
}

function leafSql(scope: Scope, leaf: Exclude<Leaf, { op: 'isNull' }>): string {
  const { dialect, bindings } = scope
  const operand = operandSql(scope, leaf.operand)
  switch (leaf.op) {
    case 'in':
      return dialect.isIn(operand, bindings.add(leaf.param, 'list'))
    case 'contains':
      return dialect.contains(dialect.asText(operand, operandType(scope, leaf.operand)), bindings.add(leaf.param))
    case 'startsWith':
      return startsWithSql(scope, leaf, operand)
    case 'hasAny':
      return dialect.hasAny(operand, bindings.add(leaf.param, 'list'))
    case 'hasAll':
      return dialect.hasAll(operand, bindings.add(leaf.param, 'list'))
    default:
      return `${operand} ${comparison[leaf.op]} ${bindings.add(leaf.param)}`
  }
}

/** The range lets an index answer; the exact test decides. */
function startsWithSql(scope: Scope, leaf: Extract<Leaf, { op: 'contains' | 'startsWith' }>, operand: string): string {
  const { dialect, bindings } = scope
  const type = operandType(scope, leaf.operand)
  const text = (): string => bindings.add(leaf.param)
  if (type !== 'text') return dialect.startsWith(dialect.asText(operand, type), text)
  const range = `${operand} >= ${bindings.add(leaf.param)} AND ${operand} < ${bindings.add(leaf.param, 'prefixEnd')}`
  return `${range} AND ${dialect.startsWith(operand, text)}`
}

function existsSql(scope: Scope, predicate: Extract<Predicate, { op: 'exists' }>): string {
  const inner: Scope = { ...scope, table: predicate.table, depth: scope.depth + 1 }
  const key = `${columnSql(inner, predicate.key)} = ${columnSql(scope, 'id')}`
  const tenant = `${columnSql(inner, 'tenant_id')} = ${scope.bindings.tenant()}`
  const where = predicate.where ? ` AND ${predicateSql(inner, predicate.where)}` : ''
  return `SELECT 1 FROM ${quote(predicate.table)} ${alias(inner)} WHERE ${tenant} AND ${key}${where}`
}

function tokenSql(scope: Scope, predicate: Extract<Predicate, { op: 'token' }>): string {
  const { bindings, dialect } = scope
  const inner: Scope = { ...scope, table: 'crm_token', depth: scope.depth + 1 }
  const column = (name: string): string => columnSql(inner, name)
  const conditions = [
    `${column('tenant_id')} = ${bindings.tenant()}`,
    `${column('object')} = ${bindings.add(predicate.object)}`,
    `${column('token')} >= ${bindings.add(predicate.from)}`,
    `${column('token')} < ${bindings.add(predicate.to)}`,
    dialect.isIn(column('field'), bindings.add(predicate.fields, 'list')),
  ]
  return `SELECT ${column('record_id')} FROM "crm_token" ${alias(inner)} WHERE ${conditions.join(' AND ')}`
}
