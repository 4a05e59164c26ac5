import type { ExpressionErrorCode } from '../../error/expression-table.ts'
import type { Closure } from '../context.ts'
import type { CallNode } from '../node.ts'
import type { OperatorWords } from '../sentence/words.ts'

/**
 * The SQL of an operator on one engine. Operands come as texts that may be used once each, in any order. For a condition `holds` is
 * TRUE exactly when the condition is true (FALSE or NULL else), and `fails` is TRUE exactly when it is false.
 */
export type OperatorSql =
  | { readonly value: (...operands: string[]) => string }
  | { readonly holds: (...operands: string[]) => string; readonly fails: (...operands: string[]) => string }

/** What a checked tree is made of: how it runs in memory and what it costs. */
export interface Operator {
  readonly name: string
  readonly cost: number
  /** Only of operators from plugins: those of the core stand in a table of their own. */
  readonly said?: OperatorWords
  /** True for conditions that are false whenever an operand is null. */
  readonly strict?: boolean
  /** Set where it cannot run in SQL: the code that says so. */
  readonly memoryOnly?: ExpressionErrorCode
  /** The value in memory; operands are compiled. Conditions give true or false, never null. */
  readonly run: (of: readonly Closure[], node: CallNode) => Closure
  /** Only of operators from plugins: those of the core stand in the adapters' table, which the compiler checks for gaps. */
  readonly sql?: { readonly sqlite: OperatorSql; readonly postgres: OperatorSql }
}

/** Names a group of operators, as cheap as a comparison unless said. Keeps the literal names of a group of operators, so that the SQL table is checked against them. */
export const operators = <N extends string>(
  group: {
    readonly [K in N]: Omit<Operator, 'name' | 'cost'> & { readonly cost?: number }
  },
): { readonly [K in N]: Operator } => {
  const named: Record<string, Operator> = {}
  for (const name of Object.keys(group) as N[]) named[name] = { name, cost: 1, ...group[name] }
  return named as { readonly [K in N]: Operator }
}
