import { type Call, condition, type Form } from '../check/checker.ts'
import { wrongType } from '../expression-error.ts'
import type { EachNode, Node } from '../node.ts'
import { operatorTable } from '../operator/table.ts'
import { among, anyInt, int, isOrdered, type Type } from '../type.ts'
import { rowsOf } from './field.ts'

interface Rows {
  /** The operand, checked against one child record. */
  readonly inside: (index: number) => Node
  /** The operand as a test of a child record; a constant yes needs none. */
  readonly test: (index: number) => Node | null
  readonly rows: EachNode['rows']
}

function openRows({ args, argPath, checker, depth, node }: Call): Rows {
  const { rows, schema } = rowsOf(node(0))
  const inside = (index: number): Node => checker.check(args[index], schema, argPath(index), depth + 1)
  return { rows, inside, test: (index) => (args[index] === true ? null : condition(inside(index))) }
}

const some: Form = (call) => {
  const { rows, test } = openRows(call)
  return call.checker.some(rows, call.path, () => test(1))
}

const none: Form = (call) => call.give(operatorTable.not, [some(call)])

/** False where there is no child: JsonLogic has it so. */
const all: Form = (call) => {
  const { checker, path, give } = call
  const { rows, inside } = openRows(call)
  const { not } = operatorTable
  return give(operatorTable.and, [checker.some(rows, path), give(not, [checker.some(rows, path, () => give(not, [condition(inside(1))]))])])
}

const count: Form = (call) => {
  const { rows, test } = openRows(call)
  const node = call.checker.each('count', rows, call.path, () => ({ where: call.args.length > 1 ? test(1) : null, value: null, type: int }))
  return { ...node, range: { max: 1e9, tiny: 1 } }
}

/** A figure over one value of each child; amounts must be of one currency. */
const figure =
  (fn: 'sum' | 'min' | 'max', expected: string, fits: (type: Type) => boolean): Form =>
  (call) => {
    const { rows, inside, test } = openRows(call)
    return call.checker.each(fn, rows, call.path, () => {
      const value = inside(1)
      const { type } = value
      if (!fits(type) || (type.is === 'money' && !type.currency)) throw wrongType(call.argPath(1), expected, type)
      return { where: call.args.length > 2 ? test(2) : null, value, type }
    })
  }

const figureSum = figure('sum', 'int, decimal or money of one currency', (type) => among(type, 'int|decimal|money'))

export const rowForms: Readonly<Record<string, Form>> = {
  some,
  none,
  all,
  count,
  sum: (call) => ({ ...figureSum(call), range: anyInt }),
  minOf: figure('min', 'ordered', isOrdered),
  maxOf: figure('max', 'ordered', isOrdered),
}
