import { arity } from '../check/arity.ts'
import type { Call, Form } from '../check/checker.ts'
import { constant } from '../check/constant.ts'
import type { LiteralUse } from '../check/literal.ts'
import { ExpressionError, wrongShape, wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import { lowerAscii } from '../operator/text.ts'
import { isNumeric, isOrdered, isTextual, num, type Type, text, typeName } from '../type.ts'

/** The two operands of a comparison. */
function two(call: Call): readonly [Node, Node] {
  arity(call, 2)
  return [call.node(0), call.node(1)]
}

const isNullLiteral = (node: Node): boolean => node.is === 'literal' && node.type.is === 'null'

function equality(call: Call): Node {
  const { checker, path } = call
  const [left, right] = two(call)
  if (isNullLiteral(left)) return nullTest(call, right)
  if (isNullLiteral(right)) return nullTest(call, left)
  const met = checker.meet([left, right])
  if (/^(codes|ids|set|list|missing|other)$/.test(met.type.is)) {
    throw wrongType(path, 'single', met.type)
  }
  return checker.call(operatorTable.equal, constantsLast(met.nodes), path)
}

function nullTest({ checker, path }: Call, node: Node): Node {
  if (isNullLiteral(node)) return checker.call(operatorTable.and, [], path)
  if (/^(codes|ids|set|list)$/.test(node.type.is)) {
    throw wrongType(path, 'single', node.type)
  }
  return checker.call(operatorTable.isNull, [node], path)
}

/** `5 === amount` runs as `amount === 5`. */
const constantsLast = (nodes: readonly Node[]): readonly Node[] => {
  const [left, right] = nodes
  return left?.is === 'literal' && right && right.is !== 'literal' ? [right, left] : nodes
}

const mirrored = new Map<Operator, Operator>([
  [operatorTable.less, operatorTable.greater],
  [operatorTable.greater, operatorTable.less],
  [operatorTable.lessOrEqual, operatorTable.greaterOrEqual],
  [operatorTable.greaterOrEqual, operatorTable.lessOrEqual],
])

function compare(call: Call, op: Operator, first: Node, second: Node): Node {
  const { checker, path } = call
  for (const node of [first, second]) if (isNullLiteral(node)) throw new ExpressionError('RULE_NULL_LITERAL', node.path)
  const met = checker.meet([first, second])
  if (!isOrdered(met.type)) throw wrongType(path, 'ordered', met.type)
  const ordered = constantsLast(met.nodes)
  return checker.call(ordered === met.nodes ? op : (mirrored.get(op) ?? op), ordered, path)
}

/** With three operands: the one in the middle lies between the others. */
const order =
  (op: Operator, between: boolean): Form =>
  (call) => {
    if (between && call.args.length === 3) {
      const value = call.node(1)
      const of = [compare(call, op, call.node(0), value), compare(call, op, value, call.node(2))]
      return call.checker.call(operatorTable.and, of, call.path)
    }
    return compare(call, op, ...two(call))
  }

const negated =
  (form: (call: Call) => Node): Form =>
  (call) =>
    call.checker.call(operatorTable.not, [form(call)], call.path)

/** A value in a list, or a part in a text. */
const isIn: Form = (call) => {
  const [needle, hay] = two(call)
  if (hay.type.is !== 'list') return partOf(call, operatorTable.contains, hay, needle, 'contains')
  const { checker, path } = call
  if (isNullLiteral(needle)) throw new ExpressionError('RULE_NULL_LITERAL', needle.path)
  if (hay.is === 'literal' && (hay.value as readonly unknown[]).length === 0) return checker.call(operatorTable.or, [], path)
  if (needle.is === 'literal') return inConstants(call, needle, hay)
  const list = checker.fitList(hay, needle)
  const of = list.type.of
  if (!of || !isMember(needle.type, of)) {
    throw wrongType(path, of ? typeName(of) : 'list', needle.type)
  }
  const value = of.is === 'num' && needle.type.is !== 'num' ? checker.meet([needle, asFraction(list)]).nodes[0] : needle
  return checker.call(operatorTable.oneOf, [value ?? needle, list], path)
}

/** Stands for the items of a list when its other side must become a fraction too. */
const asFraction = (list: Node): Node => constant(num, 0.5, list.path)

const inConstants = ({ checker, path }: Call, needle: Node, list: Node): Node => {
  if (needle.is !== 'literal' || list.is !== 'literal') {
    return checker.call(operatorTable.oneOf, [{ ...needle, raw: undefined } as Node, list], path)
  }
  if (list.type.of && typeName(list.type.of) !== typeName(needle.type)) {
    throw wrongType(path, typeName(list.type.of), needle.type)
  }
  const isThere = (list.value as readonly unknown[]).includes(needle.value)
  return checker.call(isThere ? operatorTable.and : operatorTable.or, [], path)
}

function isMember(value: Type, of: Type): boolean {
  if (value.is === of.is) return value.is !== 'money' && value.is !== 'codes'
  if (isTextual(value) && isTextual(of)) return value.is !== 'date' && of.is !== 'date'
  return isNumeric(value) && isNumeric(of)
}

function partOf({ checker, path }: Call, op: Operator, whole: Node, part: Node, use: LiteralUse): Node {
  const fitted = checker.fit(part, whole, use)
  for (const node of [whole, fitted]) {
    if (node.type.is !== 'text') throw wrongType(node.path, 'text', node.type)
  }
  // Every text contains the empty one, and SQL would need a case for it.
  if (fitted.is === 'literal' && fitted.value === '') {
    return checker.call(operatorTable.not, [checker.call(operatorTable.isNull, [whole], path)], path)
  }
  return checker.call(op, [whole, fitted], path)
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
export function lowered({ checker, path }: Call, node: Node): Node {
  if (node.type.is !== 'text') throw wrongType(node.path, 'text', node.type)
  if (node.is === 'literal') return { ...node, raw: undefined, value: lowerAscii(String(node.value)) }
  return checker.call(operatorTable.lower, [node], path, text, node.nullable)
}

const iequals: Form = (call) => {
  const [left, right] = two(call)
  return call.checker.call(
    operatorTable.equal,
    constantsLast([lowered(call, left), lowered(call, call.checker.fit(right, left))]),
    call.path,
  )
}

/** Members of a list field; always against constants. */
const members =
  (op: Operator, denied: boolean): Form =>
  (call) => {
    const { checker, path } = call
    const [field, list] = two(call)
    if (field.type.is !== 'codes' && field.type.is !== 'ids') {
      throw wrongType(call.argPath(0), 'codes', field.type)
    }
    if (list.is !== 'literal' || list.type.is !== 'list') throw wrongShape(call.argPath(1), 'list')
    if ((list.value as readonly unknown[]).length === 0) {
      return checker.call(op === operatorTable.hasAll || denied ? operatorTable.and : operatorTable.or, [], path)
    }
    const one: Node = field.is === 'field' ? { ...field, type: { is: 'text' } } : field
    const test = checker.call(op, [field, checker.fitList(list, one)], path)
    return denied ? checker.call(operatorTable.not, [test], path) : test
  }

export const compareForms: Readonly<Record<string, Form>> = {
  '===': equality,
  '==': equality,
  '!==': negated(equality),
  '!=': negated(equality),
  '<': order(operatorTable.less, true),
  '<=': order(operatorTable.lessOrEqual, true),
  '>': order(operatorTable.greater, false),
  '>=': order(operatorTable.greaterOrEqual, false),
  in: isIn,
  contains: textTest(operatorTable.contains, 'contains', false),
  startsWith: textTest(operatorTable.startsWith, 'startsWith', false),
  endsWith: textTest(operatorTable.endsWith, 'endsWith', false),
  icontains: textTest(operatorTable.contains, 'contains', true),
  istartsWith: textTest(operatorTable.startsWith, 'startsWith', true),
  iendsWith: textTest(operatorTable.endsWith, 'endsWith', true),
  iequals,
  hasAny: members(operatorTable.hasAny, false),
  hasAll: members(operatorTable.hasAll, false),
  hasNone: members(operatorTable.hasAny, true),
}
