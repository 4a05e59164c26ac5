import type { ColumnType, Operand } from '@guanxi/core/store'
import type { Bindings } from './bindings.ts'
import type { Dialect } from './dialect.ts'
import { extKey, quote } from './identifier.ts'
import type { Tables } from './tables.ts'

/** The table that operands are read from, and where values go. */
export interface Scope {
  readonly dialect: Dialect
  readonly bindings: Bindings
  readonly tables: Tables
  readonly table: string
  /** 0 for the statement's own table, one more inside each `exists`. */
  readonly depth: number
}

/** The name that the scope's table has in the statement. */
export function alias(scope: Scope): string {
  return `t${scope.depth}`
}

export function columnSql(scope: Scope, column: string): string {
  return `${alias(scope)}.${quote(column)}`
}

export function operandSql(scope: Scope, operand: Operand): string {
  if ('column' in operand) return columnSql(scope, operand.column)
  return scope.dialect.ext(columnSql(scope, 'ext'), extKey(operand.ext), operand.type)
}

export function operandType(scope: Scope, operand: Operand): ColumnType | undefined {
  if ('column' in operand) return scope.tables.columnType(scope.table, operand.column)
  return operand.type
}
