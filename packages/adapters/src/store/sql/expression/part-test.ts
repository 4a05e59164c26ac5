import type { Term } from '@guanxi/core/store'
import { operandSql, type Scope } from '../scope.ts'

/** Does a text start or end with a constant? At the start a range lets an index answer, and the exact test decides. */
export function partTest(scope: Scope, { name, of }: Extract<Term, { op: 'call' }>, holds: boolean, sqlOf: (term: Term) => string): string {
  const [whole, part] = of
  if (!whole || part?.op !== 'param') throw new TypeError('A constant is expected.')
  const text = name === 'endsWith' ? endSql(scope, sqlOf(whole), part.param) : startSql(scope, whole, part.param, sqlOf)
  return holds ? `(${text})` : `((${text}) IS NOT TRUE)`
}

function startSql(scope: Scope, whole: Term, part: number, sqlOf: (term: Term) => string): string {
  const { dialect, bindings } = scope
  const place = (): string => dialect.constant(bindings.add(part), 'text')
  if (whole.op !== 'read') return dialect.startsWith(sqlOf(whole), place)
  const sql = operandSql(scope, whole.operand)
  const range = `${sql} >= ${place()} AND ${sql} < ${dialect.constant(bindings.add(part, 'prefixEnd'), 'text')}`
  return `${range} AND ${dialect.startsWith(sql, place)}`
}

function endSql(scope: Scope, whole: string, part: number): string {
  const { dialect, bindings } = scope
  return dialect.endsWith(whole, () => dialect.constant(bindings.add(part), 'text'))
}
