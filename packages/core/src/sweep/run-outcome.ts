import type { DeciderRun } from '../decider/deciders.ts'
import type { DecisionInput } from '../decision/decision.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import type { CompiledDecider } from './compile-decider.ts'
import type { StoredRun } from './run-rows.ts'

/** A run without what only we need to know. */
export function shown({ cursor: _, unknown: __, log: ___, ...run }: StoredRun): DeciderRun {
  return run
}

/** The decision-log entry of a run that is done. */
export function decisionOf({ id, decider, version, mode, at, affected, skipped, unknown }: StoredRun): DecisionInput {
  return {
    decider,
    version,
    mode,
    outcome: 'decided',
    reasons: [coreReasons.make.run_done({ count: affected, unknown })],
    inputs: { run: id, at, affected, unknown, skipped: skipped.count },
  }
}

/** What all changes of a run have in their cause. */
export function causeOf({ id, version, tenant }: Pick<CompiledDecider, 'id' | 'version' | 'tenant'>, run: string) {
  return { kind: 'decider', id, version, run, config: tenant.revision }
}
