import type { FieldClass } from './fields.ts'

/** How something is compared in words that the builder has itself. */
export type OwnComparison =
  | 'is'
  | 'isNot'
  | 'less'
  | 'atMost'
  | 'more'
  | 'atLeast'
  | 'between'
  | 'oneOf'
  | 'noneOf'
  | 'contains'
  | 'notContains'
  | 'icontains'
  | 'startsWith'
  | 'endsWith'
  | 'hasAny'
  | 'hasAll'
  | 'hasNone'
  | 'anyValue'
  | 'noValue'
  | 'empty'
  | 'filled'
  | 'me'
  | 'notMe'
  | 'myTeams'
  | 'notMyTeams'
  | 'period'
  | 'last'
  | 'next'
  | 'olderThan'
  | 'furtherThan'

/** A condition that a plugin has added, by the name of its operator; with `!` before it, that it does not hold. */
export type PluginComparison = `${string}.${string}`

/** How something is compared, in words of people. */
export type Comparison = OwnComparison | PluginComparison

/** Is it an operator of a plugin? */
export const isOfPlugin = (comparison: Comparison): comparison is PluginComparison => comparison.includes('.')

/** What a comparison needs beside its subject. */
export type Needs = 'nothing' | 'value' | 'list' | 'pair' | 'length' | 'period'

const needs: Partial<Record<OwnComparison, Needs>> = {
  between: 'pair',
  oneOf: 'list',
  noneOf: 'list',
  hasAny: 'list',
  hasAll: 'list',
  hasNone: 'list',
  anyValue: 'nothing',
  noValue: 'nothing',
  empty: 'nothing',
  filled: 'nothing',
  me: 'nothing',
  notMe: 'nothing',
  myTeams: 'nothing',
  notMyTeams: 'nothing',
  period: 'period',
  last: 'length',
  next: 'length',
  olderThan: 'length',
  furtherThan: 'length',
}

export const needsOf = (comparison: OwnComparison): Needs => needs[comparison] ?? 'value'

const presence: readonly OwnComparison[] = ['empty', 'filled']
const orders: readonly OwnComparison[] = ['more', 'atLeast', 'less', 'atMost', 'between', 'is', 'isNot', ...presence]
const texts: readonly OwnComparison[] = [
  'contains',
  'notContains',
  'icontains',
  'is',
  'isNot',
  'startsWith',
  'endsWith',
  'oneOf',
  'noneOf',
  ...presence,
]
const times: readonly OwnComparison[] = [
  ...(['period', 'last', 'next', 'olderThan', 'furtherThan', 'less', 'atMost', 'more', 'atLeast', 'between'] as const),
  ...presence,
]
const chosen: readonly OwnComparison[] = ['oneOf', 'noneOf', 'is', 'isNot', ...presence]
const members: readonly OwnComparison[] = ['hasAny', 'hasAll', 'hasNone', 'anyValue', 'noValue']

const byClass: Readonly<Record<FieldClass, readonly OwnComparison[]>> = {
  text: texts,
  number: orders,
  money: orders,
  yesNo: ['is', 'isNot', ...presence],
  date: [...times.slice(0, 10), 'is', 'isNot', ...presence],
  instant: times,
  choice: chosen,
  codes: members,
  links: members,
  reference: chosen,
  person: ['me', 'notMe', ...chosen],
  team: ['myTeams', 'notMyTeams', ...texts],
  pointer: presence,
}

/** How a field of a class may be compared, the usual way first. */
export const comparisonsOf = (cls: FieldClass): readonly OwnComparison[] => byClass[cls]

/** How a count may be compared: it is never empty. */
export const figureComparisons = (fn: string, cls: FieldClass): readonly OwnComparison[] =>
  fn === 'count' || fn === 'sum' ? byClass[cls].filter((one) => !presence.includes(one)) : byClass[cls]

/** Does the comparison ask for an order, which empty values have none of? */
export const isOrdering = (comparison: Comparison): boolean =>
  /^(less|atMost|more|atLeast|between|period|last|next|olderThan|furtherThan)$/.test(comparison)

/** May a field stand where its value would? */
export const takesField = (comparison: Comparison, cls: FieldClass): boolean =>
  /^(is|isNot|less|atMost|more|atLeast)$/.test(comparison) && cls !== 'pointer' && cls !== 'money'
