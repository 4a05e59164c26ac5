import { type Comparison, isOfPlugin, type OwnComparison } from './comparisons.ts'
import { type Compared, comparedOf, inside, type Source } from './fields.ts'
import { writeLength } from './moment.ts'
import { writeOperand } from './operand.ts'
import { needed, operatorOfPlugin, takenBy } from './plugin-operators.ts'
import type { Condition, FigureSubject, Group, Operand, Part, Rows } from './tree.ts'

/** A tree as an expression, and where each of its parts stands in it. */
export interface Written {
  readonly logic: { readonly [operator: string]: unknown }
  /** Part → JSON pointer. Parts that are not finished have none, and are not in the expression. */
  readonly pointers: ReadonlyMap<number, string>
  readonly unfinished: readonly number[]
}

/** The expression of a whole tree: always a group. What is not finished is left out, and named. */
export function writeTree(source: Source, root: Group): Written {
  const writer = new Writer()
  return { logic: writer.top(source, root, ''), pointers: writer.pointers, unfinished: writer.unfinished }
}

type Logic = { readonly [operator: string]: unknown }

const outer = { all: ['and'], any: ['or'], none: ['!', 'or'], notAll: ['!', 'and'] } as const

class Writer {
  readonly pointers = new Map<number, string>()
  readonly unfinished: number[] = []

  /** A group that holds everything; without parts it asks nothing. */
  top(source: Source, group: Group, path: string): Logic {
    return this.#group(source, group, path) ?? { and: [] }
  }

  #part(source: Source, part: Part, path: string): unknown {
    const logic = this.#written(source, part, path)
    if (logic === undefined) this.unfinished.push(part.id)
    else this.pointers.set(part.id, path)
    return logic
  }

  #written(source: Source, part: Part, path: string): unknown {
    switch (part.is) {
      case 'kept':
        return part.logic
      case 'group':
        return this.#group(source, part, path)
      case 'rows':
        return this.#rows(source, part, path)
      case 'condition':
        return this.#condition(source, part, path)
    }
  }

  #group(source: Source, group: Group, path: string): Logic | undefined {
    const names = outer[group.match]
    const within = names.length > 1 ? `${path}/!/0/${names[1]}` : `${path}/${names[0]}`
    const parts: unknown[] = []
    for (const part of group.parts) {
      const logic = this.#part(source, part, `${within}/${parts.length}`)
      if (logic !== undefined) parts.push(logic)
    }
    if (parts.length === 0) return undefined
    return names.length > 1 ? { '!': [{ [names[1] as string]: parts }] } : { [names[0]]: parts }
  }

  #rows(source: Source, { quantifier, path: name, where }: Rows, path: string): Logic | undefined {
    const within = inside(source, name)
    if (!within) return undefined
    const rows = { var: name }
    const test = this.#group(within, where, `${path}/${quantifier}/1`)
    if (test) return { [quantifier]: [rows, test] }
    if (quantifier === 'all' || where.parts.length > 0) return undefined
    return { [quantifier === 'some' ? '!!' : '!']: [rows] }
  }

  #condition(source: Source, condition: Condition, path: string): Logic | undefined {
    const { subject, comparison, value } = condition
    const compared = comparedOf(source, subject)
    if (!compared) return undefined
    const left = subject.is === 'field' ? { var: subject.path } : this.#figure(source, subject, path, comparison)
    if (!left) return undefined
    return isOfPlugin(comparison) ? pluginLogic(source, left, condition, compared) : comparisonLogic(left, comparison, compared, value)
  }

  #figure(source: Source, { fn, path: name, of, currency, where }: FigureSubject, path: string, comparison: Comparison): Logic | undefined {
    const within = inside(source, name)
    if (!within) return undefined
    const value = of === null ? [] : [currency === null ? { var: of } : { inCurrency: [{ var: of }, currency] }]
    // A figure stands in the middle of a range, else first.
    const at = `${path}/${operatorOf[comparison as OwnComparison] ?? '==='}/${comparison === 'between' || comparison === 'last' || comparison === 'next' ? 1 : 0}`
    const test = this.#group(within, where, `${at}/${fn}/${value.length + 1}`)
    if (!test && where.parts.length > 0) return undefined
    return { [fn]: [{ var: name }, ...value, ...(test ? [test] : [])] }
  }
}

/** The operator a comparison is written with. */
export const operatorOf: Partial<Record<OwnComparison, string>> = {
  ...{ is: '===', isNot: '!==', less: '<', atMost: '<=', more: '>', atLeast: '>=', oneOf: 'in', contains: 'contains' },
  ...{ icontains: 'icontains', startsWith: 'startsWith', endsWith: 'endsWith', hasAny: 'hasAny', hasAll: 'hasAll', hasNone: 'hasNone' },
  ...{ between: '<=', last: '<=', next: '<=', olderThan: '<', furtherThan: '>' },
}

const me = { var: '$.actor.id' }
const myTeams = { var: '$.actor.teamIds' }

/** What a comparison means, around an expression for its subject; undefined while something is missing. */
function comparisonLogic(left: Logic, comparison: OwnComparison, compared: Compared, value: Operand): Logic | undefined {
  switch (comparison) {
    case 'empty':
      return { '===': [left, null] }
    case 'filled':
      return { '!==': [left, null] }
    case 'anyValue':
      return { '!!': [left] }
    case 'noValue':
      return { '!': [left] }
    case 'me':
      return { '===': [left, me] }
    case 'notMe':
      return { '!==': [left, me] }
    case 'myTeams':
      return { in: [left, myTeams] }
    case 'notMyTeams':
      return { '!': [{ in: [left, myTeams] }] }
    case 'period':
      return value.is === 'period' ? periodLogic(left, value.period, value.later) : undefined
    case 'last':
    case 'next':
    case 'olderThan':
    case 'furtherThan':
      return value.is === 'length' ? lengthLogic(left, comparison, writeLength(value.length), compared) : undefined
    case 'between':
      return value.is === 'pair' ? rangeLogic(left, compared, value.from, value.to) : undefined
    case 'noneOf':
      return denied('in', left, writeOperand(compared, value))
    case 'notContains':
      return denied('contains', left, writeOperand(compared, value))
    default: {
      const operand = writeOperand(compared, value)
      return operand === undefined ? undefined : { [operatorOf[comparison] ?? '===']: [left, operand] }
    }
  }
}

/** A condition that a plugin has added, or that it does not hold. */
function pluginLogic(source: Source, left: Logic, { comparison, value }: Condition, compared: Compared): Logic | undefined {
  const name = operatorOfPlugin(source, comparison)?.name
  const isAlone = needed(source, comparison) === 'nothing'
  const operand = isAlone ? null : writeOperand(takenBy(source, comparison, compared), value)
  if (name === undefined || operand === undefined) return undefined
  const test = { [name]: isAlone ? [left] : [left, operand] }
  return comparison.startsWith('!') ? { '!': [test] } : test
}

const denied = (name: string, left: Logic, operand: unknown): Logic | undefined =>
  operand === undefined ? undefined : { '!': [{ [name]: [left, operand] }] }

function rangeLogic(left: Logic, compared: Compared, from: Operand, to: Operand): Logic | undefined {
  const [low, high] = [writeOperand(compared, from), writeOperand(compared, to)]
  return low === undefined || high === undefined ? undefined : { '<=': [low, left, high] }
}

const periodLogic = (left: Logic, period: string, later: number): Logic => ({
  and: [{ '>=': [left, { startOf: [period, later] }] }, { '<': [left, { startOf: [period, later + 1] }] }],
})

function lengthLogic(left: Logic, comparison: OwnComparison, length: string | null, { cls }: Compared): Logic | undefined {
  if (length === null) return undefined
  const now = cls === 'date' ? { today: [] } : { now: [] }
  if (comparison === 'last') return { '<=': [{ ago: length }, left, now] }
  if (comparison === 'next') return { '<=': [now, left, { fromNow: length }] }
  return comparison === 'olderThan' ? { '<': [left, { ago: length }] } : { '>': [left, { fromNow: length }] }
}
