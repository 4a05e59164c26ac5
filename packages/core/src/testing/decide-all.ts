import { subjectSeed } from '../allocation/memory.ts'
import type { AllocationDecision } from '../decider/allocation.ts'
import type { AllocationDecider } from '../decider/define-allocation.ts'
import type { Seed } from '../statistics/random.ts'

/**
 * What an allocation decides about records one after the other, from a state it would have loaded: without a database, so that properties
 * can be tested. The answer is in the order of `subjects`, and the state at the end.
 */
export function decideAll<S>(
  { codes }: AllocationDecider,
  state: S,
  subjects: readonly { readonly id: string }[],
  { now, seed }: { readonly now: number; readonly seed: Seed },
): { readonly decisions: readonly AllocationDecision[]; readonly state: S } {
  const [code] = codes
  let current: unknown = state
  const decisions = subjects.map((subject) => {
    const { decision, state: next } = code?.decide(current, subject as never, now, subjectSeed(seed, subject.id)) ?? {}
    if (!decision) throw new TypeError('The decider answered nothing.')
    current = next
    return decision
  })
  return { decisions, state: current as S }
}
