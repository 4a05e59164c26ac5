import type { Operand, Predicate } from '@guanxi/core/store'

/** A record as the reference knows it: fields of `ext` beside the columns, and the rows that belong to it. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly note: string | null
  readonly amount: number | null
  readonly score: number | null
  readonly hot: boolean | null
  readonly tags: string[] | null
  readonly f_text: string | null
  readonly f_int: number | null
  readonly f_real: number | null
  readonly f_bool: boolean | null
  readonly f_list: string[] | null
  keys: { readonly kind: string; readonly value: string }[]
  readonly tokens: readonly { readonly token: string; readonly field: string }[]
}

/** A predicate with its values inside. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'isNull'; readonly field: string }
  | { readonly op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'; readonly field: string; readonly value: unknown }
  | { readonly op: 'in'; readonly field: string; readonly value: readonly unknown[] }
  | { readonly op: 'contains' | 'startsWith'; readonly field: string; readonly value: string }
  | { readonly op: 'hasAny' | 'hasAll'; readonly field: string; readonly value: readonly string[] }
  | { readonly op: 'key'; readonly kind: string | null; readonly value: string }
  | { readonly op: 'token'; readonly from: string; readonly to: string; readonly fields: readonly string[] }

const operands: Readonly<Record<string, Operand>> = {
  name: { column: 'name', nullable: false },
  note: { column: 'note', nullable: true },
  amount: { column: 'amount', nullable: true },
  score: { column: 'score', nullable: true },
  hot: { column: 'hot', nullable: true },
  tags: { column: 'tags', nullable: true },
  f_text: { ext: 'f_text', type: 'text', nullable: true },
  f_int: { ext: 'f_int', type: 'integer', nullable: true },
  f_real: { ext: 'f_real', type: 'real', nullable: true },
  f_bool: { ext: 'f_bool', type: 'boolean', nullable: true },
  f_list: { ext: 'f_list', type: 'json', nullable: true },
}

export function operandOf(field: string): Operand {
  const operand = operands[field]
  if (!operand) throw new Error(`No such field: ${field}`)
  return operand
}

/** The port's form: values go into a list, places into the predicate. The tenant comes first. */
export function lower(condition: Condition): { predicate: Predicate; params: unknown[] } {
  const params: unknown[] = []
  const place = (value: unknown): number => params.push(value)
  return { predicate: lowered(condition, place), params }
}

function lowered(condition: Condition, place: (value: unknown) => number): Predicate {
  switch (condition.op) {
    case 'and':
    case 'or':
      return { op: condition.op, of: condition.of.map((part) => lowered(part, place)) }
    case 'not':
      return { op: 'not', of: lowered(condition.of, place) }
    case 'isNull':
      return { op: 'isNull', operand: operandOf(condition.field) }
    case 'key':
      return { op: 'exists', table: 'lead_key', key: 'lead_id', where: keyPredicate(condition, place) }
    case 'token':
      return { op: 'token', object: place('lead'), from: place(condition.from), to: place(condition.to), fields: place(condition.fields) }
    default:
      return { op: condition.op, operand: operandOf(condition.field), param: place(condition.value) }
  }
}

function keyPredicate({ kind, value }: Extract<Condition, { op: 'key' }>, place: (value: unknown) => number): Predicate {
  const hasValue: Predicate = { op: 'lte', operand: { column: 'value', nullable: false }, param: place(value) }
  if (kind === null) return hasValue
  return { op: 'and', of: [hasValue, { op: 'eq', operand: { column: 'kind', nullable: false }, param: place(kind) }] }
}

/** The reference: what a condition means, in plain JavaScript. */
export function holds(condition: Condition, row: Row): boolean {
  switch (condition.op) {
    case 'and':
      return condition.of.every((part) => holds(part, row))
    case 'or':
      return condition.of.some((part) => holds(part, row))
    case 'not':
      return !holds(condition.of, row)
    case 'key':
      return row.keys.some((key) => compare(key.value, condition.value) <= 0 && (condition.kind ?? key.kind) === key.kind)
    case 'token':
      return row.tokens.some(
        ({ token, field }) => compare(token, condition.from) >= 0 && compare(token, condition.to) < 0 && condition.fields.includes(field),
      )
    default:
      return leafHolds(condition, row[condition.field as keyof Row])
  }
}

function leafHolds(leaf: Extract<Condition, { field: string }>, value: unknown): boolean {
  if (leaf.op === 'isNull') return value === null
  if (leaf.op === 'ne') return value === null || value !== leaf.value
  if (value === null) return false
  switch (leaf.op) {
    case 'eq':
      return value === leaf.value
    case 'lt':
      return compare(value, leaf.value) < 0
    case 'lte':
      return compare(value, leaf.value) <= 0
    case 'gt':
      return compare(value, leaf.value) > 0
    case 'gte':
      return compare(value, leaf.value) >= 0
    case 'in':
      return leaf.value.includes(value)
    case 'contains':
      return String(value).includes(leaf.value)
    case 'startsWith':
      return String(value).startsWith(leaf.value)
    case 'hasAny':
      return leaf.value.some((wanted) => (value as string[]).includes(wanted))
    case 'hasAll':
      return leaf.value.every((wanted) => (value as string[]).includes(wanted))
  }
}

/** Texts compare by code point, which is not what `<` does in JavaScript. */
export function compare(left: unknown, right: unknown): number {
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right)
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}
