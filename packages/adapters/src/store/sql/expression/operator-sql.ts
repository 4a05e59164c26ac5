import type { TermSql, TermText } from '@guanxi/core/store'

/** The SQL of an operator on both engines. */
export type OperatorSql = TermSql

/** Fails exactly where it does not hold, null operands among it. */
export const condition = (holds: (...operands: string[]) => string): TermText => ({
  holds: (...operands) => `(${holds(...operands)})`,
  fails: (...operands) => `((${holds(...operands)}) IS NOT TRUE)`,
})

export const value = (text: (...operands: string[]) => string): TermText => ({ value: text })

/** The same text on both engines. */
export const both = (text: TermText): OperatorSql => ({ sqlite: text, postgres: text })
