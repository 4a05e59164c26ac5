import { callNode } from '../check/call-node.ts'
import { type Call, type Form, several } from '../check/checker.ts'
import { constant } from '../check/constant.ts'
import { need } from '../check/need.ts'
import { arithmeticCall, requireNumber, roundCall, sumWithin, widest } from '../check/number.ts'
import { wrongShape, wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { among, int, text } from '../type.ts'
import { lowered } from './compare.ts'

/** Amounts of one currency can be added; the result is an amount. */
function addAmounts({ checker, path }: Call, op: Operator, amounts: readonly Node[]): Node {
  const { nodes, type } = checker.meet(amounts)
  return inTurn(nodes, (left, right) => sumWithin(op, left, right, type, path))
}

/** From left to right, two at a time. */
const inTurn = ([first, ...others]: readonly Node[], join: (left: Node, right: Node) => Node): Node => others.reduce(join, first as Node)

const fold =
  (op: Operator, least = 1, most = several): Form =>
  (call) => {
    const nodes = call.nodes(least, most)
    const isSum = op === operatorTable.add || op === operatorTable.subtract
    if (isSum && nodes.some(({ type }) => type.is === 'money')) return addAmounts(call, op, nodes)
    return inTurn(nodes.map(requireNumber), (left, right) => arithmeticCall(op, left, right, call.path))
  }

const difference = fold(operatorTable.subtract, 1, 2)

const minus: Form = (call) => {
  const { args, node, path } = call
  if (args.length !== 1) return difference(call)
  return arithmeticCall(operatorTable.multiply, requireNumber(node(0)), constant(int, -1, path, { max: 1, tiny: 1 }), path)
}

const extreme =
  (op: Operator): Form =>
  ({ checker, nodes, path }) => {
    const met = checker.meet(nodes(1, several))
    if (!among(met.type, 'int|num|decimal|instant|money')) throw wrongType(path, 'number', met.type)
    return inTurn(met.nodes, (left, right) => callNode(op, [left, right], met.type, path, widest([left, right])))
  }

const wholeConstant = ({ args, argPath }: Call, index: number, least: number, most: number): number => {
  const value = args[index] as number
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw wrongShape(argPath(index), `${least}-${most}`)
}

const round: Form = (call) => {
  const digits = call.args.length > 1 ? wholeConstant(call, 1, 0, 8) : 0
  return roundCall(requireNumber(call.node(0)), digits, call.path)
}

const requireText = (node: Node): Node => need(node, 'text|choice', 'text')

const substr: Form = (call) => {
  const [whole, ...numbers] = call.nodes(2, 3) as [Node, ...Node[]]
  requireText(whole)
  const isFromEnd = numbers.map((_, index) => wholeConstant(call, index + 1, -1_000_000, 1_000_000)).some((value) => value < 0)
  return call.give(isFromEnd ? operatorTable.partFromEnd : operatorTable.part, [whole, ...numbers], text, whole.nullable)
}

const length: Form = ({ node, path }) => callNode(operatorTable.length, [requireText(node(0))], int, path, { max: 1e6, tiny: 1 })

/** Texts and whole numbers, null as ''. Other numbers print differently in each database. */
const cat: Form = ({ nodes, give }) => {
  const parts = nodes(1, several).map((node) => {
    if (node.is === 'literal') return constant(text, String(need(node, 'text|int|num', 'text').value), node.path)
    need(node, 'text|choice|int|num|decimal|bool', 'text')
    return among(node.type, 'num|decimal|bool') ? give(operatorTable.format, [node], text, node.nullable) : node
  })
  return give(operatorTable.join, parts, text)
}

const isCode = (currency: unknown): currency is string => typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)

const money: Form = ({ args, path }) => {
  const [minor, currency] = args
  if (args.length !== 2 || !Number.isSafeInteger(minor) || !isCode(currency)) throw wrongShape(path, '[minor, currency]')
  return constant({ is: 'money', currency }, minor || 0, path, { max: Math.abs(minor as number), tiny: 1 })
}

const inCurrency: Form = ({ args, argPath, node }) => {
  const [, currency] = args
  const amount = node(0)
  if (amount.is !== 'field' || amount.type.is !== 'money') throw wrongType(argPath(0), 'money', amount.type)
  if (!isCode(currency)) throw wrongShape(argPath(1), 'currency')
  return { ...amount, type: { is: 'money', currency }, nullable: true }
}

const minor: Form = ({ argPath, node, path }) => {
  const amount = node(0)
  if (!amount.type.currency) throw wrongType(argPath(0), 'money of one currency', amount.type)
  return callNode(operatorTable.minorUnits, [amount], int, path, amount.range)
}

export const valueForms: Readonly<Record<string, Form>> = {
  '+': fold(operatorTable.add),
  '-': minus,
  '*': fold(operatorTable.multiply),
  '/': fold(operatorTable.divide, 2, 2),
  '%': fold(operatorTable.remainder, 2, 2),
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
