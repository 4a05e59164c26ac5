import type { DeciderRun, DeciderRunResult } from '../decider/deciders.ts'
import type { DecisionInput } from '../decision/decision.ts'
import { newId } from '../id/uuid7.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { UniqueViolation } from '../store/errors.ts'
import { breachesOf, requireToken } from '../sweep/blast.ts'
import { beginOfLog } from '../sweep/changes-of-run.ts'
import { dismissOlder } from '../sweep/dismiss-run.ts'
import { logDecisions } from '../sweep/log.ts'
import type { RunOrder } from '../sweep/run-decider.ts'
import { shown } from '../sweep/run-outcome.ts'
import { addRun, findRun, readRun, type StoredRun } from '../sweep/run-rows.ts'
import type { CompiledAllocation } from './compile.ts'
import { countAll } from './count.ts'
import { lockMemory, seedOf } from './memory.ts'
import { describeAllocation } from './preview.ts'
import { nextSlice } from './slice.ts'
import { countSubjects } from './subject-page.ts'

/** Carries an allocation out for an instant, once. `scope` acts as the system on behalf of whoever asked. */
export async function runAllocation(scope: Scope, decider: CompiledAllocation, order: RunOrder): Promise<DeciderRunResult> {
  const known = await findRun(sessionOf(scope), scope.actor.tenant, { decider: decider.id, mode: order.mode, at: order.at })
  if (known && known.status !== 'waiting') return { status: 'done', run: await carriedOn(scope, decider, known) }
  try {
    const log = await beginOfLog(scope)
    const begun = await inUnit(scope, (unit) => begin(unit, decider, { ...order, log }))
    return 'preview' in begun ? { status: 'confirm', ...begun } : { status: 'done', run: await carriedOn(scope, decider, begun) }
  } catch (error) {
    // Somebody else began the same run in this very moment: it is one run, which both may carry on.
    if (error instanceof UniqueViolation && error.constraint === 'crm_decider_run_key' && !scope.unit)
      return runAllocation(scope, decider, order)
    throw error
  }
}

/** Slice by slice, a transaction each, whoever carries it on. */
async function carriedOn(scope: Scope, decider: CompiledAllocation, run: StoredRun): Promise<DeciderRun> {
  let current = run
  while (current.status === 'running') current = await inUnit(scope, (unit) => nextSlice(unit, decider, run.id))
  return shown(current)
}

type Begun = StoredRun | Omit<Extract<DeciderRunResult, { status: 'confirm' }>, 'status'>

/** Counts where a limit may stop it, and writes the run down. */
async function begin(unit: UnitScope, decider: CompiledAllocation, order: RunOrder & Pick<StoredRun, 'log'>): Promise<Begun> {
  const { session, now } = unit.unit
  const { tenant } = unit.actor
  const { at, mode, confirm, wait } = order
  const memory = await lockMemory(unit, decider.id, mode)
  const found = await findRun(session, tenant, { decider: decider.id, mode, at })
  const waiting = found && (await readRun(session, tenant, found.id, true))
  if (waiting && waiting.status !== 'waiting') return waiting
  const { records, share } = decider.body.blast
  const isFree = mode === 'shadow' || (records === null && share === null)
  const counted = isFree ? null : await countAll(unit, decider, at, mode, 20)
  const breaches = counted ? breachesOf(decider, counted.numbers) : []
  const planned = counted ? counted.numbers.affected : await countSubjects(unit, decider, at)
  const run: StoredRun = {
    ...{ id: waiting?.id ?? newId(), decider: decider.id, object: decider.body.object, version: decider.version, mode, at },
    ...{ status: 'running', startedAt: now, finishedAt: null, by: unit.actor.id, affected: 0, planned, unknown: 0, cursor: null },
    ...{ breaches: waiting?.breaches ?? [], skipped: { count: 0, cases: [] }, undo: null, dismissed: null },
    ...{ seed: seedOf(unit, memory), metrics: {}, log: order.log },
  }
  const [breach] = breaches
  if (counted && breach && confirm === undefined) {
    if (!waiting) await logDecisions(unit, decider.tenant, [denied(decider, at, breach)])
    const preview = describeAllocation(unit, decider, at, now, counted)
    if (!wait) return { preview, run: waiting && shown(waiting) }
    const stopped: StoredRun = { ...run, status: 'waiting', breaches }
    await dismissOlder(unit, decider.id, run.id)
    await addRun(session, tenant, stopped, waiting !== null)
    return { preview, run: shown(stopped) }
  }
  if (counted && breach && confirm !== undefined) requireToken(unit, decider, counted.numbers, confirm, now)
  if (mode === 'live') await dismissOlder(unit, decider.id, waiting?.id)
  await addRun(session, tenant, run, waiting !== null)
  return run
}

function denied(decider: CompiledAllocation, at: number, { affected, limit }: DeciderRun['breaches'][number]): DecisionInput {
  const reasons = [coreReasons.make.needs_confirmation({ count: affected, limit })]
  return { decider: decider.id, version: decider.version, outcome: 'denied', reasons, inputs: { at } }
}
