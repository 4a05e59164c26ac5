import { ownCurrency } from '../computation.ts'
import { ExpressionError, overLimit, pointerStep, wrongShape, wrongType } from '../expression-error.ts'
import type { EachNode, LiteralNode, Node, RowsNode } from '../node.ts'
import type { Operator } from '../operator/operator.ts'
import { operatorTable } from '../operator/table.ts'
import type { ExpressionField, ExpressionSchema } from '../schema.ts'
import { among, bool, isNumeric, type Type, typeName } from '../type.ts'
import { callNode } from './call-node.ts'
import { constant } from './constant.ts'
import { type LiteralForm, type LiteralUse, rawLiteral, settle } from './literal.ts'
import { need } from './need.ts'
import { meetNumbers, widest } from './number.ts'

/** Bounds of one expression. */
export const expressionLimits = { depth: 32, nodes: 512, list: 1_000, path: 4, aggregates: 4, cost: 5_000 } as const

/** As many operands as there may be. */
export const several: number = Number.POSITIVE_INFINITY

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
  /** All operands, checked; another number of them is refused. */
  nodes(least: number, most?: number): readonly Node[]
  /** An operator on checked operands, a condition unless said. */
  give(op: Operator, of: readonly Node[], type?: Type, nullable?: boolean): Node
  /** One of these values, whichever the operator chooses. */
  oneOf(op: Operator, of: readonly Node[], values: Met, nullable: boolean): Node
}

/** Operands in one type. */
export interface Met {
  readonly nodes: readonly Node[]
  readonly type: Type
}

/** Checks one way of writing something and says what it means; made by `formsWith`, never written by hand. */
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
    const origin = this.options.origins?.get(logic as object)
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
    const { mode } = this.options
    const args: readonly unknown[] = Array.isArray(given) ? given : [given]
    const here = isShort ? path : path + pointerStep(name)
    const argPath = (index: number): string => (Array.isArray(given) && !isShort ? here + pointerStep(index) : here)
    const node = (index: number): Node => {
      if (index >= args.length) throw wrongShape(here, `${index + 1} operands`)
      return this.check(args[index], schema, argPath(index), depth + 1)
    }
    return {
      name,
      args,
      argPath,
      path,
      schema,
      depth,
      checker: this,
      node,
      nodes: (least, most = least) => {
        const { length } = args
        if (length < least || length > most)
          throw wrongShape(path, `${least}${most === least ? '' : most < several ? `-${most}` : '+'} operands`)
        return args.map((_, index) => node(index))
      },
      give: (op, of, type = bool, nullable = false) => {
        if (op.memoryOnly && mode === 'both') throw new ExpressionError(op.memoryOnly, path, { op: op.name })
        return callNode(op, of, type, path, undefined, nullable)
      },
      oneOf: (op, of, values, nullable) => callNode(op, of, values.type, path, widest(values.nodes), nullable),
    }
  }

  /** A list of constants of one type. */
  #list(items: readonly unknown[], path: string): LiteralNode {
    if (items.length > expressionLimits.list) throw overLimit(path, 'list items', expressionLimits.list)
    const literals = items.map((item, index) => {
      const at = path + pointerStep(index)
      if (typeof item === 'object' && item) throw wrongShape(at, 'constant')
      return isThere(rawLiteral(item ?? null, at))
    })
    const of = literals[0]?.type
    const odd = literals.find(({ type }) => type.is !== of?.is)
    if (of && odd && !literals.every(({ type }) => isNumeric(type))) throw wrongType(odd.path, typeName(of), odd.type)
    const values = literals.map(({ value }) => value)
    return { ...constant({ is: 'list', ...(of && { of }) }, values, path), raw: true }
  }

  /** A literal in the form of what it is compared with. */
  fit(literal: Node, beside: Node, use: LiteralUse = 'whole'): Node {
    const { type } = beside
    if (literal.is === 'context' && literal.asDate && type.is === 'date') return { ...literal, type, read: literal.asDate }
    if (literal.is !== 'literal' || !literal.raw) return literal
    const settled = settle(isThere(literal), type)
    return beside.is === 'field' ? this.#inForm(settled, beside.field, use) : settled
  }

  /** A list in the form of what its items are compared with. */
  fitList(list: Node, beside: Node): Node {
    if (list.is !== 'literal' || !list.raw) return list
    const items = (list.value as readonly unknown[]).map((item, index) =>
      this.fit(rawLiteral(item, list.path + pointerStep(index)), beside),
    )
    const { nodes, type } = isNumeric(beside.type) ? meetNumbers([beside, ...items]) : { nodes: [beside, ...items], type: beside.type }
    return constant(
      { is: 'list', of: type },
      nodes.slice(1).map((item) => (item as LiteralNode).value),
      list.path,
    )
  }

  #inForm(literal: LiteralNode, field: ExpressionField, use: LiteralUse): LiteralNode {
    const { literal: form } = this.options
    const { value: given, path } = literal
    const isOption = field.type.is !== 'choice' || use !== 'whole' || (field.options?.some(({ value }) => value === given) ?? true)
    const value = isOption && form && !isNumeric(literal.type) ? form(field, given, use) : given
    if (isOption && value !== undefined) return { ...literal, value }
    throw new ExpressionError('RULE_TYPE', path, { expected: field.name, found: String(given).slice(0, 60) })
  }

  /** Brings operands that are to be compared, chosen between or joined to one type. */
  meet(nodes: readonly Node[]): Met {
    const anchor = nodes.find((node) => node.is !== 'literal' || !node.raw) ?? nodes[0]
    const day = nodes.find(({ type }) => type.is === 'date')
    const fitted = nodes.map((node) => {
      // A point in time beside a day is a day.
      const beside = node === anchor ? day : anchor
      return beside ? this.fit(node, beside) : node
    })
    if (fitted.every(({ type }) => isNumeric(type))) return meetNumbers(fitted)
    const { type } = fitted[0] as Node
    if (type.is === 'money') return meetMoney(fitted)
    for (const node of fitted) if (!isSameKind(type, node.type)) throw wrongType(node.path, typeName(type), node.type)
    return { nodes: fitted, type }
  }

  /** Is there a child record? */
  some(rows: RowsNode, path: string, where: () => Node | null = () => null): Node {
    return this.each('some', rows, path, () => ({ where: where(), value: null, type: bool }))
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

/** A literal that is a value, not null. */
export function isThere<N extends Node>(node: N): N {
  if (node.type.is !== 'null') return node
  throw new ExpressionError('RULE_NULL_LITERAL', node.path)
}

/** A node as a condition: yes/no as it is, everything else by whether there is something. */
export function condition(node: Node): Node {
  const { path, type } = node
  if (type.is === 'missing') return { ...node, type: bool }
  if (type.is === 'bool' && node.is !== 'field' && !node.nullable) return node
  const [, op] = truths.find(([types]) => among(type, types)) ?? []
  if (!op) throw wrongType(path, 'condition', type)
  return callNode(op, [node], bool, path, undefined, false)
}

const truths = [
  ['bool', operatorTable.isTrue],
  ['int|num|decimal|money', operatorTable.isNotZero],
  ['text|choice|id', operatorTable.isFilled],
  ['codes|ids', operatorTable.isNotEmpty],
] as const

/** Amounts meet in one currency, which at least one of them must name. */
function meetMoney(nodes: readonly Node[]): Met {
  const currency = nodes.find(({ type }) => type.currency)?.type.currency
  const type: Type = { is: 'money', currency }
  const same = nodes.map((node) => {
    need(node, 'money')
    // An amount without a currency of its own takes one that is named, not that of another field.
    const taken = node.type.currency ?? (currency === ownCurrency ? undefined : currency)
    if (currency && taken === currency) return { ...node, type }
    throw wrongType(node.path, `money of ${currency ?? 'one currency'}`, node.type)
  })
  return { nodes: same, type }
}

/** People and teams are named by the host's own texts, so ids and texts may meet. */
function isSameKind(a: Type, b: Type): boolean {
  return a.is === b.is || (among(a, 'text|id') && among(b, 'text|id'))
}
