import type { Operand, Predicate, RowValue } from '../store/predicate.ts'
import type { Term } from '../store/term.ts'

/** The parameters of one statement, in order. The first is the tenant. */
export class Params {
  readonly values: unknown[]

  constructor(tenant: string) {
    this.values = [tenant]
  }

  add(value: unknown): number {
    return this.values.push(value) - 1
  }
}

/** AND of what is there. */
export function allOf(parts: readonly (Predicate | undefined)[]): Predicate | undefined {
  const of = parts.filter((part) => part !== undefined)
  return of.length > 1 ? { op: 'and', of } : of[0]
}

/** Text that is equal for predicates with the same SQL, whatever their parameters hold. */
export function shapeOf(predicate: Predicate | undefined): string {
  if (!predicate) return ''
  return shapes.get(predicate) ?? newShape(predicate)
}

const shapes = new WeakMap<Predicate, string>()

/** A condition that will be asked again: its shape is worked out once. */
export function remembered(predicate: Predicate): Predicate {
  shapes.set(predicate, newShape(predicate))
  return predicate
}

function newShape(predicate: Predicate): string {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return `${predicate.op}(${predicate.of.map(shapeOf).join(',')})`
    case 'not':
      return `not(${shapeOf(predicate.of)})`
    case 'exists':
      return `exists(${predicate.table}.${predicate.key},${shapeOf(predicate.where)})`
    case 'token':
      return `token(${predicate.object},${predicate.from},${predicate.to},${predicate.fields})`
    case 'term':
      return termShape(predicate.term)
    case 'isNull':
      return `null(${operandShape(predicate.operand)})`
    default:
      return `${predicate.op}(${operandShape(predicate.operand)},${predicate.param})`
  }
}

/** Text that is equal for values with the same SQL. */
export function valuesShape(values: readonly RowValue[]): string {
  return values.map((value) => `,${'term' in value ? termShape(value.term) : operandShape(value)}`).join('')
}

/** Text that is equal for the same operand. */
export function operandShape(operand: Operand): string {
  return 'column' in operand ? operand.column : `ext.${operand.ext}:${operand.type}`
}

function termShape(term: Term): string {
  switch (term.op) {
    case 'param':
      return `${term.nullable ? '?' : '#'}${term.param}:${term.type}`
    case 'list':
      return `[${term.param}:${term.type}]`
    case 'read':
      return operandShape(term.operand)
    case 'call':
      return `${term.name}${term.by ?? ''}(${term.of.map(termShape).join(',')})`
    case 'related':
      return `of(${term.table},${termShape(term.key)},${shapeOf(term.where)},${termShape(term.of)})`
    case 'each': {
      const by = typeof term.by === 'string' ? term.by : `links ${term.by.links}`
      const parts = [term.test, term.value].map((part) => (part ? termShape(part) : ''))
      return `${term.fn}(${term.table}.${by},${termShape(term.id)},${shapeOf(term.where)},${parts.join(',')})`
    }
    case 'holds':
      return shapeOf(term.predicate)
  }
}
