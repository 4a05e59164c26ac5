import type { Backtest, BacktestCase, BacktestShare } from '../decider/deciders.ts'
import type { Words } from '../locale/locale.ts'
import type { Scope } from '../scope/scope.ts'
import { type BacktestWindow, backtestLimits, byTeam, instantsOf, mostFirst, requireHistory } from '../sweep/backtest.ts'
import { contextAt } from '../sweep/conditions.ts'
import { firstTeams } from '../sweep/tally.ts'
import type { Locked } from '../write/locked-read.ts'
import { type Arrival, arrivalsOf } from './arrivals.ts'
import type { CompiledAllocation } from './compile.ts'
import { type Fold, openFold, winnerOf } from './fold.ts'
import { readMemory, seedOf } from './memory.ts'

/** What a version decided about a record first, and how often it was given to whom. */
interface Outcome {
  readonly at: number
  readonly winner: string | null
  readonly rule: string
  readonly because: Words
}

interface Judged {
  readonly record: Locked
  readonly outcomes: readonly (readonly Outcome[])[]
}

/**
 * Decides the past of an allocation again, each record at the moment it was to be given, in the world that happened; each version carries
 * its own state forward. Nothing is written.
 */
export async function backtestAllocation(
  scope: Scope,
  next: CompiledAllocation,
  current: CompiledAllocation | null,
  window: BacktestWindow,
): Promise<Backtest> {
  const versions = current ? [next, current] : [next]
  for (const { subjects, body } of versions) requireHistory([subjects], body.object)
  const instants = instantsOf(window)
  const [from = window.to] = instants
  const arrivals = await arrivalsOf(scope, versions, instants, (at) => contextAt(scope, next.tenant, at))
  const judged = new Map<string, { record: Locked; outcomes: Outcome[][] }>()
  const metrics: Readonly<Record<string, number>>[] = []
  for (const [index, version] of versions.entries()) {
    const own = arrivals[index] ?? []
    const fold = await replay(scope, version, own, instants, (record, outcome) => {
      const known = judged.get(record.id) ?? { record, outcomes: versions.map(() => []) }
      judged.set(record.id, known)
      known.outcomes[index]?.push(outcome)
    })
    metrics.push(fold.metrics())
  }
  const summed = sum([...judged.values()], next)
  const teams = await firstTeams(
    scope,
    summed.people.flatMap(({ id }) => id ?? []),
  )
  const considered = judged.size
  return {
    ...{ decider: next.id, current: current?.version ?? null, next: next.version, from, to: window.to, instants: instants.length },
    ...{ considered, decided: summed.decided, differing: summed.differing },
    share: considered === 0 ? 0 : summed.differing.records / considered,
    unknown: summed.unknown,
    metrics: { next: metrics[0] ?? {}, current: metrics[1] ?? {} },
    people: mostFirst(summed.people),
    teams: mostFirst(byTeam(summed.people, teams)),
    most: summed.most,
  }
}

/** One version over the window. Each day it may look at the world as it was then. */
async function replay(
  scope: Scope,
  decider: CompiledAllocation,
  arrivals: readonly Arrival[],
  instants: readonly number[],
  note: (record: Locked, outcome: Outcome) => void,
): Promise<Fold> {
  const [from = 0] = instants
  const seed = seedOf(scope, await readMemory(scope, decider.id, 'live'))
  const fold = await openFold(scope, decider, { at: from, asOf: from, seed, kept: null })
  const { carry } = decider.code
  let day = 1
  for (const { at, record } of arrivals) {
    for (; carry && (instants[day] ?? Number.MAX_SAFE_INTEGER) <= at; day++) {
      const asOf = instants[day] ?? at
      const world = await openFold(scope, decider, { at: asOf, asOf, seed, kept: null })
      fold.state = carry(fold.state, world.state)
    }
    const decision = fold.next(record, at)
    note(record, { at, winner: winnerOf(decision), rule: decision.reason.code, because: decision.reason.message })
  }
  return fold
}

function sum(judged: readonly Judged[], { runtime }: CompiledAllocation) {
  const decided = { current: 0, next: 0 }
  const differing = { records: 0, onlyCurrent: 0, onlyNext: 0, otherwise: 0 }
  const shares = new Map<string | null, { gained: number; lost: number }>()
  const cases: BacktestCase[] = []
  let unknown = 0
  const count = (person: string | null, what: 'gained' | 'lost', sign: 1 | -1): void => {
    const own = shares.get(person) ?? { gained: 0, lost: 0 }
    shares.set(person, own)
    own[what] += sign
  }
  for (const { record, outcomes } of judged) {
    const [next = [], current = []] = outcomes
    const given = (some: readonly Outcome[]): boolean => some.some(({ winner }) => winner !== null)
    if (given(next)) decided.next++
    if (given(current)) decided.current++
    if (next.some(({ winner }) => winner === null)) unknown++
    for (const [some, sign] of [
      [next, 1],
      [current, -1],
    ] as const)
      for (const { winner } of some) {
        if (winner === null) continue
        count(winner, 'gained', sign)
        if (typeof record.ownerId === 'string') count(record.ownerId, 'lost', sign)
      }
    const length = Math.max(next.length, current.length)
    const differ = Array.from({ length }, (_, index) => (next[index]?.winner ?? null) !== (current[index]?.winner ?? null)).filter(
      Boolean,
    ).length
    if (differ === 0) continue
    differing.records++
    differing[given(next) ? (given(current) ? 'otherwise' : 'onlyNext') : 'onlyCurrent']++
    const name = runtime.definition.nameField === null ? null : record[runtime.definition.nameField]
    cases.push({
      id: record.id,
      name: typeof name === 'string' ? name : null,
      current: first(current),
      next: first(next),
      differing: differ,
    })
  }
  const most = cases.sort((a, b) => b.differing - a.differing || (a.id < b.id ? -1 : 1)).slice(0, backtestLimits.most)
  const people = [...shares].map(([id, own]): BacktestShare => ({ id, ...own }))
  return { decided, differing, people, unknown, most }
}

function first(outcomes: readonly Outcome[]): BacktestCase['next'] {
  const [one] = outcomes
  return one ? { at: one.at, rule: one.rule, because: { 'zh-CN': one.because['zh-CN'], en: one.because.en } } : null
}
