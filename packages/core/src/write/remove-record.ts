import { crmError } from '../error/crm-error.ts'
import { hookRecord } from '../hook/hook-record.ts'
import { getRecord, requireId } from '../read/get.ts'
import type { SingleWriteOptions, Target } from '../record/records.ts'
import { authorise, inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { changeRow } from './change-row.ts'
import { throwIssues } from './draft.ts'
import { fingerprintOf, idempotencyRow, once } from './idempotency.ts'
import { conflict, type Locked, lockedRead, requireVersion } from './locked-read.ts'
import { postingParts, takeOptions, throwFull, withPostings } from './postings.ts'
import { explainViolation, throwRefusal } from './refusals.ts'
import { runAfter, runBefore, runChecks } from './run-phases.ts'
import { checkSingleOptions } from './write-options.ts'
import { updatePlan } from './write-plans.ts'

/** Days in which a deleted record can be brought back. */
export const restoreDays = 30

const dayMs = 86_400_000

/** Hides a record; it can be restored for {@link restoreDays} days. */
export async function removeRecord(scope: Scope, object: string, target: Target, options: SingleWriteOptions = {}): Promise<void> {
  await switchState(scope, object, 'delete', target, options)
}

/** Brings a deleted record back under the same id. */
export async function restoreRecord(
  scope: Scope,
  object: string,
  target: Target,
  options: SingleWriteOptions = {},
): Promise<Record<string, unknown>> {
  return switchState(scope, object, 'restore', target, options)
}

type Switch = 'delete' | 'restore'

function switchState(
  scope: Scope,
  object: string,
  operation: Switch,
  target: Target,
  options: SingleWriteOptions,
): Promise<Record<string, unknown>> {
  return withTenant(scope.kernel.tenants, scope, (tenant) => {
    const runtime = tenant.runtime(object)
    const reach = authorise(scope, operation, object)
    checkSingleOptions(scope, object, options)
    const version = requireVersion(target)
    const id = requireId(target.id)
    const run = () =>
      inUnit(scope, async (unit) => {
        const previous = await lockedRead(unit, runtime, id, reach, tenant.revision)
        refuseState(operation, previous, nowOf(unit))
        if (version !== null && previous.version !== version) throw conflict(scope, runtime, previous, null)
        return switchLocked(unit, tenant, runtime, operation, previous, version, options)
      })
    const fingerprint = () => fingerprintOf(operation, object, [id, version])
    return once(scope, options.idempotencyKey, fingerprint, run, async () => (operation === 'delete' ? {} : getRecord(scope, object, id)))
  })
}

function refuseState(operation: Switch, { deletedAt }: Locked, now: number): void {
  if (operation === 'delete' && deletedAt !== null) throw crmError('RECORD_DELETED')
  if (operation === 'delete') return
  if (deletedAt === null) throw crmError('RECORD_NOT_DELETED')
  if (now - deletedAt > restoreDays * dayMs) throw crmError('RESTORE_EXPIRED', { days: restoreDays })
}

async function switchLocked(
  scope: UnitScope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  operation: Switch,
  previous: Locked,
  version: number | null,
  options: SingleWriteOptions,
): Promise<Record<string, unknown>> {
  const { name } = runtime.definition
  const now = options.at ?? nowOf(scope)
  const deletedAt = operation === 'delete' ? now : null
  const next = { ...previous, deletedAt, updatedAt: now, updatedBy: scope.actor.id, version: previous.version + 1 }
  const draft = hookRecord({ operation, object: name, id: previous.id, previous, next, sent: ['deletedAt'] })
  takeOptions(draft, options)
  const checks = runChecks(scope, { tenant, runtime }, [draft])
  if (checks) await checks
  throwIssues([draft])
  const befores = runBefore(scope, { tenant, runtime }, [draft])
  if (befores) await befores
  const posted = postingParts(scope, draft, options.at)
  const key = options.idempotencyKey
  const idempotency =
    key === undefined ? [] : [[idempotencyRow(scope, key, fingerprintOf(operation, name, [previous.id, version]), { ids: [previous.id] })]]
  const own = { company: { tokens: false, links: false, idempotency: key !== undefined }, satellites: idempotency }
  const { company, satellites } = withPostings(own, posted)
  const plan = updatePlan(runtime, {
    columns: ['deleted_at', 'deleted_by', 'updated_at', 'updated_by'],
    mergeExt: false,
    state: 'any',
    diff: 'given',
    reach: 'all',
    returning: [],
    references: [],
    company,
  })
  try {
    const outcome = await scope.unit.session.write(plan, {
      tenant: tenant.id,
      id: previous.id,
      revision: null,
      version: null,
      set: [deletedAt, operation === 'delete' ? scope.actor.id : null, now, scope.actor.id],
      counters: posted.counters,
      references: [],
      change: changeRow(scope, name, operation, [`"deleted_at":[${previous.deletedAt},${deletedAt}]`], draft, options),
      satellites,
    })
    throwFull(outcome, posted)
    throwRefusal(outcome, [])
  } catch (error) {
    throw explainViolation(error, runtime)
  }
  const afters = runAfter(scope, { tenant, runtime }, [draft])
  if (afters) await afters
  return draft.next
}
