import type { Call } from '../check/checker.ts'
import type { Node } from '../node.ts'
import { operatorTable } from '../operator/table.ts'

/** The first of the values that is there. */
export function firstOf({ checker, oneOf }: Call, values: readonly Node[]): Node {
  const met = checker.meet(values)
  const isNullable = met.nodes.every(({ nullable }) => nullable)
  return oneOf(operatorTable.coalesce, met.nodes, met, isNullable)
}
