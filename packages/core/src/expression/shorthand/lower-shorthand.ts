import { expressionLimits } from '../check/checker.ts'
import { ExpressionError, overLimit, pointerStep, wrongShape, wrongType } from '../expression-error.ts'
import type { ExpressionField, ExpressionSchema } from '../schema.ts'

/** An expression made from the short form, and where in the short form each of its parts stood. */
export interface Lowered {
  readonly logic: unknown
  readonly origins: ReadonlyMap<object, string>
}

type Condition = (field: Target, value: unknown, path: string) => unknown

/** A field of the short form: its path, and what is known of it. */
interface Target {
  readonly name: string
  readonly field: ExpressionField
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The short form (`{ stage: 'new', amount: { gte: … }, 'customer.level': 'A', or: [{…}, {…}] }`) as an expression. Where a key is no field
 * but an operator of expressions, that part is taken as it is.
 */
export function lowerShorthand(where: unknown, schema: ExpressionSchema, isOperator: (name: string) => boolean): Lowered {
  const origins = new Map<object, string>()

  const at = <T extends object>(path: string, logic: T): T => {
    origins.set(logic, path)
    return logic
  }

  const group = (part: unknown, from: ExpressionSchema, path: string, depth: number): unknown => {
    if (!isPlain(part)) throw wrongShape(path, 'an object of conditions')
    if (depth > expressionLimits.depth) throw overLimit(path, 'depth', expressionLimits.depth)
    const keys = Object.keys(part)
    const [first] = keys
    if (first !== undefined && keys.length === 1 && isLogic(first, part[first], from)) return part
    const parts = keys.map((key) => entry(key, part[key], from, path + pointerStep(key), depth))
    return parts.length === 1 ? parts[0] : at(path, { and: parts })
  }

  /** `and` and `or` look the same in both forms, and their parts say which they are. */
  const isLogic = (key: string, value: unknown, from: ExpressionSchema): boolean =>
    key !== 'and' && key !== 'or' && key !== 'not' && from.field(key) === undefined && isOperator(key) && value !== undefined

  const entry = (key: string, value: unknown, from: ExpressionSchema, path: string, depth: number): unknown => {
    if (key === 'not') return at(path, { '!': [group(value, from, path, depth + 1)] })
    if (key === 'and' || key === 'or') {
      if (!Array.isArray(value)) throw wrongShape(path, 'a list')
      return at(path, { [key]: value.map((part, index) => group(part, from, path + pointerStep(index), depth + 1)) })
    }
    return conditions({ name: key, field: fieldAt(from, key, path) }, value, path, depth)
  }

  const conditions = (target: Target, value: unknown, path: string, depth: number): unknown => {
    if (!isPlain(value) || !isConditions(value)) return plain(target, value, path)
    const keys = Object.keys(value)
    if (keys.length === 0) throw wrongShape(path, 'a condition')
    const parts = keys.map((key) => {
      const here = path + pointerStep(key)
      if (Object.hasOwn(overRows, key)) return rows(target, key, value[key], here, depth)
      return (comparisons[key] as Condition)(target, value[key], here)
    })
    return parts.length === 1 ? parts[0] : at(path, { and: parts })
  }

  const plain = (target: Target, value: unknown, path: string): unknown =>
    Array.isArray(value) ? comparisons.in?.(target, value, path) : comparisons.eq?.(target, value, path)

  /** Conditions on child records are in the short form, too. */
  const rows = ({ name, field }: Target, key: string, value: unknown, path: string, depth: number): unknown => {
    const inside = field.leadsTo?.()
    if (!inside && (field.type.is === 'set' || field.type.is === 'ids')) throw new ExpressionError('RULE_FIELD', path, { field: name })
    if (!inside || (field.type.is !== 'set' && field.type.is !== 'ids')) {
      throw wrongType(path, 'child records', field.type)
    }
    return at(path, { [key]: [variable(name, path), group(value, inside, path, depth + 1)] })
  }

  const variable = (name: string, path: string): object => at(path, { var: name })

  const two =
    (op: string): Condition =>
    (target, value, path) =>
      at(path, { [op]: [variable(target.name, path), literal(target, value, path)] })

  const denied =
    (op: string): Condition =>
    (target, value, path) =>
      at(path, { '!': [two(op)(target, value, path)] })

  const listed =
    (op: string): Condition =>
    (target, value, path) => {
      if (!Array.isArray(value)) throw wrongShape(path, 'a list')
      return at(path, { [op]: [variable(target.name, path), value.map((item) => identity(item))] })
    }

  const nullTest: Condition = (target, value, path) => {
    if (typeof value !== 'boolean') throw wrongShape(path, 'true or false')
    return at(path, { [value ? '===' : '!==']: [variable(target.name, path), null] })
  }

  const between: Condition = (target, value, path) => {
    if (!Array.isArray(value) || value.length !== 2) throw wrongShape(path, 'a list of two')
    return at(path, { '<=': [literal(target, value[0], path), variable(target.name, path), literal(target, value[1], path)] })
  }

  const part =
    (op: string): Condition =>
    (target, value, path) => {
      if (value === '') throw wrongShape(path, 'text')
      return two(op)(target, value, path)
    }

  /** Amounts are written with their currency, pointers with their object; an expression may stand for a value. */
  const literal = ({ field }: Target, value: unknown, path: string): unknown => {
    if (!isPlain(value)) {
      if (Array.isArray(value)) throw wrongShape(path, 'a single value')
      return value
    }
    const keys = Object.keys(value)
    if (field.type.is === 'money' && keys.length === 2 && 'minor' in value && 'currency' in value) {
      return at(path, { money: [value.minor, value.currency] })
    }
    if (keys.length === 1 && isOperator(keys[0] ?? '')) return value
    return identity(value)
  }

  const comparisons: Readonly<Record<string, Condition>> = {
    eq: two('==='),
    ne: two('!=='),
    lt: two('<'),
    lte: two('<='),
    gt: two('>'),
    gte: two('>='),
    between,
    in: listed('in'),
    notIn: (target, value, path) => at(path, { '!': [listed('in')(target, value, path)] }),
    contains: part('contains'),
    notContains: denied('contains'),
    startsWith: part('startsWith'),
    endsWith: part('endsWith'),
    icontains: part('icontains'),
    istartsWith: part('istartsWith'),
    iequals: two('iequals'),
    isNull: nullTest,
    hasAny: listed('hasAny'),
    hasAll: listed('hasAll'),
    hasNone: listed('hasNone'),
  }

  return { logic: group(where, schema, '', 0), origins }
}

const overRows = { some: true, none: true, all: true } as const

const operatorNames = new Set([
  ...Object.keys(overRows),
  ...['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'in', 'notIn', 'contains', 'notContains', 'startsWith', 'endsWith'],
  ...['icontains', 'istartsWith', 'iequals', 'isNull', 'hasAny', 'hasAll', 'hasNone'],
])

/** An object is a set of conditions when all its keys are their names; otherwise it is a value, such as an amount. */
const isConditions = (value: Record<string, unknown>): boolean => Object.keys(value).every((key) => operatorNames.has(key))

/** A pointer to a record of any object is compared by its id. */
const identity = (value: unknown): unknown => {
  if (!isPlain(value)) return value
  const { object, id } = value
  return typeof object === 'string' && typeof id === 'string' && Object.keys(value).length === 2 ? id : value
}

/** The field a path leads to. */
function fieldAt(schema: ExpressionSchema, name: string, path: string): ExpressionField {
  const own = schema.field(name)
  if (own) return own
  const unknown = new ExpressionError('RULE_FIELD', path, { field: name.slice(0, 100) })
  const dot = name.indexOf('.', name.startsWith('custom.') ? 'custom.'.length : 0)
  if (dot < 0) throw unknown
  const next = schema.field(name.slice(0, dot))?.leadsTo?.()
  if (!next) throw unknown
  return fieldAt(next, name.slice(dot + 1), path)
}
