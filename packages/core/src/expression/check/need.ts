import { wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import { among } from '../type.ts'

/** The same node, if it is of one of these types, told apart by `|`; RULE_TYPE else. */
export function need<N extends Node>(node: N, types: string, expected = types): N {
  if (among(node.type, types)) return node
  throw wrongType(node.path, expected, node.type)
}
