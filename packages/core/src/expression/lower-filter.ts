import { crmError } from '../error/crm-error.ts'
import { type FilterOperator, type KindContext, KindRefusal } from '../kind/kind.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import type { Predicate } from '../store/predicate.ts'
import { columnOperand, fieldOperand } from './operand.ts'
import { allOf, type Params } from './shape.ts'

/** Bounds of a filter; beyond them it is refused. */
export const filterLimits = { depth: 8, nodes: 200, list: 1_000, text: 1_000 } as const

const groups = new Set(['and', 'or', 'not'])

/** Lowers the simple form of a filter to a predicate; every unknown or ill-typed part is an error with its path. */
export function lowerFilter(where: unknown, definition: ObjectDefinition, params: Params, context: KindContext): Predicate | undefined {
  const budget = { nodes: 0 }
  return lowerGroup(where, '', 0)

  function lowerGroup(part: unknown, path: string, depth: number): Predicate | undefined {
    if (!isPlainObject(part)) throw invalid('it must be an object', path)
    if (depth > filterLimits.depth) throw limit('filter depth', filterLimits.depth, path)
    return allOf(Object.keys(part).map((key) => lowerEntry(key, part[key], `${path}/${pointer(key)}`, depth)))
  }

  function lowerEntry(key: string, value: unknown, path: string, depth: number): Predicate | undefined {
    if (++budget.nodes > filterLimits.nodes) throw limit('filter nodes', filterLimits.nodes, path)
    if (groups.has(key)) return lowerLogic(key as 'and' | 'or' | 'not', value, path, depth)
    const field = definition.field.get(key)
    if (!field) throw crmError('FIELD_UNKNOWN', { field: key }, { path })
    return lowerField(field, value, path)
  }

  function lowerLogic(op: 'and' | 'or' | 'not', value: unknown, path: string, depth: number): Predicate | undefined {
    if (op === 'not') {
      const of = lowerGroup(value, path, depth + 1)
      return { op: 'not', of: of ?? { op: 'and', of: [] } }
    }
    if (!Array.isArray(value)) throw invalid(`“${op}” must be a list`, path)
    return { op, of: value.map((part, index) => lowerGroup(part, `${path}/${index}`, depth + 1) ?? { op: 'and', of: [] }) }
  }

  function lowerField(field: FieldDefinition, value: unknown, path: string): Predicate | undefined {
    if (value === null) return { op: 'isNull', operand: fieldOperand(field) }
    if (!isConditions(value)) return lowerCondition(field, Array.isArray(value) ? 'in' : 'eq', value, path)
    const keys = Object.keys(value)
    if (keys.length === 0) throw invalid('a condition is empty', path)
    return allOf(
      keys.map((key) => {
        if (++budget.nodes > filterLimits.nodes) throw limit('filter nodes', filterLimits.nodes, path)
        return lowerCondition(field, key as FilterOperator, value[key], `${path}/${pointer(key)}`)
      }),
    )
  }

  function lowerCondition(field: FieldDefinition, op: FilterOperator, value: unknown, path: string): Predicate {
    const kind = kindOf(field.kind)
    if (!kind.operators.includes(op)) throw invalid(`“${field.name}” (${field.kind}) does not know “${op}”`, path)
    if (op === 'isNull') return nullCheck(field, value, path)
    if (value === null) {
      if (op === 'eq') return { op: 'isNull', operand: fieldOperand(field) }
      if (op === 'ne') return { op: 'not', of: { op: 'isNull', operand: fieldOperand(field) } }
      throw invalid(`“${op}” does not take null`, path)
    }
    if (op === 'hasAny' || op === 'hasAll' || op === 'hasNone') return lowerList(field, op, value, path)
    if (op === 'in') {
      const list = values(field, value, path)
      return { op: 'in', operand: fieldOperand(field), param: params.add(list) }
    }
    if (field.kind === 'money') return lowerMoney(field, op as MoneyOperator, value, path)
    if (field.kind === 'anyReference') return lowerAnyReference(field, op, value, path)
    const operand = fieldOperand(field)
    return { op: op as 'eq', operand, param: params.add(operandValue(field, value, path, op)) }
  }

  function nullCheck(field: FieldDefinition, value: unknown, path: string): Predicate {
    if (typeof value !== 'boolean') throw invalid('“isNull” takes true or false', path)
    const isNull: Predicate = { op: 'isNull', operand: fieldOperand(field) }
    return value ? isNull : { op: 'not', of: isNull }
  }

  /** Amounts compare only within one currency. */
  function lowerMoney(field: FieldDefinition, op: MoneyOperator, value: unknown, path: string): Predicate {
    const minor = operandValue(field, value, path)
    const currency = (value as { currency: string }).currency
    const same: Predicate = { op: 'eq', operand: columnOperand(field, 1), param: params.add(currency) }
    if (op === 'ne')
      return { op: 'not', of: { op: 'and', of: [same, { op: 'eq', operand: fieldOperand(field), param: params.add(minor) }] } }
    return { op: 'and', of: [same, { op, operand: fieldOperand(field), param: params.add(minor) }] }
  }

  function lowerAnyReference(field: FieldDefinition, op: FilterOperator, value: unknown, path: string): Predicate {
    const id = operandValue(field, value, path)
    const object = (value as { object: string }).object
    const both: Predicate = {
      op: 'and',
      of: [
        { op: 'eq', operand: columnOperand(field, 1), param: params.add(object) },
        { op: 'eq', operand: fieldOperand(field), param: params.add(id) },
      ],
    }
    return op === 'ne' ? { op: 'not', of: both } : both
  }

  function lowerList(field: FieldDefinition, op: 'hasAny' | 'hasAll' | 'hasNone', value: unknown, path: string): Predicate {
    const list = values(field, value, path)
    if (field.storage.at !== 'links') {
      const any: Predicate = { op: op === 'hasAll' ? 'hasAll' : 'hasAny', operand: fieldOperand(field), param: params.add(list) }
      return op === 'hasNone' ? { op: 'not', of: any } : any
    }
    const table = field.storage.table.name
    const to = { column: 'to_id', nullable: false } as const
    const linked = (where: Predicate): Predicate => ({ op: 'exists', table, key: 'from_id', where })
    if (op === 'hasAll') return { op: 'and', of: list.map((id) => linked({ op: 'eq', operand: to, param: params.add(id) })) }
    const any = linked({ op: 'in', operand: to, param: params.add(list) })
    return op === 'hasNone' ? { op: 'not', of: any } : any
  }

  function values(field: FieldDefinition, value: unknown, path: string): unknown[] {
    if (!Array.isArray(value)) throw invalid('a list is expected', path)
    if (value.length > filterLimits.list) throw limit('list items', filterLimits.list, path)
    return value.map((item, index) => operandValue(field, item, `${path}/${index}`))
  }

  function operandValue(field: FieldDefinition, value: unknown, path: string, op?: FilterOperator): unknown {
    if (typeof value === 'string' && value.length > filterLimits.text) throw limit('characters', filterLimits.text, path)
    try {
      return kindOf(field.kind).operand(value, field, context, op)
    } catch (error) {
      if (error instanceof KindRefusal) throw invalid(`“${field.name}” (${field.kind}) cannot be compared with this value`, path)
      throw error
    }
  }
}

type MoneyOperator = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'

const operatorNames = new Set<string>([
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'contains',
  'startsWith',
  'isNull',
  'hasAny',
  'hasAll',
  'hasNone',
])

/** An object is a set of conditions when all its keys are operators; otherwise it is a value, such as an amount. */
function isConditions(value: unknown): value is Record<string, unknown> {
  if (!isPlainObject(value)) return false
  return Object.keys(value).every((key) => operatorNames.has(key))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const invalid = (reason: string, path: string): Error => crmError('FILTER_INVALID', { reason }, { path: `/where${path}` })

const limit = (what: string, max: number, path: string): Error =>
  crmError('LIMIT_EXCEEDED', { what, limit: max }, { path: `/where${path}` })

const pointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
