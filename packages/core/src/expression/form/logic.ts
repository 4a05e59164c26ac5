import { type Call, condition, type Form, several } from '../check/checker.ts'
import { need } from '../check/need.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { rowsOf } from './field.ts'
import { firstOf } from './first-of.ts'

/** Operands must be yes/no themselves: JsonLogic's `and` of other things gives one of them back. */
const group =
  (op: Operator): Form =>
  ({ nodes, give }) =>
    give(
      op,
      nodes(0, several).map((part) => condition(need(part, 'bool|missing', 'condition'))),
    )

/** Something as a condition; child records by whether there are any. */
function truth(call: Call, node: Node): Node {
  if (node.type.is !== 'set') return condition(node)
  return call.checker.some(rowsOf(node).rows, call.path)
}

const isThere: Form = (call) => truth(call, call.nodes(1)[0] as Node)

const not: Form = (call) => call.give(operatorTable.not, [isThere(call)])

/** Condition, value, condition, value, …, and perhaps what else. */
const choose: Form = (call) => {
  const nodes = call.nodes(2, several)
  const isValue = (_: unknown, index: number): boolean => index % 2 === 1 || index === nodes.length - 1
  const met = call.checker.meet(nodes.filter(isValue))
  let next = 0
  const of = nodes.map((node, index) => (isValue(node, index) ? (met.nodes[next++] as Node) : truth(call, node)))
  return call.oneOf(operatorTable.choose, of, met, nodes.length % 2 === 0 || met.nodes.some(({ nullable }) => nullable))
}

export const logicForms: Readonly<Record<string, Form>> = {
  and: group(operatorTable.and),
  or: group(operatorTable.or),
  '!': not,
  '!!': isThere,
  if: choose,
  '?:': choose,
  '??': (call) => firstOf(call, call.nodes(1, several)),
}
