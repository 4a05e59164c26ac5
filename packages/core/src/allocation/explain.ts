import type { AllocationDecision } from '../decider/allocation.ts'
import type { DeciderAnswer, DeciderCandidate, DeciderStage } from '../decider/deciders.ts'
import { loadRelations } from '../read/load-relations.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import type { Scope } from '../scope/scope.ts'
import { contextAt } from '../sweep/conditions.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledAllocation } from './compile.ts'
import { caseOf, foldAll } from './count.ts'
import { winnerOf } from './fold.ts'
import { nearest } from './slice.ts'

/** Who would get a record at an instant, after all that come before it, and, to readers of the log of decisions, why not the others. */
export async function explainAllocation(
  system: Scope,
  decider: CompiledAllocation,
  stage: DeciderStage,
  given: Locked,
  { at, showsOthers }: { readonly at: number; readonly showsOthers: boolean },
): Promise<DeciderAnswer> {
  const record = { ...given }
  const needed = [decider.subjects, ...(decider.part ? [decider.part] : [])].flatMap(({ relationsNeeded }) => relationsNeeded)
  if (needed.length > 0) await loadRelations(system, decider.tenant, decider.body.object, [record], needed)
  const context = contextAt(system, decider.tenant, at)
  const isSubject = decider.subjects.evaluate(record, context) === true
  const inPilot = decider.part === null || decider.part.evaluate(record, context) === true
  const decided: AllocationDecision[] = []
  let candidates: readonly DeciderCandidate[] = []
  if (isSubject && inPilot)
    await foldAll(system, decider, at, 'live', ({ id }, one) => {
      if (id !== record.id) return false
      decided.push(one)
      if (showsOthers) candidates = candidatesOf(system, one)
      return true
    })
  const [decision] = decided
  const found = decision ? caseOf(decider, record, decision) : null
  return {
    decider: decider.id,
    version: decider.version,
    stage,
    at,
    holds: isSubject,
    affected: Object.keys(found?.values ?? {}).length > 0,
    unknown: found !== null && Object.keys(found.values).length === 0,
    inPilot,
    rule: found?.rule ?? null,
    because: found?.because ?? null,
    values: found?.values ?? {},
    candidates,
    rules: [{ id: 'subjects', holds: isSubject, explanation: await decider.subjects.explain(record, context) }],
  }
}

function candidatesOf({ kernel }: Scope, decision: AllocationDecision): readonly DeciderCandidate[] {
  const winner = winnerOf(decision)
  return nearest(decision).map(({ id, rank = null, reasons = [], facts = {} }) => ({
    id,
    won: id === winner,
    rank,
    because: reasons.map((reason) => reviveReason(kernel.contributions.reasons, reason).message),
    facts,
  }))
}
