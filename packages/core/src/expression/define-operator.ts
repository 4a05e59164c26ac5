import type { Form } from './check/checker.ts'
import { ExpressionError, wrongShape, wrongType } from './expression-error.ts'
import { coreForms } from './form/table.ts'
import type { Operator, OperatorSql } from './operator/operator.ts'
import { isTextual, type Type, type TypeName } from './type.ts'

interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

type OperandType = Extract<TypeName, 'text' | 'int' | 'num' | 'bool' | 'instant' | 'date'>

/** An operator of a plugin: every column is needed, or it cannot be registered. */
export interface OperatorDefinition {
  /** Starts with the plugin's id and a point: `shop.vatOf`. */
  readonly name: string
  /** The types of its operands, in order. */
  readonly takes: readonly OperandType[]
  /** `bool` makes it a condition. */
  readonly gives: OperandType
  /** 1 = as cheap as a comparison. */
  readonly cost: number
  /** `{0}` and `{1}` are the operands. `denied` is said of a condition that does not hold. */
  readonly words: Words
  readonly denied?: Words
  /** The value in memory. It is not called with a null operand: a value is null then, a condition false. */
  readonly run: (...operands: never[]) => unknown
  /** The same in SQL, on each engine; operands are used once each, in their order. */
  readonly sql: { readonly sqlite: OperatorSql; readonly postgres: OperatorSql }
}

/** What a browser is told of an operator: enough to check, to write and to say a condition with it, not to evaluate it. */
export interface OperatorView {
  readonly name: string
  readonly takes: readonly OperandType[]
  readonly gives: OperandType
  readonly cost: number
  readonly words: Words
  /** For conditions only. */
  readonly denied: Words | null
}

/** What browsers are told. */
export const operatorView = ({ name, takes, gives, cost, words, denied }: OperatorDefinition): OperatorView => ({
  name,
  takes,
  gives,
  cost,
  words,
  denied: (gives === 'bool' && denied) || null,
})

/** What is wrong with an operator, in words; empty = it can be registered. */
export function operatorProblems(operator: OperatorDefinition): readonly string[] {
  const { name, takes, gives, cost, words, denied, run, sql } = operator
  const problems: string[] = []
  if (!/^[a-z][a-z0-9-]*\.[a-zA-Z][a-zA-Z0-9]*$/.test(name)) problems.push('its name is “<plugin>.<name>”')
  if (takes.length === 0) problems.push('it takes no operands')
  if (!(cost >= 0)) problems.push('it has no cost')
  if (typeof run !== 'function') problems.push('it does nothing in memory')
  if (!words?.en || !words['zh-CN']) problems.push('it has no words in both languages')
  if (gives === 'bool' && (!denied?.en || !denied['zh-CN'])) problems.push('it has no words for when it does not hold')
  const columns = gives === 'bool' ? ['holds', 'fails'] : ['value']
  for (const engine of ['sqlite', 'postgres'] as const) {
    for (const column of columns) {
      if (typeof (sql?.[engine] as Record<string, unknown> | undefined)?.[column] !== 'function')
        problems.push(`its SQL on ${engine} has no “${column}”`)
    }
  }
  return problems
}

type Known = OperatorView | OperatorDefinition

/**
 * Everything that can be written: the core's operators and those of plugins. With what the HTTP API tells of operators
 * ({@link OperatorView}) expressions can be checked and put into words; evaluating one of them throws OPERATOR_ELSEWHERE.
 */
export function formsWith(definitions: readonly Known[]): ReadonlyMap<string, Form> {
  if (definitions.length === 0) return coreForms
  return new Map([...coreForms, ...definitions.map((definition) => [definition.name, formOf(definition)] as const)])
}

function formOf(definition: Known): Form {
  const { takes, gives } = definition
  const op = operatorOf(definition)
  return (call) => {
    if (call.args.length !== takes.length) throw wrongShape(call.path, `${takes.length} operands`)
    const of = takes.map((type, index) => {
      const node = call.checker.fit(call.node(index), { is: 'literal', type: { is: type }, nullable: false, value: null, path: call.path })
      if (!isFitting(node.type, type)) throw wrongType(call.argPath(index), type, node.type)
      return node
    })
    return call.give(op, of, { is: gives }, gives !== 'bool' && of.some(({ nullable }) => nullable))
  }
}

const isFitting = (found: Type, wanted: OperandType): boolean =>
  found.is === wanted || (wanted === 'text' && isTextual(found) && found.is !== 'date') || (wanted === 'num' && found.is === 'int')

function operatorOf(definition: Known): Operator {
  const { name, cost, words, denied, gives } = definition
  const isCondition = gives === 'bool'
  const common = { name, cost, said: { words, ...(denied && { denied }) }, strict: isCondition }
  if (!('run' in definition)) return { ...common, run: () => elsewhere(name) }
  const compute = definition.run as (...operands: unknown[]) => unknown
  return {
    ...common,
    sql: definition.sql,
    run: (of) => (record, context) => {
      const operands = of.map((operand) => operand(record, context))
      if (operands.includes(null)) return isCondition ? false : null
      return isCondition ? compute(...operands) === true : (compute(...operands) ?? null)
    },
  }
}

const elsewhere = (op: string) => (): never => {
  throw new ExpressionError('OPERATOR_ELSEWHERE', '', { op })
}
