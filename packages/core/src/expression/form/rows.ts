import { type Call, condition, type Form } from '../check/checker.ts'
import { wrongType } from '../expression-error.ts'
import type { Node } from '../node.ts'
import { operatorTable } from '../operator/table.ts'
import { anyInt, bool, int, isOrdered, type Type } from '../type.ts'
import { rowsOf } from './field.ts'

interface Rows {
  /** The operand, checked against one child record. */
  readonly inside: (index: number) => Node
  readonly each: Call['checker']['each']
  readonly rows: ReturnType<typeof rowsOf>['rows']
}

function openRows(call: Call): Rows {
  const { rows, schema } = rowsOf(call.node(0))
  const { checker } = call
  return {
    rows,
    each: checker.each.bind(checker),
    inside: (index) => checker.check(call.args[index], schema, call.argPath(index), call.depth + 1),
  }
}

/** A constant yes needs no test. */
const test = (node: Node): Node | null => (node.is === 'literal' && node.value === true ? null : condition(node))

const some: Form = (call) => {
  const { rows, each, inside } = openRows(call)
  return each('some', rows, call.path, () => ({ where: test(inside(1)), value: null, type: bool }))
}

const none: Form = (call) => call.checker.call(operatorTable.not, [some(call)], call.path)

/** False where there is no child: JsonLogic has it so. */
const all: Form = (call) => {
  const { checker, path } = call
  const { rows, each, inside } = openRows(call)
  const any = each('some', rows, path, () => ({ where: null, value: null, type: bool }))
  const not = each('some', rows, path, () => ({
    where: checker.call(operatorTable.not, [condition(inside(1))], path),
    value: null,
    type: bool,
  }))
  return checker.call(operatorTable.and, [any, checker.call(operatorTable.not, [not], path)], path)
}

const count: Form = (call) => {
  const { rows, each, inside } = openRows(call)
  const node = each('count', rows, call.path, () => ({ where: call.args.length > 1 ? test(inside(1)) : null, value: null, type: int }))
  return { ...node, range: { max: 1e9, tiny: 1 } }
}

/** A figure over one value of each child; amounts must be of one currency. */
const figure =
  (fn: 'sum' | 'min' | 'max', expected: string, fits: (type: Type) => boolean): Form =>
  (call) => {
    const { rows, each, inside } = openRows(call)
    return each(fn, rows, call.path, () => {
      const value = inside(1)
      const { type } = value
      if (!fits(type) || (type.is === 'money' && !type.currency)) throw wrongType(call.argPath(1), expected, type)
      return { where: call.args.length > 2 ? test(inside(2)) : null, value, type }
    })
  }

const figureSum = figure('sum', 'int, decimal or money of one currency', ({ is }) => /^(int|decimal|money)$/.test(is))
const sum: Form = (call) => ({ ...figureSum(call), range: anyInt })

export const rowForms: Readonly<Record<string, Form>> = {
  some,
  none,
  all,
  count,
  sum,
  minOf: figure('min', 'ordered', isOrdered),
  maxOf: figure('max', 'ordered', isOrdered),
}
