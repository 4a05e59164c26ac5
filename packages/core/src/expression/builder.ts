import type { Logic } from './logic.ts'

type Value = string | number | boolean | Logic | Operand

const isOperand = (value: unknown): value is Operand => typeof value === 'object' && value !== null && 'logic' in value
const plain = (value: unknown): unknown => (isOperand(value) ? value.logic : value)

/** Something an expression computes with. */
export interface Operand {
  readonly logic: Logic
  is(value: Value): Logic
  isNot(value: Value): Logic
  isNull(): Logic
  isFilled(): Logic
  lt(value: Value): Logic
  lte(value: Value): Logic
  gt(value: Value): Logic
  gte(value: Value): Logic
  between(from: Value, to: Value): Logic
  in(values: readonly (string | number)[] | Logic): Logic
  contains(part: Value): Logic
  startsWith(part: string): Logic
  endsWith(part: string): Logic
  icontains(part: Value): Logic
  hasAny(values: readonly string[]): Logic
  hasAll(values: readonly string[]): Logic
  hasNone(values: readonly string[]): Logic
  plus(value: Value): Operand
  minus(value: Value): Operand
  times(value: Value): Operand
  dividedBy(value: Value): Operand
  orElse(value: Value): Operand
  inCurrency(currency: string): Operand
}

/** Any path over the fields of `T`: its own, those of admins, those of related records. */
type Path<T> = (keyof T & string) | `${string}.${string}`

/** Wraps an expression, so that conditions on it read from left to right. */
export function operand(logic: Logic): Operand {
  const two = (name: keyof Logic) => (value: unknown) => ({ [name]: [logic, plain(value)] }) as Logic
  const computed = (name: keyof Logic) => (value: unknown) => operand(two(name)(value))
  return {
    logic,
    is: two('==='),
    isNot: two('!=='),
    isNull: () => two('===')(null),
    isFilled: () => ({ '!!': [logic] }),
    lt: two('<'),
    lte: two('<='),
    gt: two('>'),
    gte: two('>='),
    between: (from, to) => ({ '<=': [plain(from), logic, plain(to)] }),
    in: two('in'),
    contains: two('contains'),
    startsWith: two('startsWith'),
    endsWith: two('endsWith'),
    icontains: two('icontains'),
    hasAny: two('hasAny'),
    hasAll: two('hasAll'),
    hasNone: two('hasNone'),
    plus: computed('+'),
    minus: computed('-'),
    times: computed('*'),
    dividedBy: computed('/'),
    orElse: computed('??'),
    inCurrency: computed('inCurrency'),
  }
}

/** The typed way to write expressions in code; each function gives plain data. `T` is the record the expression is about. */
export interface ExpressionBuilder<T> {
  field(path: Path<T>): Operand
  and(...conditions: readonly Logic[]): Logic
  or(...conditions: readonly Logic[]): Logic
  not(condition: Logic): Logic
  some<C = Record<string, unknown>>(children: Path<T>, condition: (child: ExpressionBuilder<C>) => Logic): Logic
  none<C = Record<string, unknown>>(children: Path<T>, condition: (child: ExpressionBuilder<C>) => Logic): Logic
  all<C = Record<string, unknown>>(children: Path<T>, condition: (child: ExpressionBuilder<C>) => Logic): Logic
  count<C = Record<string, unknown>>(children: Path<T>, condition?: (child: ExpressionBuilder<C>) => Logic): Operand
  sum<C = Record<string, unknown>>(children: Path<T>, value: (child: ExpressionBuilder<C>) => Operand): Operand
  /** Minor units and a currency. */
  money(minor: number, currency: string): Logic
  now(): Logic
  today(): Logic
  /** ISO 8601: `P30D`, `PT4H`, `P1M`. */
  ago(duration: string): Logic
  fromNow(duration: string): Logic
  /** When this period began; 1 = the next one, -1 = the last. */
  startOf(period: 'day' | 'week' | 'month' | 'quarter' | 'year', later?: number): Logic
  /** Who asks. */
  actor(what: 'id' | 'personId' | 'teamIds' | 'roles'): Logic
}

const builder: ExpressionBuilder<Record<string, unknown>> = {
  field: (path) => operand({ var: path }),
  and: (...conditions) => ({ and: conditions }),
  or: (...conditions) => ({ or: conditions }),
  not: (condition) => ({ '!': [condition] }),
  some: (children, condition) => ({ some: [{ var: children }, condition(expression())] }),
  none: (children, condition) => ({ none: [{ var: children }, condition(expression())] }),
  all: (children, condition) => ({ all: [{ var: children }, condition(expression())] }),
  count: (children, condition) => operand({ count: [{ var: children }, ...(condition ? [condition(expression())] : [])] }),
  sum: (children, value) => operand({ sum: [{ var: children }, value(expression()).logic] }),
  money: (minor, currency) => ({ money: [minor, currency] }),
  now: () => ({ now: [] }),
  today: () => ({ today: [] }),
  ago: (duration) => ({ ago: duration }),
  fromNow: (duration) => ({ fromNow: duration }),
  startOf: (period, later = 0) => ({ startOf: [period, later] }),
  actor: (what) => ({ var: `$.actor.${what}` }),
}

/** A builder for expressions about records of type `T`. */
export function expression<T = Record<string, unknown>>(): ExpressionBuilder<T> {
  return builder as unknown as ExpressionBuilder<T>
}
