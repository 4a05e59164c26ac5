import { arity } from '../check/arity.ts'
import { callNode } from '../check/call-node.ts'
import { type Call, condition, expressionLimits, type Form } from '../check/checker.ts'
import { ExpressionError, overLimit, wrongShape, wrongType } from '../expression-error.ts'
import type { FieldNode, Node, RowsNode } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import type { ExpressionField, ExpressionSchema } from '../schema.ts'
import { bool } from '../type.ts'
import { contextValue } from './context-value.ts'

const previousRoot = 'previous'
const adminRoot = 'custom'

/** `{"var":"amount"}`, `{"var":"customer.level"}`, `{"var":"$.actor.id"}`, and with a second operand what to take instead of null. */
const variable: Form = (call) => {
  const node = { ...readPath(call, call.args[0], call.argPath(0)), path: call.path }
  arity(call, 1, 2)
  if (call.args.length < 2) return node
  const { checker, path } = call
  const met = checker.meet([node, call.node(1)])
  return checker.oneOfThem(
    operatorTable.coalesce,
    met.nodes,
    met.nodes,
    met.type,
    met.nodes.every(({ nullable }) => nullable),
    path,
  )
}

/** A path as a node. */
function readPath(call: Call, name: unknown, path: string): Node {
  const unknown = (): ExpressionError => new ExpressionError('RULE_FIELD', path, { field: String(name).slice(0, 100) })
  if (typeof name !== 'string' || name === '') throw unknown()
  if (name.startsWith('$.')) return contextValue(name.slice(2), path)
  const steps = stepsOf(name)
  const previous = steps.length > 1 && steps[0] === previousRoot && call.schema.field(previousRoot) === undefined
  if (previous) {
    if (call.checker.options.mode === 'both') throw new ExpressionError('PUSH_MODE', path, { op: name })
    steps.shift()
  }
  if (steps.length > expressionLimits.path) throw overLimit(path, 'steps of a path', expressionLimits.path)
  const { hops, last } = follow(call.schema, steps, unknown)
  const { type, range } = last
  if (previous && hops.length > 0) throw unknown()
  const nullable = last.nullable || hops.length > 0 || previous
  const node: FieldNode = { is: 'field', field: last, hops, type, nullable, path, ...(range && { range }), ...(previous && { previous }) }
  return node
}

/** Admin fields are one step: `custom.size`. */
function stepsOf(name: string): string[] {
  const parts = name.split('.')
  const steps: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as string
    if (part === adminRoot && index + 1 < parts.length) steps.push(`${adminRoot}.${parts[++index]}`)
    else steps.push(part)
  }
  return steps
}

function follow(
  start: ExpressionSchema,
  steps: readonly string[],
  unknown: () => ExpressionError,
): { readonly hops: readonly ExpressionField[]; readonly last: ExpressionField } {
  const hops: ExpressionField[] = []
  let schema: ExpressionSchema | undefined = start
  let field: ExpressionField | undefined
  for (const [index, step] of steps.entries()) {
    field = schema?.field(step)
    if (!field) throw unknown()
    if (index === steps.length - 1) return { hops, last: field }
    if (field.type.is === 'set' || field.type.is === 'ids') throw unknown()
    hops.push(field)
    schema = field.leadsTo?.()
  }
  throw unknown()
}

/** A checked operand as child records, with the schema of one of them. */
export function rowsOf(node: Node): { readonly rows: RowsNode; readonly schema: ExpressionSchema } {
  if (node.is !== 'field' || (node.type.is !== 'set' && node.type.is !== 'ids')) throw wrongType(node.path, 'set', node.type)
  const leadsTo = node.field.leadsTo?.()
  if (!leadsTo) throw new ExpressionError('RULE_FIELD', node.path, { field: node.field.name })
  return { rows: { field: node.field, hops: node.hops, object: leadsTo.object }, schema: leadsTo }
}

/** Fields named by their paths, as `missing` lists them. */
function named(call: Call, names: readonly unknown[]): readonly Node[] {
  return names.map((name, index) => {
    call.checker.count(call.path)
    return readPath(call, name, call.argPath(index))
  })
}

/** Is any of the fields null or ''? As a condition only: the list of names that JsonLogic gives is no value here. */
const missing: Form = (call) => {
  const names = call.args.length === 1 && Array.isArray(call.args[0]) ? call.args[0] : call.args
  const { checker, path } = call
  const empty = named(call, names).map((node) => checker.call(operatorTable.not, [filled(node)], path))
  return checker.call(operatorTable.or, empty, path, { is: 'missing' })
}

const filled = (node: Node): Node =>
  /^(text|choice|id|codes|ids|set|list)$/.test(node.type.is)
    ? condition(node)
    : test(operatorTable.not, [test(operatorTable.isNull, [node], node.path)], node.path)

const test = (op: Operator, of: readonly Node[], path: string): Node => callNode(op, of, bool, path, undefined, false)

/** Are fewer of the fields filled in than asked for? */
const missingSome: Form = (call) => {
  const [least, names] = call.args
  const { checker, path } = call
  if (typeof least !== 'number' || !Number.isInteger(least) || least < 0 || !Array.isArray(names)) {
    throw wrongShape(path, '[number, fields]')
  }
  const fields = named(call, names)
  return checker.call(operatorTable.not, [atLeast(call, fields.map(filled), least)], path, { is: 'missing' })
}

/** Do at least so many of the conditions hold? As a tree of and and or, by the first condition holding or not. */
function atLeast(call: Call, conditions: readonly Node[], least: number): Node {
  const { checker, path } = call
  if (least <= 0) return checker.call(operatorTable.and, [], path)
  const [first, ...rest] = conditions
  if (!first || conditions.length < least) return checker.call(operatorTable.or, [], path)
  if (conditions.length === least) return checker.call(operatorTable.and, conditions, path)
  if (least === 1) return checker.call(operatorTable.or, conditions, path)
  checker.count(path)
  const with_ = checker.call(operatorTable.and, [first, atLeast(call, rest, least - 1)], path)
  return checker.call(operatorTable.or, [with_, atLeast(call, rest, least)], path)
}

/** Did the write change any of the fields? */
const changed: Form = (call) => {
  const { checker, path } = call
  const tests = named(call, call.args).map((node) => {
    if (node.is !== 'field' || node.hops.length > 0)
      throw new ExpressionError('RULE_FIELD', path, { field: String(call.args[0]).slice(0, 100) })
    return checker.call(operatorTable.changed, [node, { ...node, previous: true }], path)
  })
  return checker.call(operatorTable.or, tests, path)
}

export const fieldForms: Readonly<Record<string, Form>> = { var: variable, missing, missing_some: missingSome, changed }
