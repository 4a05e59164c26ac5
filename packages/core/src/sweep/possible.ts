import { callNode } from '../expression/check/call-node.ts'
import type { CallNode, Node } from '../expression/node.ts'
import { operatorTable } from '../expression/operator/table.ts'
import { bool } from '../expression/type.ts'

/**
 * A condition that is true where `node` could come out as `holds` if fields that are empty were filled: where it does so anyway, and
 * where a comparison could not be made for want of a value.
 */
export function possible(node: Node, holds = true): Node {
  if (node.is !== 'call') return outcome(node, holds)
  const { op, of } = node
  if (op.name === 'not') return possible(of[0] as Node, !holds)
  if (op.name === 'and' || op.name === 'or') {
    const isAnd = (op.name === 'and') === holds
    return group(
      isAnd ? 'and' : 'or',
      of.map((part) => possible(part, holds)),
      node.path,
    )
  }
  const empty = op.strict ? of.filter((part) => part.nullable && part.is !== 'literal' && part.is !== 'context') : []
  if (empty.length === 0) return outcome(node, holds)
  return group(
    'or',
    [outcome(node, holds), ...empty.map((part) => callNode(operatorTable.isNull, [part], bool, part.path, undefined, false))],
    node.path,
  )
}

function outcome(node: Node, holds: boolean): Node {
  return holds ? node : callNode(operatorTable.not, [node], bool, node.path, undefined, false)
}

function group(name: 'and' | 'or', of: readonly Node[], path: string): CallNode {
  return callNode(operatorTable[name], of, bool, path, undefined, false)
}
