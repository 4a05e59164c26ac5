import { fieldOf, isBlank } from '../client/record.ts'
import type { FieldKind, FieldView, ObjectView, RecordValues } from '../client/types.ts'
import { allOf, within } from './all-of.ts'
import { isPeriod, type Period, periodRange } from './period.ts'

/** How a field is compared: the server's operators, and those that are words for several of them. */
export type Comparison =
  | 'in'
  | 'notIn'
  | 'eq'
  | 'contains'
  | 'startsWith'
  | 'gte'
  | 'lte'
  | 'between'
  | 'period'
  | 'hasAny'
  | 'hasAll'
  | 'hasNone'
  | 'empty'
  | 'filled'
  /** Not about one field: the value is an expression of its own. */
  | 'where'

/** One condition of a list, as a view keeps it. */
export interface Condition {
  readonly field: string
  readonly is: Comparison
  /** A list for `in`, `notIn`, `has…`; a pair for `between`; a {@link Period} for `period`; nothing for `empty` and `filled`. */
  readonly value?: unknown
  /** What chosen records are called, by id. */
  readonly names?: Readonly<Record<string, string>>
}

/** The reader, in a condition on people: a shared view means whoever looks at it. */
export const ME = '@me'

/** Who asks, and when: what conditions in words depend on. */
export interface Asking {
  readonly now: number
  readonly me: string | null
}

const text: readonly Comparison[] = ['contains', 'startsWith', 'eq', 'empty', 'filled']
const figures: readonly Comparison[] = ['gte', 'lte', 'between', 'eq', 'empty', 'filled']
const times: readonly Comparison[] = ['period', 'gte', 'lte', 'between', 'empty', 'filled']
const choices: readonly Comparison[] = ['in', 'notIn', 'empty', 'filled']
const lists: readonly Comparison[] = ['hasAny', 'hasAll', 'hasNone']

const comparisons: Partial<Record<FieldKind, readonly Comparison[]>> = {
  text,
  longText: ['contains', 'empty', 'filled'],
  phone: text,
  email: text,
  url: ['contains', 'startsWith', 'empty', 'filled'],
  integer: figures,
  number: figures,
  decimal: figures,
  money: ['gte', 'lte', 'between', 'empty', 'filled'],
  boolean: ['eq', 'empty', 'filled'],
  date: times,
  instant: times,
  choice: choices,
  user: choices,
  reference: choices,
  multiChoice: lists,
  links: lists,
}

const needs: Readonly<Record<Comparison, readonly string[]>> = {
  where: [],
  in: ['in'],
  notIn: ['in'],
  eq: ['eq'],
  contains: ['contains'],
  startsWith: ['startsWith'],
  gte: ['gte'],
  lte: ['lte'],
  between: ['gte', 'lte'],
  period: ['gte', 'lte'],
  hasAny: ['hasAny'],
  hasAll: ['hasAll'],
  hasNone: ['hasNone'],
  empty: ['isNull'],
  filled: ['isNull'],
}

/** How a field may be compared, the usual way first; empty for fields that nothing can be asked of. */
export function comparisonsOf(field: FieldView): readonly Comparison[] {
  const known = comparisons[field.kind] ?? []
  const { operators } = field
  return operators ? known.filter((one) => needs[one].every((operator) => operators.includes(operator))) : known
}

/** Does the condition say what to compare with? */
export function isComplete({ is, value }: Condition): boolean {
  if (is === 'empty' || is === 'filled') return true
  if (is === 'between') return Array.isArray(value) && value.length === 2 && value.every((one) => !isBlank(one))
  return !isBlank(value)
}

/** Can the field still be asked that? A view may be older than the definition. */
export function isAnswerable(object: ObjectView, { field, is }: Condition): boolean {
  if (is === 'where') return true
  const found = fieldOf(object, field)
  return found !== undefined && comparisonsOf(found).includes(is)
}

/** The conditions as the server takes them, beside the host's own. One that cannot be asked any more matches nothing: dropping it would show too much. */
export function whereOf(object: ObjectView, conditions: readonly Condition[], own: RecordValues | null, asking: Asking): RecordValues {
  const parts = conditions.flatMap((condition) => {
    if (condition.is === 'where') return [condition.value as RecordValues]
    const field = fieldOf(object, condition.field)
    if (!field || !isAnswerable(object, condition)) return [{ or: [] }]
    return isComplete(condition) ? [lower(field, condition, asking)] : []
  })
  return within(own, allOf(parts))
}

function lower({ name, kind }: FieldView, { is, value }: Condition, asking: Asking): RecordValues {
  const one = (operand: unknown): RecordValues => ({ [name]: operand })
  switch (is) {
    case 'empty':
      return one({ isNull: true })
    case 'filled':
      return one({ isNull: false })
    case 'in':
      return one({ in: named(value, asking) })
    case 'notIn':
      return { not: one({ in: named(value, asking) }) }
    case 'between': {
      const [from, to] = value as readonly unknown[]
      return one({ gte: from, lte: to })
    }
    case 'period':
      return one(isPeriod(value) ? periodRange(value as Period, kind === 'instant', asking.now) : {})
    default:
      return one({ [is]: value })
  }
}

/** Values with the reader in the place of {@link ME}. */
function named(value: unknown, { me }: Asking): readonly unknown[] {
  const values = Array.isArray(value) ? value : [value]
  return values.map((one) => (one === ME ? (me ?? ME) : one))
}

/** The conditions with one value of a field more or less; a condition without values goes. */
export function toggled(conditions: readonly Condition[], field: FieldView, value: string): readonly Condition[] {
  const is = field.kind === 'multiChoice' ? 'hasAny' : 'in'
  const found = conditions.find((condition) => condition.field === field.name)
  const values = Array.isArray(found?.value) ? (found.value as readonly string[]) : []
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
  const changed: Condition = { ...found, field: field.name, is: found?.is ?? is, value: next }
  const all = found ? conditions.map((condition) => (condition === found ? changed : condition)) : [...conditions, changed]
  return all.filter(isComplete)
}
