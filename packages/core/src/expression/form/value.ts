import { arity } from '../check/arity.ts'
import { callNode } from '../check/call-node.ts'
import type { Call, Form } from '../check/checker.ts'
import { constant } from '../check/constant.ts'
import { arithmeticCall, requireNumber, roundCall, sumWithin, widest } from '../check/number.ts'
import { wrongShape, wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { int, isNumeric, isOrdered, isTextual, text } from '../type.ts'
import { lowered } from './compare.ts'

const several = (call: Call, least: number): readonly Node[] => {
  arity(call, least, Number.POSITIVE_INFINITY)
  return call.args.map((_, index) => call.node(index))
}

/** Amounts of one currency can be added; the result is an amount. */
function addAmounts(call: Call, op: Operator, nodes: readonly Node[]): Node {
  const met = call.checker.meet(nodes)
  return met.nodes.slice(1).reduce((left, right) => sumWithin(op, left, right, met.type, call.path), met.nodes[0] as Node)
}

const fold =
  (op: Operator): Form =>
  (call) => {
    const nodes = several(call, 1)
    if (nodes.some(({ type }) => type.is === 'money') && (op === operatorTable.add || op === operatorTable.subtract)) {
      return addAmounts(call, op, nodes)
    }
    for (const node of nodes) requireNumber(node)
    return nodes.slice(1).reduce((left, right) => arithmeticCall(op, left, right, call.path), nodes[0] as Node)
  }

const minus: Form = (call) => {
  if (call.args.length === 1) return arithmeticCall(operatorTable.multiply, requireNumber(call.node(0)), minusOne(call.path), call.path)
  arity(call, 1, 2)
  return fold(operatorTable.subtract)(call)
}

const minusOne = (path: string): Node => constant(int, -1, path, { max: 1, tiny: 1 })

const quotient =
  (op: Operator): Form =>
  (call) => {
    arity(call, 2)
    return arithmeticCall(op, requireNumber(call.node(0)), requireNumber(call.node(1)), call.path)
  }

const extreme =
  (op: Operator): Form =>
  (call) => {
    const met = call.checker.meet(several(call, 1))
    if (!isOrdered(met.type) || isTextual(met.type)) {
      throw wrongType(call.path, 'number', met.type)
    }
    return met.nodes
      .slice(1)
      .reduce((left, right) => callNode(op, [left, right], met.type, call.path, widest([left, right])), met.nodes[0] as Node)
  }

const wholeConstant = (call: Call, index: number, least: number, most: number): number => {
  const value = call.args[index]
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw wrongShape(call.argPath(index), `${least}-${most}`)
}

const round: Form = (call) => {
  const digits = call.args.length > 1 ? wholeConstant(call, 1, 0, 8) : 0
  return roundCall(requireNumber(call.node(0)), digits, call.path)
}

const requireText = (node: Node): Node => {
  if (node.type.is === 'text' || node.type.is === 'choice') return node
  throw wrongType(node.path, 'text', node.type)
}

const substr: Form = (call) => {
  arity(call, 2, 3)
  const whole = requireText(call.node(0))
  const start = wholeConstant(call, 1, -1_000_000, 1_000_000)
  const length = call.args.length > 2 ? wholeConstant(call, 2, -1_000_000, 1_000_000) : 0
  const op = start < 0 || length < 0 ? operatorTable.partFromEnd : operatorTable.part
  const numbers = call.args.slice(1).map((_, index) => call.node(index + 1))
  return call.checker.call(op, [whole, ...numbers], call.path, text, whole.nullable)
}

const length: Form = (call) => {
  const whole = requireText(call.node(0))
  const { path } = call
  return callNode(operatorTable.length, [whole], int, path, { max: 1e6, tiny: 1 })
}

/** Texts and whole numbers, null as ''. Other numbers print differently in each database. */
const cat: Form = (call) => {
  const { checker, path } = call
  const parts = several(call, 1).map((node) => {
    if (node.is === 'literal') return constantText(node)
    if (node.type.is === 'text' || node.type.is === 'choice' || node.type.is === 'int') return node
    if (isNumeric(node.type) || node.type.is === 'bool') return checker.call(operatorTable.format, [node], path, text, node.nullable)
    throw wrongType(node.path, 'text', node.type)
  })
  return checker.call(operatorTable.join, parts, path, text)
}

const constantText = (node: Node): Node => {
  const value = node.is === 'literal' ? node.value : null
  if (typeof value === 'string' || typeof value === 'number') return constant(text, String(value), node.path)
  throw wrongType(node.path, 'text', node.type)
}

const isCode = (currency: unknown): currency is string => typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)

const money: Form = (call) => {
  const [minor, currency] = call.args
  if (call.args.length !== 2 || typeof minor !== 'number' || !Number.isSafeInteger(minor) || !isCode(currency))
    throw wrongShape(call.path, '[minor, currency]')
  return constant({ is: 'money', currency }, minor === 0 ? 0 : minor, call.path, { max: Math.abs(minor), tiny: 1 })
}

const inCurrency: Form = (call) => {
  const [, currency] = call.args
  const node = call.node(0)
  if (node.is !== 'field' || node.type.is !== 'money') {
    throw wrongType(call.argPath(0), 'money', node.type)
  }
  if (!isCode(currency)) throw wrongShape(call.argPath(1), 'currency')
  return { ...node, type: { is: 'money', currency }, nullable: true }
}

const minor: Form = (call) => {
  const node = call.node(0)
  if (node.type.is !== 'money' || node.type.currency === undefined) {
    throw wrongType(call.argPath(0), 'money of one currency', node.type)
  }
  return callNode(operatorTable.minorUnits, [node], int, call.path, node.range)
}

export const valueForms: Readonly<Record<string, Form>> = {
  '+': fold(operatorTable.add),
  '-': minus,
  '*': fold(operatorTable.multiply),
  '/': quotient(operatorTable.divide),
  '%': quotient(operatorTable.remainder),
  max: extreme(operatorTable.greatest),
  min: extreme(operatorTable.least),
  round,
  substr,
  length,
  lower: (call) => lowered(call, call.node(0)),
  cat,
  money,
  inCurrency,
  minor,
}
