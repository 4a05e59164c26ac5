import type { Backtest, BacktestCase, BacktestShare } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { compileNode } from '../expression/closure/compile.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { ExpressionContext } from '../expression/context.ts'
import type { Scope } from '../scope/scope.ts'
import type { Locked } from '../write/locked-read.ts'
import { factsOf, type Sentence, sentenceOf } from './because.ts'
import { differs, nameOf, relationsOf, ruleOf, valuesOf } from './cases.ts'
import type { CompiledDecider, CompiledRule } from './compile-decider.ts'
import { contextAt } from './conditions.ts'
import { type PastRecord, type PastState, pastRecords } from './past-states.ts'
import { PastRelations, type Seen, type ViewAt } from './past-view.ts'
import { possible } from './possible.ts'
import { firstTeams } from './tally.ts'

/** Bounds of a back-test. */
export const backtestLimits = { days: 1_095, instants: 400, records: 500_000, most: 20 } as const

/** Which past. */
export interface BacktestWindow {
  readonly days: number
  readonly everyDays: number
  readonly to: number
}

const day = 86_400_000

/** Decides a window of the past twice, day by day, in the world that happened. Nothing is written. */
export async function backtest(
  scope: Scope,
  next: CompiledDecider,
  current: CompiledDecider | null,
  window: BacktestWindow,
): Promise<Backtest> {
  for (const { rules, body } of current ? [next, current] : [next])
    requireHistory(
      rules.flatMap(({ when, facts }) => [when, ...facts.map(({ expression }) => expression)]),
      body.object,
    )
  const instants = instantsOf(window)
  const [from = window.to] = instants
  const contexts = new Map(instants.map((at) => [at, contextAt(scope, next.tenant, at)]))
  const result = new Comparison(scope, next)
  const needed = [next, ...(current ? [current] : [])].flatMap(relationsOf)
  const relations = new PastRelations(scope, { tenant: next.tenant, object: next.body.object, needed }, { from, to: window.to })
  for await (const page of pastRecords(scope, next.runtime, from, window.to)) {
    const view = await relations.load(page)
    for (const record of page) {
      const seen = seenAt(record, instants, view)
      result.add(record, verdictOf(next, seen, contexts), current ? verdictOf(current, seen, contexts) : nothing)
    }
    if (result.considered > backtestLimits.records) throw crmError('LIMIT_EXCEEDED', { what: 'records', limit: backtestLimits.records })
  }
  return result.report(current?.version ?? null, { from, to: window.to, instants: instants.length })
}

/** The end of the window and as many steps back as fit, oldest first. */
export function instantsOf({ days, everyDays, to }: BacktestWindow): readonly number[] {
  const whole = (name: string, value: number, most: number): void => {
    if (!Number.isSafeInteger(value) || value < 1 || value > most)
      throw crmError('PARAMETER_INVALID', { name, reason: `it must be 1 to ${most}` }, { path: `/${name}` })
  }
  whole('days', days, backtestLimits.days)
  whole('everyDays', everyDays, backtestLimits.days)
  const count = Math.floor(days / everyDays) + 1
  if (count > backtestLimits.instants)
    throw crmError('LIMIT_EXCEEDED', { what: 'instants', limit: backtestLimits.instants }, { path: '/everyDays' })
  return Array.from({ length: count }, (_, index) => to - (count - 1 - index) * everyDays * day)
}

const withoutHistory = new Set(['version', 'updatedAt', 'updatedBy'])

/** What a version looks at must have a past. */
export function requireHistory(expressions: readonly CompiledExpression[], object: string): void {
  const ofChildren = expressions.flatMap(({ relationsNeeded }) => relationsNeeded.flatMap(({ many, fields }) => (many ? fields : [])))
  const touched = [...expressions.flatMap((one) => one.fieldsTouched), ...ofChildren]
  const field = touched.find((name) => withoutHistory.has(name))
  if (field !== undefined)
    throw crmError('PARAMETER_INVALID', { name: 'rules', reason: `“${field}” of ${object} has no history` }, { path: '/version' })
}

/** What one version decided about a record: at each instant, and first. */
interface Verdict {
  readonly byInstant: ReadonlyMap<number, string>
  readonly first: {
    readonly at: number
    readonly rule: CompiledRule
    readonly record: Locked
    readonly context: ExpressionContext
  } | null
  readonly isUnknown: boolean
}

const nothing: Verdict = { byInstant: new Map(), first: null, isUnknown: false }

/** How a record looked at each of the instants at which it was there. */
function seenAt({ states, deletedAt }: PastRecord, instants: readonly number[], view: ViewAt): ReadonlyMap<number, Seen> {
  const seen = new Map<number, Seen>()
  let index = -1
  for (const at of instants) {
    while (index + 1 < states.length && (states[index + 1] as PastState).from <= at) index++
    const state = states[index]
    if (state && (deletedAt === null || deletedAt > at)) seen.set(at, view(state, at))
  }
  return seen
}

function verdictOf(decider: CompiledDecider, seen: ReadonlyMap<number, Seen>, contexts: ReadonlyMap<number, ExpressionContext>): Verdict {
  const byInstant = new Map<number, string>()
  let first: Verdict['first'] = null
  let isUnknown = false
  for (const [at, { record, isUnknown: isLost }] of seen) {
    const context = contexts.get(at) as ExpressionContext
    const rule = isLost ? null : ruleOf(decider, record, context)
    if (rule && differs(rule, record, context)) {
      byInstant.set(at, `${rule.id} ${JSON.stringify(valuesOf(rule, record, context).map(([, value]) => value))}`)
      first ??= { at, rule, record, context }
    } else if (!rule) isUnknown ||= isLost || couldHold(decider, record, context)
  }
  return { byInstant, first, isUnknown: first === null && isUnknown }
}

function couldHold({ rules }: CompiledDecider, record: Locked, context: ExpressionContext): boolean {
  return rules.some(({ when }) => compileNode(possible(when.node))(record, context) === true)
}

/** What the two versions differ in, summed up while the records pass by. */
class Comparison {
  considered = 0
  readonly #scope: Scope
  readonly #decider: CompiledDecider
  readonly #decided = { current: 0, next: 0 }
  readonly #differing = { records: 0, onlyCurrent: 0, onlyNext: 0, otherwise: 0 }
  readonly #people = new Map<string | null, { gained: number; lost: number }>()
  #unknown = 0
  #most: BacktestCase[] = []

  constructor(scope: Scope, decider: CompiledDecider) {
    this.#scope = scope
    this.#decider = decider
  }

  add({ id, states }: PastRecord, next: Verdict, current: Verdict): void {
    this.considered++
    if (next.isUnknown) this.#unknown++
    if (next.first) this.#decided.next++
    if (current.first) this.#decided.current++
    this.#share(next, 1)
    this.#share(current, -1)
    const instants = new Set([...next.byInstant.keys(), ...current.byInstant.keys()])
    const differing = [...instants].filter((at) => next.byInstant.get(at) !== current.byInstant.get(at)).length
    if (differing === 0) return
    this.#differing.records++
    this.#differing[next.first ? (current.first ? 'otherwise' : 'onlyNext') : 'onlyCurrent']++
    const record = states.at(-1)?.record
    const name = record ? nameOf(this.#decider, record) : null
    this.#keep({ id, name, current: this.#decision(current), next: this.#decision(next), differing })
  }

  #keep(one: BacktestCase): void {
    this.#most.push(one)
    if (this.#most.length < 1_000) return
    this.#most = this.#top()
  }

  #top(): BacktestCase[] {
    return this.#most.toSorted((a, b) => b.differing - a.differing || (a.id < b.id ? -1 : 1)).slice(0, backtestLimits.most)
  }

  #decision({ first }: Verdict): { readonly at: number; readonly rule: string; readonly because: Sentence } | null {
    if (!first) return null
    const { at, rule, record, context } = first
    return {
      at,
      rule: rule.id,
      because: sentenceOf(rule, factsOf(rule, record, context), this.#scope.kernel.zoneOf(this.#decider.tenant)),
    }
  }

  /** Whose records come and go; where the owner stays, whose records are acted on. */
  #share({ first }: Verdict, sign: 1 | -1): void {
    if (!first) return
    const { rule, record, context } = first
    const owner = (record.ownerId as string | null) ?? null
    const moved = valuesOf(rule, record, context).find(([field]) => field.name === 'ownerId')
    if (moved) this.#count(owner, 'lost', sign)
    this.#count(moved ? ((moved[1] as string | null) ?? null) : owner, 'gained', sign)
  }

  #count(person: string | null, what: 'gained' | 'lost', sign: 1 | -1): void {
    const own = this.#people.get(person) ?? { gained: 0, lost: 0 }
    this.#people.set(person, own)
    own[what] += sign
  }

  async report(
    current: number | null,
    window: { readonly from: number; readonly to: number; readonly instants: number },
  ): Promise<Backtest> {
    const people = [...this.#people].map(([id, own]): BacktestShare => ({ id, ...own }))
    const teams = await firstTeams(
      this.#scope,
      people.flatMap(({ id }) => id ?? []),
    )
    return {
      decider: this.#decider.id,
      current,
      next: this.#decider.version,
      ...window,
      considered: this.considered,
      decided: this.#decided,
      differing: this.#differing,
      share: this.considered === 0 ? 0 : this.#differing.records / this.considered,
      unknown: this.#unknown,
      metrics: { current: {}, next: {} },
      people: mostFirst(people),
      teams: mostFirst(byTeam(people, teams)),
      most: this.#top(),
    }
  }
}

/** The same by the first team of each. */
export function byTeam(people: readonly BacktestShare[], teams: ReadonlyMap<string, string>): readonly BacktestShare[] {
  const sums = new Map<string | null, { gained: number; lost: number }>()
  for (const { id, gained, lost } of people) {
    const team = teams.get(id ?? '') ?? null
    const sum = sums.get(team) ?? { gained: 0, lost: 0 }
    sums.set(team, { gained: sum.gained + gained, lost: sum.lost + lost })
  }
  return [...sums].map(([id, sum]) => ({ id, ...sum }))
}

/** Those for whom most changes come first; others are left out. */
export function mostFirst(shares: readonly BacktestShare[]): readonly BacktestShare[] {
  const size = ({ gained, lost }: BacktestShare): number => Math.abs(gained) + Math.abs(lost)
  return shares.filter((share) => size(share) > 0).toSorted((a, b) => size(b) - size(a) || String(a.id).localeCompare(String(b.id), 'en'))
}
