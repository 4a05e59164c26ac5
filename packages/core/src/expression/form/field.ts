import { type Call, condition, expressionLimits, type Form } from '../check/checker.ts'
import { ExpressionError, overLimit, unknownField, wrongShape, wrongType } from '../expression-error.ts'
import type { Node, RowsNode } from '../node.ts'
import { operatorTable } from '../operator/table.ts'
import type { ExpressionField, ExpressionSchema } from '../schema.ts'
import { among } from '../type.ts'
import { contextValue } from './context-value.ts'
import { firstOf } from './first-of.ts'

const previousRoot = 'previous'
const adminRoot = 'custom'

/** `{"var":"amount"}`, `{"var":"customer.level"}`, `{"var":"$.actor.id"}`, and with a second operand what to take instead of null. */
const variable: Form = (call) => {
  const { args, argPath, path, node } = call
  const read = { ...readPath(call, args[0], argPath(0)), path }
  if (args.length < 2) return read
  if (args.length > 2) throw wrongShape(path, '1-2 operands')
  return firstOf(call, [read, node(1)])
}

/** A path as a node. */
function readPath(call: Call, name: unknown, path: string): Node {
  const unknown = (): ExpressionError => unknownField(path, name)
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
  return { is: 'field', field: last, hops, type, nullable, path, ...(range && { range }), ...(previous && { previous }) }
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
    if (among(field.type, 'set|ids')) throw unknown()
    hops.push(field)
    schema = field.leadsTo?.()
  }
  throw unknown()
}

/** A checked operand as child records, with the schema of one of them. */
export function rowsOf(node: Node): { readonly rows: RowsNode; readonly schema: ExpressionSchema } {
  if (node.is !== 'field' || !among(node.type, 'set|ids')) throw wrongType(node.path, 'set', node.type)
  const { field, hops } = node
  const schema = field.leadsTo?.()
  if (!schema) throw unknownField(node.path, field.name)
  return { rows: { field, hops, object: schema.object }, schema }
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
  const { args, give } = call
  const names = args.length === 1 && Array.isArray(args[0]) ? args[0] : args
  return give(
    operatorTable.or,
    named(call, names).map((node) => give(operatorTable.not, [filled(call, node)])),
    { is: 'missing' },
  )
}

const filled = ({ give }: Call, node: Node): Node =>
  among(node.type, 'text|choice|id|codes|ids|set|list') ? condition(node) : give(operatorTable.not, [give(operatorTable.isNull, [node])])

/** Are fewer of the fields filled in than asked for? */
const missingSome: Form = (call) => {
  const { args, path, give } = call
  const [least, names] = args
  if (!Number.isInteger(least) || (least as number) < 0 || !Array.isArray(names)) throw wrongShape(path, '[number, fields]')
  const fields = named(call, names).map((node) => filled(call, node))
  return give(operatorTable.not, [atLeast(call, fields, least as number)], { is: 'missing' })
}

/** Do at least so many of the conditions hold? As a tree of and and or, by the first condition holding or not. */
function atLeast(call: Call, conditions: readonly Node[], least: number): Node {
  const { checker, path, give } = call
  const { and, or } = operatorTable
  const [first, ...rest] = conditions
  if (least <= 0) return give(and, [])
  if (!first || conditions.length < least) return give(or, [])
  if (conditions.length === least) return give(and, conditions)
  if (least === 1) return give(or, conditions)
  checker.count(path)
  return give(or, [give(and, [first, atLeast(call, rest, least - 1)]), atLeast(call, rest, least)])
}

/** Did the write change any of the fields? */
const changed: Form = (call) => {
  const { args, path, give } = call
  const tests = named(call, args).map((node) => {
    if (node.is !== 'field' || node.hops.length > 0) throw unknownField(path, args[0])
    return give(operatorTable.changed, [node, { ...node, previous: true }])
  })
  return give(operatorTable.or, tests)
}

export const fieldForms: Readonly<Record<string, Form>> = { var: variable, missing, missing_some: missingSome, changed }
