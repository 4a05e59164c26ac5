import type { DeciderRun, DeciderRunResult } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { StoreFailure, UniqueViolation } from '../store/errors.ts'
import { breachesOf, requireToken } from './blast.ts'
import { beginOfLog, endOfLog } from './changes-of-run.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { dismissOlder } from './dismiss-run.ts'
import { logDecisions } from './log.ts'
import { describe } from './preview.ts'
import { runBatches } from './run-batches.ts'
import { decisionOf, shown } from './run-outcome.ts'
import { addRun, findRun, readRun, type StoredRun } from './run-rows.ts'
import { sliceSize, sweep } from './sweep-rows.ts'
import { type Tally, tally } from './tally.ts'
import { requireTargets, wayOf } from './way.ts'

/** What is asked of a run. */
export interface RunOrder {
  readonly at: number
  readonly mode: DeciderRun['mode']
  readonly confirm: string | undefined
  /** Keeps a run that a limit stops. */
  readonly wait: boolean
}

/** Carries a decider out for an instant, once. `scope` acts as the system on behalf of whoever asked. */
export async function runDecider(scope: Scope, decider: CompiledDecider, order: RunOrder): Promise<DeciderRunResult> {
  const known = await findRun(sessionOf(scope), scope.actor.tenant, { decider: decider.id, mode: order.mode, at: order.at })
  if (known && known.status !== 'waiting') return { status: 'done', run: await carriedOn(scope, decider, known) }
  try {
    const begun = await begin(scope, decider, order)
    return 'preview' in begun ? { status: 'confirm', ...begun } : { status: 'done', run: await carriedOn(scope, decider, begun) }
  } catch (error) {
    // Somebody else began the same run in this very moment: it is one run, which both may carry on.
    if (error instanceof UniqueViolation && error.constraint === 'crm_decider_run_key' && !scope.unit)
      return runDecider(scope, decider, order)
    throw error
  }
}

async function carriedOn(scope: Scope, decider: CompiledDecider, run: StoredRun): Promise<DeciderRun> {
  return run.status === 'running' ? runBatches(scope, decider, run) : shown(run)
}

type Begun = StoredRun | Omit<Extract<DeciderRunResult, { status: 'confirm' }>, 'status'>

const tries = 5

/** Other writers may change the numbers between counting and writing; then it is counted again. */
async function begin(scope: Scope, decider: CompiledDecider, order: RunOrder): Promise<Begun> {
  for (let tried = 0; tried < tries; tried++) {
    const log = await beginOfLog(scope)
    try {
      return await inUnit(scope, (unit) => beginInUnit(unit, decider, { ...order, log }))
    } catch (error) {
      if (!(error instanceof NumbersMoved)) throw error
    }
  }
  throw new StoreFailure('The records of a run kept changing while they were counted.', true)
}

class NumbersMoved extends Error {
  override readonly name = 'NumbersMoved'
}

async function beginInUnit(unit: UnitScope, decider: CompiledDecider, order: RunOrder & Pick<StoredRun, 'log'>): Promise<Begun> {
  const { session, now } = unit.unit
  const { tenant } = unit.actor
  const { mode, confirm } = order
  const waiting = await lockWaiting(unit, { decider: decider.id, ...order })
  if (waiting && waiting.status !== 'waiting') return waiting
  const numbers = await tally(unit, decider, order.at)
  const breaches = mode === 'live' ? breachesOf(decider, numbers) : []
  if (breaches.length > 0 && confirm === undefined) return stopped(unit, decider, order, { numbers, breaches, waiting })
  if (breaches.length > 0 && confirm !== undefined) requireToken(unit, decider, numbers, confirm, now)
  await requireTargets(unit, decider)
  if (mode === 'live') await dismissOlder(unit, decider.id, waiting?.id)
  const run = newRun(unit, decider, order, numbers, waiting)
  if (mode === 'shadow' || numbers.affected > sliceSize || wayOf(unit, decider).way === 'batches') {
    await addRun(session, tenant, run, waiting !== null)
    return run
  }
  const { reached: affected, moved } = await sweep(unit, decider, run, { expected: numbers.affected })
  if (moved) throw new NumbersMoved()
  const done: StoredRun = { ...run, status: 'done', finishedAt: now, affected, log: await endOfLog(unit, run) }
  await addRun(session, tenant, done, waiting !== null)
  await logDecisions(unit, decider.tenant, [decisionOf(done)])
  return done
}

/** The run of this instant as it is now, where it waited a moment ago. */
async function lockWaiting({ unit, actor }: UnitScope, key: Parameters<typeof findRun>[2]): Promise<StoredRun | null> {
  const found = await findRun(unit.session, actor.tenant, key)
  return found && readRun(unit.session, actor.tenant, found.id, true)
}

interface Stopped {
  readonly numbers: Tally
  readonly breaches: DeciderRun['breaches']
  readonly waiting: StoredRun | null
}

/** Nothing is written; where it is to wait, the run is kept. Asked again, it waits on without another word in the log. */
async function stopped(
  unit: UnitScope,
  decider: CompiledDecider,
  order: Parameters<typeof beginInUnit>[2],
  { numbers, breaches, waiting }: Stopped,
): Promise<Begun> {
  const { session, now } = unit.unit
  const preview = await describe(unit, decider, order.at, now, numbers, 20)
  const [breach] = breaches
  if (!waiting && breach) {
    const reasons = [coreReasons.make.needs_confirmation({ count: breach.affected, limit: breach.limit })]
    await logDecisions(unit, decider.tenant, [
      { decider: decider.id, version: decider.version, outcome: 'denied', reasons, inputs: { at: order.at } },
    ])
  }
  if (!order.wait) return { preview, run: waiting && shown(waiting) }
  const run: StoredRun = { ...newRun(unit, decider, order, numbers, waiting), status: 'waiting', breaches }
  await dismissOlder(unit, decider.id, run.id)
  await addRun(session, unit.actor.tenant, run, waiting !== null)
  return { preview, run: shown(run) }
}

function newRun(
  { unit, actor }: UnitScope,
  decider: CompiledDecider,
  { at, mode, log }: Parameters<typeof beginInUnit>[2],
  numbers: Tally,
  waiting: StoredRun | null,
): StoredRun {
  return {
    id: waiting?.id ?? newId(),
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
    planned: numbers.affected,
    breaches: waiting?.breaches ?? [],
    skipped: { count: 0, cases: [] },
    undo: null,
    dismissed: null,
    cursor: null,
    unknown: numbers.unknown,
    seed: null,
    metrics: {},
    log,
  }
}

/** A run must be for an instant that has come. */
export function requireInstant(at: unknown, now: number): number {
  if (typeof at === 'number' && Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15 && at <= now) return at
  throw crmError('PARAMETER_INVALID', { name: 'at', reason: 'integer milliseconds UTC that are not to come are expected' }, { path: '/at' })
}
