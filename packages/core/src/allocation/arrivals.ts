import { crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import type { Scope } from '../scope/scope.ts'
import { type PastRecord, pastRecords } from '../sweep/past-states.ts'
import { PastRelations, type ViewAt } from '../sweep/past-view.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledAllocation } from './compile.ts'

/** A record as it was when it was to be given. */
export interface Arrival {
  readonly at: number
  readonly record: Locked
}

/** Bounds of a back-test of an allocation. */
const mostArrivals = 100_000

/** When which records were to be given in a window, the earliest first: once each time they came to be, by each version's own condition. */
export async function arrivalsOf(
  scope: Scope,
  deciders: readonly CompiledAllocation[],
  instants: readonly number[],
  contextOf: (at: number) => ExpressionContext,
): Promise<readonly (readonly Arrival[])[]> {
  const [decider] = deciders
  const [from = 0] = instants
  const to = instants.at(-1) ?? from
  const found: Arrival[][] = deciders.map(() => [])
  if (!decider) return found
  const needed = deciders.flatMap(({ subjects }) => subjects.relationsNeeded)
  const relations = new PastRelations(scope, { tenant: decider.tenant, object: decider.body.object, needed }, { from, to })
  for await (const page of pastRecords(scope, decider.runtime, from, to)) {
    const view = await relations.load(page)
    for (const past of page)
      deciders.forEach((one, index) => {
        found[index]?.push(...cameToBe(one, past, instants, contextOf, view))
      })
    if (found.some((arrivals) => arrivals.length > mostArrivals))
      throw crmError('LIMIT_EXCEEDED', { what: 'records to be given', limit: mostArrivals })
  }
  return found.map((arrivals) => arrivals.sort((a, b) => a.at - b.at || (a.record.id < b.record.id ? -1 : 1)))
}

/** Looked at whenever the record changed, and at each instant, since a condition may be one of time. */
function cameToBe(
  { subjects }: CompiledAllocation,
  { states, deletedAt }: PastRecord,
  instants: readonly number[],
  contextOf: (at: number) => ExpressionContext,
  view: ViewAt,
): readonly Arrival[] {
  const [from = 0] = instants
  const to = instants.at(-1) ?? from
  const arrivals: Arrival[] = []
  let held = false
  states.forEach((state, index) => {
    const since = state.from
    const until = Math.min(states[index + 1]?.from ?? Number.MAX_SAFE_INTEGER, deletedAt ?? Number.MAX_SAFE_INTEGER, to + 1)
    const begin = Math.max(since, from)
    let holds = false
    for (const at of [begin, ...instants.filter((instant) => instant > begin)]) {
      if (at >= until) break
      const { record, isUnknown } = view(state, at)
      if (isUnknown) break
      holds = subjects.evaluate(record, contextOf(at)) === true
      if (holds && !held) arrivals.push({ at, record })
      if (holds) break
    }
    held = holds
  })
  return arrivals
}
