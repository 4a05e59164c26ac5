import { ExpressionError, wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { anyInt, anyNumber, int, isNumeric, largestInt, num, type Range, type Type } from '../type.ts'
import { callNode } from './call-node.ts'
import { unitsOf } from './literal.ts'

/** Beyond these a double may overflow or lose its smallest digits, and PostgreSQL would raise an error. */
const most = 1e300
const least = 1e-300

const rangeOf = (node: Node): Range => node.range ?? (node.type.is === 'num' ? anyNumber : anyInt)

/** Throws RULE_TYPE unless it is a number. */
export function requireNumber(node: Node): Node {
  if (isNumeric(node.type)) return node
  throw wrongType(node.path, 'number', node.type)
}

/** The same number as a fraction. */
export function toNum(node: Node): Node {
  if (node.type.is === 'num') return node
  const { path, nullable } = node
  const scale = node.type.is === 'decimal' ? (node.type.scale ?? 0) : 0
  const { max, tiny } = rangeOf(node)
  const range = { max: max / 10 ** scale, tiny: tiny / 10 ** scale }
  const type = num
  if (node.is === 'literal') return { ...node, type, range, value: (node.value as number) / 10 ** scale }
  const op = scale > 0 || node.type.is === 'decimal' ? operatorTable.fraction : operatorTable.toNumber
  return callNode(op, [node], type, path, range, nullable, scale)
}

/** A whole number or decimal with this many places, or null where that would not be exact. */
function toScale(node: Node, scale: number): Node | null {
  const own = node.type.is === 'decimal' ? (node.type.scale ?? 0) : 0
  const type: Type = { is: 'decimal', scale }
  if (node.is === 'literal') {
    const units = unitsOf((node.value as number) / 10 ** own, scale)
    return units === null ? null : { ...node, type, value: units, range: { max: Math.abs(units), tiny: 1 } }
  }
  if (node.type.is === 'num') return null
  if (own === scale) return { ...node, type }
  const { max } = rangeOf(node)
  if (own > scale || max * 10 ** (scale - own) > largestInt) return null
  const range = { max: max * 10 ** (scale - own), tiny: 1 }
  return callNode(operatorTable.rescale, [node], type, node.path, range, node.nullable, scale - own)
}

/** Brings numbers to one type: whole, decimal of the most places, or fractions where nothing else is exact. */
export function meetNumbers(nodes: readonly Node[]): { readonly nodes: readonly Node[]; readonly type: Type } {
  const whole = nodes.every((node) => node.type.is === 'int')
  if (whole) return { nodes, type: { is: 'int' } }
  const scales = nodes.flatMap(({ type }) => (type.is === 'decimal' ? [type.scale ?? 0] : []))
  if (scales.length > 0) {
    const scale = Math.max(...scales)
    const scaled = nodes.map((node) => toScale(node, scale))
    if (scaled.every((node) => node !== null)) return { nodes: scaled, type: { is: 'decimal', scale } }
  }
  return { nodes: nodes.map(toNum), type: num }
}

/** A call on numbers whose result is proven to stay within exact or finite bounds. */
export function arithmeticCall(op: Operator, left: Node, right: Node, path: string): Node {
  switch (op) {
    case operatorTable.divide: {
      const [a, b] = [toNum(left), toNum(right)]
      const range = { max: rangeOf(a).max / rangeOf(b).tiny, tiny: rangeOf(a).tiny / Math.max(rangeOf(b).max, 1) }
      return finite(callNode(op, [a, b], num, path, range, true))
    }
    case operatorTable.remainder: {
      for (const side of [left, right]) {
        if (side.type.is !== 'int') throw wrongType(side.path, 'int', side.type)
      }
      return callNode(op, [left, right], int, path, rangeOf(left), true)
    }
    case operatorTable.multiply:
      return product(op, left, right, path)
    default:
      return sum(op, left, right, path)
  }
}

function product(op: Operator, left: Node, right: Node, path: string): Node {
  const max = rangeOf(left).max * rangeOf(right).max
  const scale = (left.type.scale ?? 0) + (right.type.scale ?? 0)
  if (left.type.is !== 'num' && right.type.is !== 'num' && max <= largestInt && scale <= 8) {
    const type: Type = scale > 0 ? { is: 'decimal', scale } : { is: 'int' }
    return callNode(op, [left, right], type, path, { max, tiny: 1 })
  }
  const [a, b] = [toNum(left), toNum(right)]
  const range = { max: rangeOf(a).max * rangeOf(b).max, tiny: rangeOf(a).tiny * rangeOf(b).tiny }
  return finite(callNode(op, [a, b], num, path, range))
}

function sum(op: Operator, left: Node, right: Node, path: string): Node {
  const met = meetNumbers([left, right])
  const [first = left, second = right] = met.nodes
  const max = rangeOf(first).max + rangeOf(second).max
  if (met.type.is !== 'num') {
    if (max <= largestInt) return callNode(op, [first, second], met.type, path, { max, tiny: 1 })
    if (met.type.is === 'decimal') return sumWithin(op, first, second, met.type, path)
  }
  const [a, b] = [toNum(first), toNum(second)]
  // What is left when two doubles nearly cancel out is at least one unit in the last place of the smaller.
  const range = { max: rangeOf(a).max + rangeOf(b).max, tiny: Math.min(rangeOf(a).tiny, rangeOf(b).tiny) * 2 ** -53 }
  return finite(callNode(op, [a, b], num, path, range))
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
  if (ranges.length === 0) return undefined
  return { max: Math.max(...ranges.map(({ max }) => max)), tiny: Math.min(...ranges.map(({ tiny }) => tiny)) }
}

/** `floor(x * 10^d + 0.5) / 10^d` must stay finite on the way. */
export function roundCall(node: Node, digits: number, path: string): Node {
  const a = toNum(node)
  const range = { max: rangeOf(a).max + 1, tiny: 10 ** -digits }
  finite({ ...a, range: { max: rangeOf(a).max * 10 ** digits, tiny: rangeOf(a).tiny } })
  return callNode(operatorTable.round, [a], num, path, range, a.nullable, digits)
}

/** A number in the units of a field, 10^-scale each: exact where it can be, else the nearest. */
export function inUnits(node: Node, scale: number): Node {
  const exact = toScale(requireNumber(node), scale)
  if (exact) return exact
  const fraction = toNum(node)
  return callNode(operatorTable.toUnits, [fraction], { is: 'decimal', scale }, node.path, anyInt, fraction.nullable, scale)
}
