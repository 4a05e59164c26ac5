import { type Call, type Form, isThere } from '../check/checker.ts'
import { constant } from '../check/constant.ts'
import type { LiteralUse } from '../check/literal.ts'
import { need } from '../check/need.ts'
import { toNum } from '../check/number.ts'
import { wrongShape, wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { lowerAscii } from '../operator/text.ts'
import { among, isOrdered, type Type, text, typeName } from '../type.ts'

/** The two operands of a comparison. */
const two = ({ nodes }: Call): readonly [Node, Node] => nodes(2) as readonly [Node, Node]

const isNullLiteral = ({ type }: Node): boolean => type.is === 'null'

const equality: Form = (call) => {
  const { give, checker } = call
  const [left, right] = two(call)
  if (isNullLiteral(left)) return nullTest(call, right)
  if (isNullLiteral(right)) return nullTest(call, left)
  const { nodes } = checker.meet([left, right])
  for (const node of nodes) single(node, 'codes|ids|set|list|missing|other')
  return give(operatorTable.equal, constantsLast(nodes))
}

const nullTest = ({ give }: Call, node: Node): Node =>
  isNullLiteral(node) ? give(operatorTable.and, []) : give(operatorTable.isNull, [single(node, 'codes|ids|set|list')])

/** Several things are not compared at once. */
function single(node: Node, several: string): Node {
  if (among(node.type, several)) throw wrongType(node.path, 'single', node.type)
  return node
}

/** `5 === amount` runs as `amount === 5`. */
const constantsLast = (nodes: readonly Node[]): readonly Node[] => {
  const [left, right] = nodes
  return left?.is === 'literal' && right && right.is !== 'literal' ? [right, left] : nodes
}

/** Ordering; `mirrored` is the same seen from the other side. */
function compare({ checker, give, path }: Call, op: Operator, mirrored: Operator, operands: readonly Node[]): Node {
  const { nodes, type } = checker.meet(operands.map(isThere))
  if (!isOrdered(type)) throw wrongType(path, 'ordered', type)
  const ordered = constantsLast(nodes)
  return give(ordered === nodes ? op : mirrored, ordered)
}

/** With three operands, where there may be so many: the one in the middle lies between the others. */
const order =
  (op: Operator, mirrored: Operator, most = 2): Form =>
  (call) => {
    const [low, value, high] = call.nodes(2, most) as [Node, Node, Node?]
    const first = compare(call, op, mirrored, [low, value])
    return high ? call.give(operatorTable.and, [first, compare(call, op, mirrored, [value, high])]) : first
  }

const negated =
  (form: Form): Form =>
  (call) =>
    call.give(operatorTable.not, [form(call)])

/** A value in a list, or a part in a text. */
const isIn: Form = (call) => {
  const [needle, hay] = two(call)
  if (hay.type.is !== 'list') return partOf(call, operatorTable.contains, hay, needle, 'contains')
  const { checker, path, give } = call
  isThere(needle)
  const constants = hay.is === 'literal' ? (hay.value as readonly unknown[]) : null
  const isLiteral = needle.is === 'literal'
  if (constants?.length === 0) return give(operatorTable.or, [])
  const list = isLiteral ? hay : checker.fitList(hay, needle)
  const { of } = list.type
  const fits = of && (isLiteral && constants ? typeName(of) === typeName(needle.type) : isMember(needle.type, of))
  if (!fits) throw wrongType(path, of ? typeName(of) : 'list', needle.type)
  if (isLiteral && constants) return give(constants.includes(needle.value) ? operatorTable.and : operatorTable.or, [])
  const value = of.is === 'num' ? toNum(needle) : needle
  return give(operatorTable.oneOf, [value, list])
}

function isMember(value: Type, of: Type): boolean {
  if (value.is === of.is) return !among(value, 'money|codes')
  return ['text|choice|id', 'int|num|decimal'].some((alike) => among(value, alike) && among(of, alike))
}

function partOf({ checker, give }: Call, op: Operator, whole: Node, part: Node, use: LiteralUse): Node {
  const of = [whole, checker.fit(part, whole, use)].map((node) => need(node, 'text'))
  const [, fitted] = of
  // Every text contains the empty one, and SQL would need a case for it.
  if (fitted?.is === 'literal' && fitted.value === '') return give(operatorTable.not, [give(operatorTable.isNull, [whole])])
  return give(op, of)
}

const textTest =
  (op: Operator, use: LiteralUse, folded: boolean): Form =>
  (call) => {
    const [whole, part] = two(call)
    // Only a constant can be the start or the end: for an index, and because SQL would need it twice.
    if (op !== operatorTable.contains && part.is !== 'literal') throw wrongShape(call.argPath(1), 'constant')
    if (!folded) return partOf(call, op, whole, part, use)
    return partOf(call, op, lowered(call, whole), lowered(call, call.checker.fit(part, whole, use)), use)
  }

/** In lower case, from A to Z only. */
export function lowered({ give }: Call, node: Node): Node {
  need(node, 'text')
  if (node.is === 'literal') return constant(text, lowerAscii(String(node.value)), node.path)
  return give(operatorTable.lower, [node], text, node.nullable)
}

const iequals: Form = (call) => {
  const [left, right] = two(call)
  return call.give(operatorTable.equal, constantsLast([lowered(call, left), lowered(call, call.checker.fit(right, left))]))
}

/** Members of a list field; always against constants. */
const members =
  (op: Operator): Form =>
  (call) => {
    const { checker, give, argPath } = call
    const [field, list] = two(call)
    need(field, 'codes|ids', 'codes')
    if (list.is !== 'literal' || list.type.is !== 'list') throw wrongShape(argPath(1), 'list')
    if ((list.value as readonly unknown[]).length === 0) return give(op === operatorTable.hasAll ? operatorTable.and : operatorTable.or, [])
    return give(op, [field, checker.fitList(list, field.is === 'field' ? { ...field, type: text } : field)])
  }

const { less, lessOrEqual, greater, greaterOrEqual, contains, startsWith, endsWith } = operatorTable

export const compareForms: Readonly<Record<string, Form>> = {
  '===': equality,
  '==': equality,
  '!==': negated(equality),
  '!=': negated(equality),
  '<': order(less, greater, 3),
  '<=': order(lessOrEqual, greaterOrEqual, 3),
  '>': order(greater, less),
  '>=': order(greaterOrEqual, lessOrEqual),
  in: isIn,
  contains: textTest(contains, 'contains', false),
  startsWith: textTest(startsWith, 'startsWith', false),
  endsWith: textTest(endsWith, 'endsWith', false),
  icontains: textTest(contains, 'contains', true),
  istartsWith: textTest(startsWith, 'startsWith', true),
  iendsWith: textTest(endsWith, 'endsWith', true),
  iequals,
  hasAny: members(operatorTable.hasAny),
  hasAll: members(operatorTable.hasAll),
  hasNone: negated(members(operatorTable.hasAny)),
}
