import type { DeciderRun, DeciderRunResult } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { StoreFailure, UniqueViolation } from '../store/errors.ts'
import { breachesOf, requireToken } from './blast.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { logDecisions } from './log.ts'
import { describe } from './preview.ts'
import { runBatches } from './run-batches.ts'
import { decisionOf, shown } from './run-outcome.ts'
import { addRun, findRun, type StoredRun } from './run-rows.ts'
import { sliceSize, sweep } from './sweep-rows.ts'
import { type Tally, tally } from './tally.ts'
import { requireTargets, wayOf } from './way.ts'

/** What is asked of a run. */
export interface RunOrder {
  readonly at: number
  readonly mode: DeciderRun['mode']
  readonly confirm: string | undefined
}

/** Carries a decider out for an instant, once. `scope` acts as the system on behalf of whoever asked. */
export async function runDecider(scope: Scope, decider: CompiledDecider, order: RunOrder): Promise<DeciderRunResult> {
  const known = await findRun(sessionOf(scope), scope.actor.tenant, { decider: decider.id, mode: order.mode, at: order.at })
  if (known) return { status: 'done', run: known.status === 'running' ? await runBatches(scope, decider, known) : shown(known) }
  try {
    const begun = await begin(scope, decider, order)
    if ('preview' in begun) return { status: 'confirm', preview: begun.preview }
    return { status: 'done', run: begun.status === 'running' ? await runBatches(scope, decider, begun) : shown(begun) }
  } catch (error) {
    // Somebody else began the same run in this very moment: it is one run, which both may carry on.
    if (error instanceof UniqueViolation && error.constraint === 'crm_decider_run_key' && !scope.unit)
      return runDecider(scope, decider, order)
    throw error
  }
}

type Begun = StoredRun | { readonly preview: Awaited<ReturnType<typeof describe>> }

const tries = 5

/** Other writers may change the numbers between counting and writing; then it is counted again. */
async function begin(scope: Scope, decider: CompiledDecider, order: RunOrder): Promise<Begun> {
  for (let tried = 0; tried < tries; tried++) {
    try {
      return await inUnit(scope, (unit) => beginInUnit(unit, decider, order))
    } catch (error) {
      if (!(error instanceof NumbersMoved)) throw error
    }
  }
  throw new StoreFailure('The records of a run kept changing while they were counted.', true)
}

class NumbersMoved extends Error {
  override readonly name = 'NumbersMoved'
}

async function beginInUnit(unit: UnitScope, decider: CompiledDecider, { at, mode, confirm }: RunOrder): Promise<Begun> {
  const { now } = unit.unit
  const numbers = await tally(unit, decider, at)
  const [breach] = mode === 'live' ? breachesOf(decider, numbers) : []
  if (breach && confirm === undefined) {
    const reasons = [coreReasons.make.needs_confirmation({ count: breach.affected, limit: breach.limit })]
    await logDecisions(unit, decider.tenant, [
      { decider: decider.id, version: decider.version, outcome: 'denied', reasons, inputs: { at } },
    ])
    return { preview: await describe(unit, decider, at, now, numbers, 20) }
  }
  if (breach && confirm !== undefined) requireToken(unit, decider, numbers, confirm, now)
  await requireTargets(unit, decider)
  const run = newRun(unit, decider, at, mode, numbers)
  if (mode === 'shadow' || numbers.affected > sliceSize || wayOf(unit, decider).way === 'batches') {
    await addRun(unit.unit.session, unit.actor.tenant, run)
    return run
  }
  const { reached: affected, moved } = await sweep(unit, decider, run, { expected: numbers.affected })
  if (moved) throw new NumbersMoved()
  const done: StoredRun = { ...run, status: 'done', finishedAt: now, affected }
  await addRun(unit.unit.session, unit.actor.tenant, done)
  await logDecisions(unit, decider.tenant, [decisionOf(done, numbers.unknown)])
  return done
}

function newRun({ unit, actor }: UnitScope, decider: CompiledDecider, at: number, mode: DeciderRun['mode'], numbers: Tally): StoredRun {
  return {
    id: newId(),
    decider: decider.id,
    object: decider.body.object,
    version: decider.version,
    mode,
    status: 'running',
    at,
    startedAt: unit.now,
    finishedAt: null,
    by: actor.id,
    affected: 0,
    skipped: { count: 0, cases: [] },
    undo: null,
    cursor: null,
    planned: { affected: numbers.affected, unknown: numbers.unknown },
  }
}

/** A run must be for an instant that has come. */
export function requireInstant(at: unknown, now: number): number {
  if (typeof at === 'number' && Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15 && at <= now) return at
  throw crmError('PARAMETER_INVALID', { name: 'at', reason: 'integer milliseconds UTC that are not to come are expected' }, { path: '/at' })
}
