import { Checker, condition, type Form, isThere } from './check/checker.ts'
import type { LiteralForm } from './check/literal.ts'
import { need } from './check/need.ts'
import { compileNode } from './closure/compile.ts'
import type { ExpressionContext, RecordLike } from './context.ts'
import { wrongShape } from './expression-error.ts'
import { type ExpressionFacts, factsOf } from './facts.ts'
import { type PlainFields, schemaOfFields } from './fields.ts'
import { coreForms } from './form/table.ts'
import type { Node } from './node.ts'
import { type ExpressionSchema, type ObjectLike, schemaOf } from './schema.ts'
import type { Explanation } from './sentence/explain.ts'
import { among, type Type } from './type.ts'

/** What an expression is about, and how it may be used. */
export type ExpressionOptions = ExpressionSource & {
  /** `condition`: it must be one; other values count by whether there is something. A type name: it must give that. */
  readonly expect?: 'condition' | Type['is']
  /** `memory`: it is never pushed into a database, so `previous`, `changed` and calendar arithmetic are allowed. */
  readonly mode?: 'both' | 'memory'
  /** Operators besides the core's. */
  readonly forms?: ReadonlyMap<string, Form>
  /** How the host brings literals into the form of a field's values. */
  readonly literal?: LiteralForm
  /** Where parts stood in another form, which errors then point to. */
  readonly origins?: ReadonlyMap<object, string>
  /** Static cost at most; 5,000 unless said. */
  readonly budget?: number
}

type ExpressionSource =
  | { readonly object: ObjectLike; readonly objects?: (name: string) => ObjectLike | undefined }
  | { readonly fields: PlainFields }
  | { readonly schema: ExpressionSchema }

/** A checked expression, ready to run. */
export interface CompiledExpression extends ExpressionFacts {
  /** As it was written. */
  readonly logic: unknown
  /** The checked tree, which a store compiles into SQL. */
  readonly node: Node
  readonly type: Type
  /**
   * The value for a record, in the form of the API: a condition is true or false, no value is null. Throws PATH_NOT_LOADED when related
   * records are needed and not there.
   */
  readonly evaluate: (record: RecordLike, context?: ExpressionContext) => unknown
  /** Which leaf decided, with the values, as a sentence. The words are loaded when first asked for. */
  readonly explain: (record: RecordLike, context?: ExpressionContext) => Promise<Explanation>
  /** The whole expression in words. */
  readonly describe: (locale: 'zh-CN' | 'en') => Promise<string>
}

/** Checks an expression against a schema and compiles it. Throws {@link ExpressionError} with code and JSON pointer. */
export function compileExpression(logic: unknown, options: ExpressionOptions): CompiledExpression {
  const node = checkExpression(logic, options)
  const facts = factsOf(node, options.budget)
  const evaluate = evaluator(node, facts.usesContext)
  return {
    ...facts,
    logic,
    node,
    type: node.type,
    evaluate,
    explain: async (record, context = { now: Date.now() }) => {
      const shown = { record, context, compile: compileNode }
      return (await words()).explainNode(node, evaluate(record, context), shown)
    },
    describe: async (locale) => (await words()).describeNode(node, locale),
  }
}

const words = () => import('./sentence/explain.ts')

const nothing: ExpressionContext = { now: 0 }

function evaluator(node: Node, usesContext: boolean): CompiledExpression['evaluate'] {
  const closure = compileNode(node)
  const isPlain = !among(node.type, 'int|num|decimal|money')
  if (isPlain && !usesContext) return (record) => closure(record, nothing)
  const { type } = node
  return (record, context) => toApi(closure(record, context ?? { now: Date.now() }), type)
}

/** A value in the form of the API: decimals as text, amounts with their currency. */
export function toApi(value: unknown, type: Type): unknown {
  if (value === null || value === undefined) return null
  if (type.is === 'decimal') return decimalText(value as number, type.scale ?? 0)
  if (type.is === 'money') return { minor: value, currency: type.currency ?? null }
  return value === 0 ? 0 : value
}

function decimalText(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0 ? `-${text}` : text
}

/** Only the check: the tree that a store compiles. */
export function checkExpression(logic: unknown, options: ExpressionOptions): Node {
  const { expect, literal, mode = 'both', forms = coreForms, origins } = options
  const node = new Checker({ forms, literal, mode, origins }).check(logic, sourceSchema(options), '', 0)
  if (expect === 'condition') return condition(node)
  if (expect === undefined) return unlessList(isThere(node))
  return need(node, expect === 'num' ? 'num|int|decimal' : expect, expect)
}

function unlessList(node: Node): Node {
  if (among(node.type, 'list|missing')) throw wrongShape('', 'an expression')
  return node
}

/** The schema an expression is checked against. */
export function sourceSchema(options: ExpressionOptions): ExpressionSchema {
  if ('schema' in options) return options.schema
  if ('fields' in options) return schemaOfFields(options.fields)
  return schemaOf(options.object, options.objects)
}
