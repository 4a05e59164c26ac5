import { crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { loadRelations } from '../read/load-relations.ts'
import type { Scope } from '../scope/scope.ts'
import { type PastRecord, pastRecords } from '../sweep/past-states.ts'
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
  for await (const page of pastRecords(scope, decider.runtime, from, to)) {
    const records = page.flatMap(({ states }) => states.map(({ record }) => record))
    // Related records are taken as they are now: of them no past is kept beside the record's.
    if (needed.length > 0) await loadRelations(scope, decider.tenant, decider.body.object, records, needed)
    for (const past of page)
      deciders.forEach((one, index) => {
        found[index]?.push(...cameToBe(one, past, instants, contextOf))
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
): readonly Arrival[] {
  const [from = 0] = instants
  const to = instants.at(-1) ?? from
  const arrivals: Arrival[] = []
  let held = false
  states.forEach(({ from: since, record, isUnknown }, index) => {
    const until = Math.min(states[index + 1]?.from ?? Number.MAX_SAFE_INTEGER, deletedAt ?? Number.MAX_SAFE_INTEGER, to + 1)
    const begin = Math.max(since, from)
    let holds = false
    for (const at of [begin, ...instants.filter((instant) => instant > begin)]) {
      if (at >= until || isUnknown) break
      holds = subjects.evaluate(record, contextOf(at)) === true
      if (holds && !held) arrivals.push({ at, record })
      if (holds) break
    }
    held = holds
  })
  return arrivals
}
