import { ownCurrency } from '../computation.ts'
import { ExpressionError, overLimit, pointerStep, wrongShape, wrongType } from '../expression-error.ts'
import type { EachNode, LiteralNode, Node, RowsNode } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import type { ExpressionField, ExpressionSchema } from '../schema.ts'
import { bool, isNumeric, isTextual, type Type, typeName } from '../type.ts'
import { callNode } from './call-node.ts'
import { constant } from './constant.ts'
import { type LiteralForm, type LiteralUse, rawLiteral, settle } from './literal.ts'
import { meetNumbers, widest } from './number.ts'

/** Bounds of one expression. */
export const expressionLimits = { depth: 32, nodes: 512, list: 1_000, path: 4, aggregates: 4, cost: 5_000 } as const

/** A part as it is written: an operator's name and its operands. */
export interface Call {
  readonly name: string
  readonly args: readonly unknown[]
  /** Pointer to the operands; a lone operand may stand without a list. */
  argPath(index: number): string
  readonly path: string
  readonly schema: ExpressionSchema
  readonly depth: number
  readonly checker: Checker
  /** The checked operand. */
  node(index: number): Node
}

/** Checks one way of writing something and says what it means. */
export type Form = (call: Call) => Node

/** What the checker needs besides the expression. */
export interface CheckerOptions {
  readonly forms: ReadonlyMap<string, Form>
  readonly literal?: LiteralForm
  /** Where parts stood in the form they were written in, which errors then point to. */
  readonly origins?: ReadonlyMap<object, string>
  /** `memory`: only evaluated here, so that what SQL cannot do is allowed. */
  readonly mode: 'both' | 'memory'
}

/** Gives every part of an expression its type, or says by code and pointer why not. */
export class Checker {
  readonly options: CheckerOptions
  #nodes = 0
  #aggregates = 0
  #insideRows = false

  constructor(options: CheckerOptions) {
    this.options = options
  }

  check(logic: unknown, schema: ExpressionSchema, given: string, depth: number): Node {
    const origin = typeof logic === 'object' && logic !== null ? this.options.origins?.get(logic) : undefined
    const path = origin ?? given
    if (depth > expressionLimits.depth) throw overLimit(path, 'depth', expressionLimits.depth)
    this.count(path)
    if (typeof logic !== 'object' || logic === null) return rawLiteral(logic ?? null, path)
    if (Array.isArray(logic)) return this.#list(logic, path)
    const keys = Object.keys(logic)
    const [name] = keys
    if (name === undefined || keys.length > 1) throw wrongShape(path, 'one operator')
    const form = this.options.forms.get(name)
    if (!form) throw new ExpressionError('RULE_OP', path + pointerStep(name), { op: name.slice(0, 60) })
    return form(this.#call(name, (logic as Record<string, unknown>)[name], schema, path, depth, origin !== undefined))
  }

  /** Counts one more part. */
  count(path: string): void {
    if (++this.#nodes > expressionLimits.nodes) throw overLimit(path, 'parts', expressionLimits.nodes)
  }

  #call(name: string, given: unknown, schema: ExpressionSchema, path: string, depth: number, isShort: boolean): Call {
    const args: readonly unknown[] = Array.isArray(given) ? given : [given]
    const here = isShort ? path : path + pointerStep(name)
    const argPath = (index: number): string => (Array.isArray(given) && !isShort ? here + pointerStep(index) : here)
    const node = (index: number): Node => {
      if (index >= args.length) throw wrongShape(here, `${index + 1} operands`)
      return this.check(args[index], schema, argPath(index), depth + 1)
    }
    return { name, args, argPath, path, schema, depth, checker: this, node }
  }

  /** A list of constants of one type. */
  #list(items: readonly unknown[], path: string): LiteralNode {
    if (items.length > expressionLimits.list) throw overLimit(path, 'list items', expressionLimits.list)
    const literals = items.map((item, index) => {
      if (typeof item === 'object' && item !== null) throw wrongShape(path + pointerStep(index), 'constant')
      if (item === null || item === undefined) throw new ExpressionError('RULE_NULL_LITERAL', path + pointerStep(index))
      return rawLiteral(item, path + pointerStep(index))
    })
    const [first] = literals
    const of = first?.type
    const numeric = literals.every(({ type }) => isNumeric(type))
    const odd = literals.findIndex(({ type }) => type.is !== of?.is)
    if (of && odd > 0 && !numeric) throw wrongType(path + pointerStep(odd), typeName(of), literals[odd]?.type ?? of)
    const type: Type = { is: 'list', ...(of && { of }) }
    return {
      ...constant(
        type,
        literals.map(({ value }) => value),
        path,
      ),
      raw: true,
    }
  }

  /** A literal in the form of what it is compared with. */
  fit(literal: Node, beside: Node, use: LiteralUse = 'whole'): Node {
    if (literal.is === 'context' && literal.asDate && beside.type.is === 'date') {
      return { ...literal, type: { is: 'date' }, read: literal.asDate }
    }
    if (literal.is !== 'literal' || !literal.raw) return literal
    if (literal.value === null) throw new ExpressionError('RULE_NULL_LITERAL', literal.path)
    const settled = settle(literal, beside.type)
    if (beside.is !== 'field') return settled
    return this.#inForm(settled, beside.field, use)
  }

  /** A list in the form of what its items are compared with. */
  fitList(list: Node, beside: Node): Node {
    if (list.is !== 'literal' || !list.raw) return list
    const items = (list.value as readonly unknown[]).map((item, index) =>
      this.fit(rawLiteral(item, list.path + pointerStep(index)), beside),
    )
    const met = isNumeric(beside.type) ? meetNumbers([beside, ...items]) : { nodes: [beside, ...items], type: beside.type }
    return {
      ...list,
      type: { is: 'list', of: met.type },
      value: met.nodes.slice(1).map((item) => (item as LiteralNode).value),
      raw: undefined,
    }
  }

  #inForm(literal: LiteralNode, field: ExpressionField, use: LiteralUse): LiteralNode {
    const { literal: form } = this.options
    const isOption = field.type.is !== 'choice' || use !== 'whole' || (field.options?.some(({ value }) => value === literal.value) ?? true)
    const value = !isOption ? undefined : form && !isNumeric(literal.type) ? form(field, literal.value, use) : literal.value
    if (value !== undefined) return { ...literal, value }
    throw new ExpressionError('RULE_TYPE', literal.path, { expected: field.name, found: String(literal.value).slice(0, 60) })
  }

  /** Brings operands that are to be compared, chosen between or joined to one type. */
  meet(nodes: readonly Node[]): { readonly nodes: readonly Node[]; readonly type: Type } {
    const anchor = nodes.find((node) => node.is !== 'literal' || !node.raw) ?? nodes[0]
    if (!anchor) throw new TypeError('There is nothing to compare.')
    const fitted = nodes.map((node) => (node === anchor ? this.#asDateBeside(node, nodes) : this.fit(node, anchor)))
    if (fitted.every(({ type }) => isNumeric(type))) return meetNumbers(fitted)
    const first = fitted[0] as Node
    if (first.type.is === 'money') return { nodes: meetMoney(fitted), type: meetMoney(fitted)[0]?.type ?? first.type }
    for (const node of fitted) {
      if (!isSameKind(first.type, node.type)) {
        throw wrongType(node.path, typeName(first.type), node.type)
      }
    }
    return { nodes: fitted, type: first.type }
  }

  #asDateBeside(node: Node, others: readonly Node[]): Node {
    const day = others.find(({ type }) => type.is === 'date')
    return day ? this.fit(node, day) : node
  }

  call(op: Operator, of: readonly Node[], path: string, type = bool, nullable = false): Node {
    if (op.memoryOnly && this.options.mode === 'both') throw new ExpressionError(op.memoryOnly, path, { op: op.name })
    return callNode(op, of, type, path, undefined, nullable)
  }

  /** A value chosen among others. */
  oneOfThem(op: Operator, of: readonly Node[], values: readonly Node[], type: Type, nullable: boolean, path: string): Node {
    return callNode(op, of, type, path, widest(values), nullable)
  }

  /** Something over child records; `inside` checks what is asked of each of them. */
  each(
    fn: EachNode['fn'],
    rows: RowsNode,
    path: string,
    inside: () => { readonly where: Node | null; readonly value: Node | null; readonly type: Type },
  ): Node {
    if (++this.#aggregates > expressionLimits.aggregates) {
      throw overLimit(path, 'aggregates', expressionLimits.aggregates)
    }
    if (this.#insideRows) throw wrongShape(path, 'one level of set')
    this.#insideRows = true
    const { where, value, type } = inside()
    this.#insideRows = false
    return { is: 'each', fn, rows, where, value, type, nullable: fn === 'min' || fn === 'max', range: value?.range, path }
  }
}

/** A node as a condition: yes/no as it is, everything else by whether there is something. */
export function condition(node: Node): Node {
  const { path } = node
  const test = (op: Operator): Node => callNode(op, [node], bool, path, undefined, false)
  switch (node.type.is) {
    case 'bool':
      return node.is === 'field' || node.nullable ? test(operatorTable.isTrue) : node
    case 'missing':
      return { ...node, type: bool }
    case 'int':
    case 'num':
    case 'decimal':
    case 'money':
      return test(operatorTable.isNotZero)
    case 'text':
    case 'choice':
    case 'id':
      return test(operatorTable.isFilled)
    case 'codes':
    case 'ids':
      return test(operatorTable.isNotEmpty)
    default:
      throw wrongType(path, 'condition', node.type)
  }
}

/** Amounts meet in one currency, which at least one of them must name. */
function meetMoney(nodes: readonly Node[]): readonly Node[] {
  const currency = nodes.map(({ type }) => type.currency).find((name) => name !== undefined)
  return nodes.map((node) => {
    if (node.type.is !== 'money') throw wrongType(node.path, 'money', node.type)
    // An amount without a currency of its own takes one that is named, not that of another field.
    const taken = node.type.currency ?? (currency === ownCurrency ? undefined : currency)
    if (currency === undefined || taken !== currency) {
      throw wrongType(node.path, `money of ${currency ?? 'one currency'}`, node.type)
    }
    return { ...node, type: { is: 'money', currency } as Type }
  })
}

/** People and teams are named by the host's own texts, so ids and texts may meet. */
function isSameKind(a: Type, b: Type): boolean {
  if (a.is === b.is) return true
  return isTextual(a) && isTextual(b) && [a.is, b.is].every((is) => is === 'text' || is === 'id')
}
