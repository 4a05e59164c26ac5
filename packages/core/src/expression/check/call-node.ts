import type { CallNode, Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import type { Range, Type } from '../type.ts'

/** An operator on its operands; null when one of them may be, unless said. */
export const callNode = (
  op: Operator,
  of: readonly Node[],
  type: Type,
  path: string,
  range?: Range,
  nullable = of.some((node) => node.nullable),
  by?: number,
): CallNode => ({ is: 'call', op, of, type, path, range, nullable, by })
