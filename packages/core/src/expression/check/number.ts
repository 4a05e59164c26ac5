import { ExpressionError } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { anyInt, anyNumber, int, largestInt, num, type Range, type Type } from '../type.ts'
import { callNode } from './call-node.ts'
import { unitsOf } from './literal.ts'
import { need } from './need.ts'

/** Beyond these a double may overflow or lose its smallest digits, and PostgreSQL would raise an error. */
const most = 1e300
const least = 1e-300

/** The magnitudes of a number. */
export const rangeOf = (node: Node): Range => node.range ?? (node.type.is === 'num' ? anyNumber : anyInt)

/** Throws RULE_TYPE unless it is a number. */
export const requireNumber = (node: Node): Node => need(node, 'int|num|decimal', 'number')

/** Places after the point. */
const scaleOf = ({ type }: Node): number => type.scale ?? 0

/** The same number as a fraction. */
export function toNum(node: Node): Node {
  if (node.type.is === 'num') return node
  const scale = scaleOf(node)
  const unit = 10 ** scale
  const { max, tiny } = rangeOf(node)
  const range = { max: max / unit, tiny: tiny / unit }
  if (node.is === 'literal') return { ...node, type: num, range, value: (node.value as number) / unit }
  const op = node.type.is === 'decimal' ? operatorTable.fraction : operatorTable.toNumber
  return callNode(op, [node], num, node.path, range, node.nullable, scale)
}

/** A whole number or decimal with this many places, or null where that would not be exact. */
function toScale(node: Node, scale: number): Node | null {
  const own = scaleOf(node)
  const type: Type = { is: 'decimal', scale }
  if (node.is === 'literal') {
    const units = unitsOf((node.value as number) / 10 ** own, scale)
    return units === null ? null : { ...node, type, value: units, range: { max: Math.abs(units), tiny: 1 } }
  }
  if (node.type.is === 'num') return null
  if (own === scale) return { ...node, type }
  const max = rangeOf(node).max * 10 ** (scale - own)
  if (own > scale || max > largestInt) return null
  return callNode(operatorTable.rescale, [node], type, node.path, { max, tiny: 1 }, node.nullable, scale - own)
}

/** Brings numbers to one type: whole, decimal of the most places, or fractions where nothing else is exact. */
export function meetNumbers(nodes: readonly Node[]): { readonly nodes: readonly Node[]; readonly type: Type } {
  if (nodes.every(({ type }) => type.is === 'int')) return { nodes, type: int }
  if (nodes.some(({ type }) => type.is === 'decimal')) {
    const scale = Math.max(...nodes.map(scaleOf))
    const scaled = nodes.map((node) => toScale(node, scale))
    if (scaled.every((node) => node !== null)) return { nodes: scaled, type: { is: 'decimal', scale } }
  }
  return { nodes: nodes.map(toNum), type: num }
}

/** A call on numbers whose result is proven to stay within exact or finite bounds. */
export function arithmeticCall(op: Operator, left: Node, right: Node, path: string): Node {
  const { divide, remainder, multiply } = operatorTable
  if (op === remainder) {
    const of = [left, right].map((side) => need(side, 'int'))
    return callNode(op, of, int, path, rangeOf(left), true)
  }
  const exact = op === divide ? null : op === multiply ? exactProduct(op, left, right, path) : exactSum(op, left, right, path)
  if (exact) return exact
  const of = [toNum(left), toNum(right)] as const
  const [a, b] = of.map(rangeOf) as [Range, Range]
  const range =
    op === divide
      ? { max: a.max / b.tiny, tiny: a.tiny / Math.max(b.max, 1) }
      : op === multiply
        ? { max: a.max * b.max, tiny: a.tiny * b.tiny }
        : // What is left when two doubles nearly cancel out is at least one unit in the last place of the smaller.
          { max: a.max + b.max, tiny: Math.min(a.tiny, b.tiny) * 2 ** -53 }
  return finite(callNode(op, of, num, path, range, op === divide || undefined))
}

function exactProduct(op: Operator, left: Node, right: Node, path: string): Node | null {
  const max = rangeOf(left).max * rangeOf(right).max
  const scale = scaleOf(left) + scaleOf(right)
  if (left.type.is === 'num' || right.type.is === 'num' || max > largestInt || scale > 8) return null
  return callNode(op, [left, right], scale > 0 ? { is: 'decimal', scale } : int, path, { max, tiny: 1 })
}

function exactSum(op: Operator, left: Node, right: Node, path: string): Node | null {
  const { nodes, type } = meetNumbers([left, right])
  const [a, b] = nodes as [Node, Node]
  const max = rangeOf(a).max + rangeOf(b).max
  if (type.is === 'num') return null
  if (max <= largestInt) return callNode(op, nodes, type, path, { max, tiny: 1 })
  return type.is === 'decimal' ? sumWithin(op, a, b, type, path) : null
}

/** A sum of exact numbers that may leave 2^53 - 1: it is held there, in memory as in SQL. */
export function sumWithin(op: Operator, left: Node, right: Node, type: Type, path: string): Node {
  const held = op === operatorTable.add ? operatorTable.addWithin : operatorTable.subtractWithin
  return callNode(held, [left, right], type, path, anyInt)
}

function finite(node: Node): Node {
  const { max, tiny } = rangeOf(node)
  if (max > most || tiny < least) throw new ExpressionError('RULE_RANGE', node.path)
  return node
}

/** The greatest or least of two, or a value chosen between them, has the bounds of both. */
export function widest(nodes: readonly Node[]): Range | undefined {
  const ranges = nodes.flatMap(({ range }) => range ?? [])
  return ranges[0] && { max: Math.max(...ranges.map(({ max }) => max)), tiny: Math.min(...ranges.map(({ tiny }) => tiny)) }
}

/** `floor(x * 10^d + 0.5) / 10^d` must stay finite on the way. */
export function roundCall(node: Node, digits: number, path: string): Node {
  const a = toNum(node)
  const { max, tiny } = rangeOf(a)
  finite({ ...a, range: { max: max * 10 ** digits, tiny } })
  return callNode(operatorTable.round, [a], num, path, { max: max + 1, tiny: 10 ** -digits }, a.nullable, digits)
}

/** A number in the units of a field, 10^-scale each: exact where it can be, else the nearest. */
export function inUnits(node: Node, scale: number): Node {
  const exact = toScale(requireNumber(node), scale)
  if (exact) return exact
  const fraction = toNum(node)
  return callNode(operatorTable.toUnits, [fraction], { is: 'decimal', scale }, node.path, anyInt, fraction.nullable, scale)
}
