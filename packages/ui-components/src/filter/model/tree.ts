import type { Comparison } from './comparisons.ts'

/** How the parts of a group belong together. */
export type Match = 'all' | 'any' | 'none' | 'notAll'

/** Parts that belong together. */
export interface Group {
  readonly is: 'group'
  readonly id: number
  readonly match: Match
  readonly parts: readonly Part[]
}

/** One comparison of a field, or of a figure over child records. */
export interface Condition {
  readonly is: 'condition'
  readonly id: number
  readonly subject: Subject
  readonly comparison: Comparison
  readonly value: Operand
}

/** Child records of which some, none or all satisfy something. An empty group asks only whether there are any. */
export interface Rows {
  readonly is: 'rows'
  readonly id: number
  readonly quantifier: 'some' | 'none' | 'all'
  readonly path: string
  readonly where: Group
}

/** A part that cannot be shown: kept as it came. */
export interface Kept {
  readonly is: 'kept'
  readonly id: number
  readonly logic: unknown
}

/** A piece of a condition as the builder shows it. */
export type Part = Group | Condition | Rows | Kept

/** What is looked at: a field by its path, or a figure over child records. */
export type Subject = FieldSubject | FigureSubject

export interface FieldSubject {
  readonly is: 'field'
  readonly path: string
}

export interface FigureSubject {
  readonly is: 'figure'
  readonly fn: 'count' | 'sum' | 'minOf' | 'maxOf'
  /** The children, or links. */
  readonly path: string
  /** Field of a child, for all but `count`. */
  readonly of: string | null
  /** Amounts are summed within one currency. */
  readonly currency: string | null
  /** Which of the children; empty = all of them. */
  readonly where: Group
}

/** What something is compared with. */
export type Operand =
  | { readonly is: 'nothing' }
  /** Text, number, yes/no, date, instant in ms, `{ minor, currency }`; null = not entered yet. */
  | { readonly is: 'constant'; readonly value: unknown }
  | { readonly is: 'list'; readonly values: readonly string[] }
  | { readonly is: 'field'; readonly path: string }
  | Moment
  | { readonly is: 'length'; readonly length: Length }
  | { readonly is: 'period'; readonly period: Period; readonly later: number }
  | { readonly is: 'pair'; readonly from: Operand; readonly to: Operand }

/** A point in time that moves with the clock. */
export type Moment =
  | { readonly is: 'now' }
  | { readonly is: 'ago' | 'fromNow'; readonly length: Length }
  | { readonly is: 'startOf'; readonly period: Period; readonly later: number }

/** Calendar periods. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A length of time in one unit; a null count is not entered yet. */
export interface Length {
  readonly count: number | null
  readonly unit: 'H' | 'D' | 'W' | 'M' | 'Y'
}

/** Numbers the parts of one tree. */
export interface Ids {
  next(): number
}

export function createIds(): Ids {
  let last = 0
  return {
    next() {
      last += 1
      return last
    },
  }
}

export const nothing: Operand = { is: 'nothing' }

export const groupOf = (ids: Ids, match: Match = 'all', parts: readonly Part[] = []): Group => ({
  is: 'group',
  id: ids.next(),
  match,
  parts,
})

/** The groups of a part that lie one level down. */
export function innerGroup(part: Part): Group | null {
  if (part.is === 'group') return part
  if (part.is === 'rows') return part.where
  return part.is === 'condition' && part.subject.is === 'figure' ? part.subject.where : null
}
