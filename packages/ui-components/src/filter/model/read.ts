import type { Comparison, PluginComparison } from './comparisons.ts'
import { type Compared, comparedOf, findField, inside, type Source } from './fields.ts'
import { argsOf, readMoment } from './moment.ts'
import { callOf, pathOf, readList, readOperand } from './operand.ts'
import { allComparisons, needed, operatorOfPlugin, takenBy } from './plugin-operators.ts'
import type { Condition, Group, Ids, Kept, Match, Operand, Part, Rows, Subject } from './tree.ts'
import { nothing } from './tree.ts'

/**
 * An expression as a tree. What the builder has no controls for stays in it as it came, so that nothing is lost. Give it what
 * `normaliseExpression` gives.
 */
export function readTree(source: Source, logic: unknown, ids: Ids): Group {
  return new Reader(ids).top(source, logic)
}

/** Operators whose answer is yes or no, so that a group may hold them. */
const yesOrNo = new Set(
  'and or ! !! === == !== != < <= > >= in contains startsWith endsWith iequals icontains istartsWith iendsWith hasAny hasAll hasNone missing missing_some changed some none all'.split(
    ' ',
  ),
)

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '===': '===', '!==': '!==' }

/** Deeper than an expression may be: what lies below is kept. */
const deepest = 40

class Reader {
  readonly #ids: Ids
  #depth = 0

  constructor(ids: Ids) {
    this.#ids = ids
  }

  /** The outermost is always a group. */
  top(source: Source, logic: unknown): Group {
    const call = callOf(logic)
    const group = call && this.#group(source, call.name, call.args)
    if (group) return group
    if (call?.name === 'and' && call.args.length === 0) return this.#made('all', [])
    return this.#made('all', [this.#part(source, logic) ?? this.#kept(asTest(source, logic))])
  }

  #made(match: Match, parts: readonly Part[]): Group {
    return { is: 'group', id: this.#ids.next(), match, parts }
  }

  #kept(logic: unknown): Kept {
    return { is: 'kept', id: this.#ids.next(), logic }
  }

  /** A group of at least one part; an empty one always or never holds, which only words can say. */
  #group(source: Source, name: string, args: readonly unknown[]): Group | null {
    if (name === 'and' || name === 'or') {
      if (args.length === 0) return null
      return this.#made(
        name === 'and' ? 'all' : 'any',
        args.map((arg) => this.#part(source, arg) ?? this.#kept(arg)),
      )
    }
    const inner = name === '!' && args.length === 1 ? callOf(args[0]) : null
    if (!inner || (inner.name !== 'and' && inner.name !== 'or') || inner.args.length === 0) return null
    return this.#made(
      inner.name === 'or' ? 'none' : 'notAll',
      inner.args.map((arg) => this.#part(source, arg) ?? this.#kept(arg)),
    )
  }

  /** What can be shown of it, null = nothing. */
  #part(source: Source, logic: unknown): Part | null {
    if (this.#depth >= deepest) return null
    this.#depth += 1
    const part = this.#shown(source, logic)
    this.#depth -= 1
    return part
  }

  #shown(source: Source, logic: unknown): Part | null {
    const call = callOf(logic)
    if (!call) return null
    const { name, args } = call
    if (name === 'var') return this.#truth(source, args[0], true)
    if (name === '!!' && args.length === 1) return this.#isThere(source, args[0])
    if (name === '!' && args.length === 1) return this.#denied(source, args[0])
    if (name === 'and') return this.#period(source, args) ?? this.#group(source, name, args)
    if (name === 'or') return this.#group(source, name, args)
    if (name === 'some' || name === 'none' || name === 'all') return this.#rows(source, name, args)
    return this.#ofPlugin(source, name, args, true) ?? this.#comparison(source, name, args)
  }

  /** A field that is yes, or child records that are there. */
  #truth(source: Source, path: unknown, holds: boolean): Part | null {
    const found = typeof path === 'string' ? findField(source, path) : null
    if (!found || typeof path !== 'string') return null
    if (found.field.kind === 'boolean') return this.#made1({ is: 'field', path }, holds ? 'is' : 'isNot', { is: 'constant', value: true })
    if (found.field.kind === 'multiChoice' || found.field.kind === 'links')
      return this.#made1({ is: 'field', path }, holds ? 'anyValue' : 'noValue', nothing)
    if (found.field.kind !== 'children' || !inside(source, path)) return null
    return { is: 'rows', id: this.#ids.next(), quantifier: holds ? 'some' : 'none', path, where: this.#made('all', []) }
  }

  #made1(subject: Subject, comparison: Comparison, value: Operand): Condition {
    return { is: 'condition', id: this.#ids.next(), subject, comparison, value }
  }

  #isThere(source: Source, of: unknown): Part | null {
    const path = pathOf(of)
    return path === null ? this.#part(source, of) : this.#truth(source, path, true)
  }

  #denied(source: Source, of: unknown): Part | null {
    const path = pathOf(of)
    if (path !== null) return this.#truth(source, path, false)
    const call = callOf(of)
    if (!call) return null
    const { name, args } = call
    const group = this.#period(source, name === 'and' ? args : []) ? null : this.#group(source, '!', [of])
    if (group) return group
    if (name === 'in' || name === 'contains') {
      const part = this.#comparison(source, name, args)
      const other = part?.is === 'condition' ? opposite[part.comparison] : undefined
      if (part?.is === 'condition' && other) return { ...part, comparison: other }
    }
    if (name === 'some') return this.#rows(source, 'none', args)
    const ofPlugin = this.#ofPlugin(source, name, args, false)
    if (ofPlugin) return ofPlugin
    const inner = this.#part(source, of)
    return inner && this.#made('none', [inner])
  }

  #rows(source: Source, quantifier: Rows['quantifier'], args: readonly unknown[]): Part | null {
    const path = pathOf(args[0])
    const within = path === null || args.length !== 2 ? null : inside(source, path)
    if (!within || path === null) return null
    const where = this.top(within, args[1] === true ? { and: [] } : args[1])
    if (quantifier === 'all' && where.parts.length === 0) return null
    return { is: 'rows', id: this.#ids.next(), quantifier, path, where }
  }

  /** From the start of a period until the next one starts. */
  #period(source: Source, args: readonly unknown[]): Condition | null {
    const [low, high] = [callOf(args[0]), callOf(args[1])]
    if (args.length !== 2 || low?.name !== '>=' || high?.name !== '<' || low.args.length !== 2 || high.args.length !== 2) return null
    const [from, to] = [callOf(low.args[1]), callOf(high.args[1])]
    const start = from?.name === 'startOf' ? readMoment('startOf', from.args) : null
    const [period, later = 0] = to?.name === 'startOf' ? to.args : []
    if (start?.is !== 'startOf' || period !== start.period || later !== start.later + 1) return null
    if (JSON.stringify(low.args[0]) !== JSON.stringify(high.args[0])) return null
    const subject = this.#subject(source, low.args[0])
    const compared = subject && comparedOf(source, subject)
    if (!subject || (compared?.cls !== 'date' && compared?.cls !== 'instant')) return null
    return this.#made1(subject, 'period', { is: 'period', period: start.period, later: start.later })
  }

  #subject(source: Source, logic: unknown): Subject | null {
    const path = pathOf(logic)
    if (path !== null) return { is: 'field', path }
    const call = callOf(logic)
    if (!call || !/^(count|sum|minOf|maxOf)$/.test(call.name)) return null
    const fn = call.name as 'count'
    const [rows, ...rest] = call.args
    const within = inside(source, pathOf(rows) ?? '')
    if (!within) return null
    const of = fn === 'count' ? null : ofChild(rest.shift())
    const [test, ...more] = rest
    if (more.length > 0 || (fn !== 'count' && of === null)) return null
    const where = this.top(within, test === undefined || test === true ? { and: [] } : test)
    return { is: 'figure', fn, path: pathOf(rows) ?? '', of: of?.path ?? null, currency: of?.currency ?? null, where }
  }

  #comparison(source: Source, name: string, args: readonly unknown[]): Condition | null {
    if (name === '<=' && args.length === 3) return this.#range(source, args)
    if (args.length !== 2) return null
    const subject = this.#subject(source, args[0])
    if (!subject) return this.#turned(source, name, args)
    const compared = shownAs(source, subject)
    if (!compared) return null
    const read = readComparison(source, compared, name, args[1])
    return read && offers(source, subject, compared, read.comparison) ? this.#made1(subject, read.comparison, read.value) : null
  }

  /** An operator of a plugin on a field, with a value where it takes one. */
  #ofPlugin(source: Source, name: string, [left, right, ...more]: readonly unknown[], holds: boolean): Condition | null {
    const path = operatorOfPlugin(source, name) ? pathOf(left) : null
    const compared = path === null ? null : comparedOf(source, { is: 'field', path })
    if (path === null || !compared || more.length > 0) return null
    const subject = { is: 'field', path } as const
    const comparison = (holds ? name : `!${name}`) as PluginComparison
    if (!offers(source, subject, compared, comparison)) return null
    if (needed(source, comparison) === 'nothing') return right === undefined ? this.#made1(subject, comparison, nothing) : null
    const value = readOperand(source, takenBy(source, comparison, compared), right)
    return value && value.is !== 'field' ? this.#made1(subject, comparison, value) : null
  }

  /** `5 < amount` is `amount > 5`. */
  #turned(source: Source, name: string, [left, right]: readonly unknown[]): Condition | null {
    const other = Object.hasOwn(mirrored, name) ? mirrored[name] : undefined
    return other && this.#subject(source, right) ? this.#comparison(source, other, [right, left]) : null
  }

  #range(source: Source, [low, middle, high]: readonly unknown[]): Condition | null {
    const subject = this.#subject(source, middle)
    const compared = subject && shownAs(source, subject)
    if (!subject || !compared) return null
    const [from, to] = [readOperand(source, compared, low), readOperand(source, compared, high)]
    if (!from || !to || from.is === 'field' || to.is === 'field') return null
    if (from.is === 'ago' && to.is === 'now') return this.#made1(subject, 'last', { is: 'length', length: from.length })
    if (from.is === 'now' && to.is === 'fromNow') return this.#made1(subject, 'next', { is: 'length', length: to.length })
    return offers(source, subject, compared, 'between') ? this.#made1(subject, 'between', { is: 'pair', from, to }) : null
  }
}

/** Something that is no yes or no counts by whether it is there. */
function asTest({ operators = [] }: Source, logic: unknown): unknown {
  const name = callOf(logic)?.name ?? ''
  const isTest = yesOrNo.has(name) || operators.some((one) => one.name === name && one.gives === 'bool')
  return isTest ? logic : { '!!': [logic] }
}

const opposite: Partial<Record<Comparison, Comparison>> = { oneOf: 'noneOf', contains: 'notContains', myTeams: 'notMyTeams' }

/** The class of a subject, where the builder can show it: amounts over child records need their currency. */
function shownAs(source: Source, subject: Subject): Compared | null {
  const compared = comparedOf(source, subject)
  const isMoney = compared?.cls === 'money'
  return subject.is === 'figure' && isMoney !== (subject.currency !== null) ? null : compared
}

function ofChild(logic: unknown): { readonly path: string; readonly currency: string | null } | null {
  const path = pathOf(logic)
  if (path !== null) return { path, currency: null }
  const call = callOf(logic)
  const [field, currency] = call?.name === 'inCurrency' ? call.args : []
  const inner = pathOf(field)
  return inner !== null && typeof currency === 'string' ? { path: inner, currency } : null
}

const offers = (source: Source, subject: Subject, compared: Compared, comparison: Comparison): boolean =>
  allComparisons(source, subject, compared).includes(comparison)

interface Read {
  readonly comparison: Comparison
  readonly value: Operand
}

const plain: Readonly<Record<string, Comparison>> = {
  '===': 'is',
  '!==': 'isNot',
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
  contains: 'contains',
  icontains: 'icontains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
}

function readComparison(source: Source, compared: Compared, name: string, right: unknown): Read | null {
  if (right === null && (name === '===' || name === '!==')) return { comparison: name === '===' ? 'empty' : 'filled', value: nothing }
  if (isContext(right, 'actor.id') && (name === '===' || name === '!=='))
    return { comparison: name === '===' ? 'me' : 'notMe', value: nothing }
  if (name === 'in') return readIn(compared, right)
  if (name === 'hasAny' || name === 'hasAll' || name === 'hasNone') {
    const value = readList(compared.cls, right)
    return value && { comparison: name, value }
  }
  const comparison = Object.hasOwn(plain, name) ? plain[name] : undefined
  const value = comparison && readOperand(source, compared, right)
  if (!comparison || !value) return null
  if (value.is === 'field' && !/^(is|isNot|less|atMost|more|atLeast)$/.test(comparison)) return null
  if (comparison === 'less' && value.is === 'ago') return { comparison: 'olderThan', value: { is: 'length', length: value.length } }
  if (comparison === 'more' && value.is === 'fromNow') return { comparison: 'furtherThan', value: { is: 'length', length: value.length } }
  return { comparison, value }
}

function readIn({ cls }: Compared, right: unknown): Read | null {
  if (isContext(right, 'actor.teamIds')) return { comparison: 'myTeams', value: nothing }
  const value = readList(cls, right)
  return value && { comparison: 'oneOf', value }
}

const isContext = (logic: unknown, name: string): boolean => {
  const call = callOf(logic)
  return call?.name === 'var' && argsOf(call.args)[0] === `$.${name}`
}
