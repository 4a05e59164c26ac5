import type { ExpressionContext } from './context.ts'
import type { Operator } from './operator/operator.ts'
import type { ExpressionField } from './schema.ts'
import type { Range, Type } from './type.ts'

interface Typed {
  readonly type: Type
  /** May it be null? */
  readonly nullable: boolean
  /** Numbers only. */
  readonly range?: Range
  /** JSON pointer into the expression as it was written. */
  readonly path: string
}

/** A value written in the expression, in the form its type has in memory and in storage. */
export interface LiteralNode extends Typed {
  readonly is: 'literal'
  readonly value: unknown
  /** Not yet given the type of what it stands beside. */
  readonly raw?: true
}

/** Something of the context, or computed from the context only: one value for a whole sweep. */
export interface ContextNode extends Typed {
  readonly is: 'context'
  readonly name: string
  readonly read: (context: ExpressionContext) => unknown
  /** The same point in time as a day, where a day is what it stands beside. */
  readonly asDate?: (context: ExpressionContext) => string
}

/** A field of the row at hand, or of one that its references lead to. */
export interface FieldNode extends Typed {
  readonly is: 'field'
  readonly field: ExpressionField
  /** References to follow, outermost first. */
  readonly hops: readonly ExpressionField[]
  /** Read from the record as it was before the write. */
  readonly previous?: true
}

/** An operator and what it works on. */
export interface CallNode extends Typed {
  readonly is: 'call'
  readonly op: Operator
  readonly of: readonly Node[]
  /** The operator's own constant: places to round to. */
  readonly by?: number
}

/** Child records. */
export interface RowsNode {
  readonly field: ExpressionField
  readonly hops: readonly ExpressionField[]
  readonly object: string
}

/** Something over child records: is there one, how many, the sum, the least, the greatest. */
export interface EachNode extends Typed {
  readonly is: 'each'
  readonly fn: 'some' | 'count' | 'sum' | 'min' | 'max'
  readonly rows: RowsNode
  readonly where: Node | null
  readonly value: Node | null
}

/** A checked part of an expression. */
export type Node = LiteralNode | ContextNode | FieldNode | CallNode | EachNode

/** Does it depend on no record? */
export const isConstant = (node: Node): boolean =>
  node.is === 'literal' || node.is === 'context' || (node.is === 'call' && node.of.every(isConstant))
