import type { DeciderRun } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { inUnit, type Scope, type UnitScope } from '../scope/scope.ts'
import { shown } from './run-outcome.ts'
import { readRun, readRuns, type StoredRun, setRun } from './run-rows.ts'

/** A run that waits is not carried out. */
export function dismissRun(scope: Scope, id: string): Promise<DeciderRun> {
  return inUnit(scope, async (unit) => {
    const run = await readRun(unit.unit.session, unit.actor.tenant, id, true)
    if (!run) throw crmError('NOT_FOUND')
    if (run.status !== 'waiting') throw crmError('RUN_STATUS', { status: run.status })
    return shown(await dismiss(unit, run, false))
  })
}

/** Of one decider one run waits at most: what a later run has counted anew need not be confirmed any more. */
export async function dismissOlder(unit: UnitScope, decider: string, except: string | undefined): Promise<void> {
  const waiting = await readRuns(unit.unit.session, unit.actor.tenant, { decider, status: 'waiting' })
  for (const run of waiting) if (run.id !== except) await dismiss(unit, run, true)
}

async function dismiss({ unit, actor }: UnitScope, run: StoredRun, superseded: boolean): Promise<StoredRun> {
  const dismissed: StoredRun = {
    ...run,
    status: 'dismissed',
    finishedAt: unit.now,
    dismissed: { at: unit.now, by: actor.id, superseded },
  }
  await setRun(unit.session, actor.tenant, dismissed)
  return dismissed
}
