import type { DeciderRun } from '../decider/deciders.ts'
import type { DecisionInput } from '../decision/decision.ts'
import { CrmError } from '../error/crm-error.ts'
import { inUnit, type Scope, type UnitScope } from '../scope/scope.ts'
import type { Locked } from '../write/locked-read.ts'
import { type EachUpdate, updateLocked } from '../write/update-many.ts'
import { factsOf } from './because.ts'
import { caseOf, dueRecords, ruleOf, valuesOf } from './cases.ts'
import { endOfLog } from './changes-of-run.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { patchOf } from './compile-set.ts'
import { contextAt } from './conditions.ts'
import { logDecisions } from './log.ts'
import { causeOf, decisionOf, shown } from './run-outcome.ts'
import { readRun, type StoredRun, setRun } from './run-rows.ts'
import { sliceSize, sweep } from './sweep-rows.ts'
import { wayOf } from './way.ts'

const batchSize = 1_000
export const skippedNamed = 100

/**
 * Carries a run on from where it stands, a transaction per thousand records (per slice, where statements do): the run's own row is locked in each, so that two who carry
 * it on take turns, and one that died is carried on by the next who asks.
 */
export async function runBatches(scope: Scope, decider: CompiledDecider, run: StoredRun): Promise<DeciderRun> {
  for (let current = run; ; ) {
    if (current.status !== 'running') return shown(current)
    current = await inUnit(scope, (unit) => nextBatch(unit, decider, run.id))
  }
}

async function nextBatch(unit: UnitScope, decider: CompiledDecider, id: string): Promise<StoredRun> {
  const { session, now } = unit.unit
  const run = await readRun(session, unit.actor.tenant, id, true)
  if (!run) throw new TypeError('A run is gone.')
  if (run.status !== 'running') return run
  const left = mostOf(decider, run) - run.affected - run.skipped.count
  const { written, skipped, last } = left > 0 ? await writeNext(unit, decider, run, left) : { ...nothing, last: null }
  if (last === null) {
    const done: StoredRun = { ...run, status: 'done', finishedAt: now, log: await endOfLog(unit, run) }
    await setRun(session, unit.actor.tenant, done)
    await logDecisions(unit, decider.tenant, [decisionOf(done)])
    return done
  }
  const moved: StoredRun = {
    ...run,
    affected: run.affected + written,
    cursor: last,
    skipped: {
      count: run.skipped.count + skipped.length,
      cases: [...run.skipped.cases, ...skipped].slice(0, skippedNamed),
    },
  }
  await setRun(session, unit.actor.tenant, moved)
  return moved
}

/** What was counted, or what needs no counting: records that became due while it ran do not stretch a run beyond what was agreed to. */
function mostOf({ body }: CompiledDecider, { planned }: StoredRun): number {
  return Math.max(planned, body.blast.records ?? Number.MAX_SAFE_INTEGER)
}

/** What became of records that were to be written. */
export interface Written {
  readonly written: number
  readonly skipped: DeciderRun['skipped']['cases']
}

const nothing: Written = { written: 0, skipped: [] }

/** The next records by id; `last` is null where there are none. */
async function writeNext(
  unit: UnitScope,
  decider: CompiledDecider,
  run: StoredRun,
  left: number,
): Promise<Written & { readonly last: string | null }> {
  if (run.mode === 'live' && wayOf(unit, decider).way === 'statement') {
    const { reached, last } = await sweep(unit, decider, run, { after: run.cursor, limit: Math.min(sliceSize, left) })
    return { ...nothing, written: reached, last }
  }
  const limit = Math.min(batchSize, left)
  const due = await dueRecords(unit, decider, run.at, { after: run.cursor, limit, lock: run.mode === 'live' })
  const last = due.at(-1)?.id ?? null
  if (last === null) return { ...nothing, last }
  return { ...(run.mode === 'live' ? await writeAll(unit, decider, run, due) : await noteAll(unit, decider, run, due)), last }
}

async function writeAll(unit: UnitScope, decider: CompiledDecider, run: StoredRun, due: readonly Locked[]): Promise<Written> {
  return writeUpdates(
    unit,
    decider,
    due.map((record) => updateOf(unit, decider, run, record)),
  )
}

/** All together; where a hook refuses, one by one, so that one record does not stop the others. */
export async function writeUpdates(
  unit: UnitScope,
  { tenant, runtime }: Pick<CompiledDecider, 'tenant' | 'runtime'>,
  updates: readonly EachUpdate[],
): Promise<Written> {
  const write = (some: readonly EachUpdate[]) => inUnit(unit, (inner) => updateLocked(inner, tenant, runtime, some))
  try {
    return { written: (await write(updates)).ids.length, skipped: [] }
  } catch (error) {
    if (!(error instanceof CrmError)) throw error
  }
  let written = 0
  const skipped: Written['skipped'][number][] = []
  for (const update of updates) {
    try {
      written += (await write([update])).ids.length
    } catch (error) {
      if (!(error instanceof CrmError)) throw error
      skipped.push({ id: update.previous.id, code: error.code, message: error.message })
    }
  }
  return { written, skipped }
}

function updateOf(scope: Scope, decider: CompiledDecider, run: StoredRun, record: Locked): EachUpdate {
  const context = contextAt(scope, decider.tenant, run.at)
  const rule = ruleOf(decider, record, context)
  if (!rule) throw new TypeError('A record is due by no rule.')
  const { related: _, ...previous } = record as Locked & { readonly related?: unknown }
  const cause = { ...causeOf(decider, run.id), rule: decider.rules.indexOf(rule), facts: factsOf(rule, record, context) }
  return { previous: previous as Locked, patch: patchOf(valuesOf(rule, record, context)), cause }
}

/** In shadow what would be done is only written down. */
async function noteAll(unit: UnitScope, decider: CompiledDecider, run: StoredRun, due: readonly Locked[]): Promise<Written> {
  const context = contextAt(unit, decider.tenant, run.at)
  const decisions = due.flatMap((record): DecisionInput[] => {
    const rule = ruleOf(decider, record, context)
    if (!rule) return []
    const { because, values } = caseOf(decider, rule, record, context, unit.kernel.zoneOf(decider.tenant))
    const inputs = { run: run.id, rule: rule.id, facts: factsOf(rule, record, context), because, values }
    return [
      {
        decider: run.decider,
        version: run.version,
        mode: 'shadow',
        subject: { object: run.object, id: record.id },
        outcome: 'decided',
        inputs,
      },
    ]
  })
  await logDecisions(unit, decider.tenant, decisions)
  return { written: decisions.length, skipped: [] }
}
