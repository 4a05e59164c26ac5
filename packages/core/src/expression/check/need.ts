import { wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'

/** The same node, if it is of one of the types that the pattern names; RULE_TYPE else. */
export function need<N extends Node>(node: N, types: RegExp, expected: string): N {
  if (types.test(node.type.is)) return node
  throw wrongType(node.path, expected, node.type)
}
