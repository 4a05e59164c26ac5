import { arity } from '../check/arity.ts'
import { type Call, condition, type Form } from '../check/checker.ts'
import { wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import { operatorTable } from '../operator/table.ts'
import { rowsOf } from './field.ts'

/** Operands must be yes/no themselves: JsonLogic's `and` of other things gives one of them back. */
const group =
  (op: typeof operatorTable.and): Form =>
  ({ args, checker, path, node, argPath }) => {
    const of = args.map((_, index) => {
      const part = node(index)
      if (part.type.is !== 'bool' && part.type.is !== 'missing') throw wrongType(argPath(index), 'condition', part.type)
      return condition(part)
    })
    return checker.call(op, of, path)
  }

/** Something as a condition; child records by whether there are any. */
function truth(call: Call, index = 0): Node {
  const node = call.node(index)
  if (node.type.is !== 'set') return condition(node)
  const { rows } = rowsOf(node)
  return call.checker.each('some', rows, call.path, () => ({ where: null, value: null, type: { is: 'bool' } }))
}

const not: Form = (call) => {
  arity(call, 1)
  return call.checker.call(operatorTable.not, [truth(call)], call.path)
}

const isThere: Form = (call) => {
  arity(call, 1)
  return truth(call)
}

/** Condition, value, condition, value, …, and perhaps what else. */
const choose: Form = (call) => {
  const { args, checker, path } = call
  arity(call, 2, Number.POSITIVE_INFINITY)
  const values = args.flatMap((_, index) => (index % 2 === 1 || index === args.length - 1 ? [index] : []))
  const nodes = new Map(values.map((index) => [index, call.node(index)]))
  const met = checker.meet([...nodes.values()])
  const fitted = new Map(values.map((index, position) => [index, met.nodes[position] as Node]))
  const of = args.map((_, index) => fitted.get(index) ?? truth(call, index))
  const nullable = args.length % 2 === 0 || met.nodes.some((node) => node.nullable)
  return checker.oneOfThem(operatorTable.choose, of, met.nodes, met.type, nullable, path)
}

const coalesce: Form = (call) => {
  const { args, checker, path, node } = call
  arity(call, 1, Number.POSITIVE_INFINITY)
  const met = checker.meet(args.map((_, index) => node(index)))
  return checker.oneOfThem(
    operatorTable.coalesce,
    met.nodes,
    met.nodes,
    met.type,
    met.nodes.every(({ nullable }) => nullable),
    path,
  )
}

export const logicForms: Readonly<Record<string, Form>> = {
  and: group(operatorTable.and),
  or: group(operatorTable.or as typeof operatorTable.and),
  '!': not,
  '!!': isThere,
  if: choose,
  '?:': choose,
  '??': coalesce,
}
