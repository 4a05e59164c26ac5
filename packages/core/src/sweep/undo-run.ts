import type { DeciderRun, UndoLeft } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { decodeChange } from '../object/storage-keys.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { type EachUpdate, updateLocked } from '../write/update-many.ts'
import { changesOfRun, type RunChange } from './changes-of-run.ts'
import { logDecisions } from './log.ts'
import { shown } from './run-outcome.ts'
import { readRun, type StoredRun, setRun } from './run-rows.ts'

const batchSize = 1_000
const leftNamed = 1_000

/** Records that one transaction takes back at most, so that others need not wait for all of them. */
const slice = 20_000

/**
 * Takes a run back, slice by slice: records that still have the version the run gave them get their old values, through the hooks as any
 * other write; the others are left alone and named. Whoever asks again goes on with one that was interrupted. `scope` acts as the system.
 */
export async function undoRun(scope: Scope, tenant: Tenant, id: string): Promise<DeciderRun> {
  let run: StoredRun
  do run = await inUnit(scope, (unit) => undoSlice(unit, tenant, id))
  while (run.status === 'undoing')
  return shown(run)
}

async function undoSlice(unit: UnitScope, tenant: Tenant, id: string): Promise<StoredRun> {
  const { session, now } = unit.unit
  const run = await readRun(session, unit.actor.tenant, id, true)
  if (!run) throw crmError('NOT_FOUND')
  const { status, mode } = run
  if (mode !== 'live' || (status !== 'done' && status !== 'undoing'))
    throw crmError('RUN_STATUS', { status: mode === 'live' ? status : mode })
  const begun = run.undo ?? { at: now, by: unit.actor.id, undone: 0, left: 0, kept: [] }
  const { undone, kept, last } = await takeBack(unit, tenant, run, status === 'undoing' ? Number(run.cursor) : null)
  const undo: NonNullable<DeciderRun['undo']> = {
    ...begun,
    undone: begun.undone + undone,
    left: begun.left + kept.length,
    kept: [...begun.kept, ...kept].slice(0, leftNamed),
  }
  const next: StoredRun = {
    ...run,
    undo,
    ...(last === null ? { status: 'undone', cursor: null } : { status: 'undoing', cursor: String(last) }),
  }
  await setRun(session, unit.actor.tenant, next)
  if (last !== null) return next
  await logDecisions(unit, tenant, [
    {
      decider: run.decider,
      version: run.version,
      outcome: 'decided',
      reasons: [coreReasons.make.run_undone({ count: undo.undone, kept: undo.left })],
      inputs: { run: run.id, undo: true },
    },
  ])
  return next
}

/** `last`: the number to go on after; null at the end of the run's changes. */
async function takeBack(
  unit: UnitScope,
  tenant: Tenant,
  run: StoredRun,
  from: number | null,
): Promise<{ undone: number; kept: UndoLeft[]; last: number | null }> {
  const runtime = tenant.runtime(run.object)
  const kept: UndoLeft[] = []
  let undone = 0
  let after = from
  for (let seen = 0; seen < slice; seen += batchSize) {
    const changes: readonly RunChange[] = await changesOfRun(unit, run, after, batchSize)
    const records = await lockedByIds(
      unit,
      runtime,
      changes.map(({ recordId }) => recordId),
    )
    const updates = changes.flatMap((change): EachUpdate[] => {
      const record = records.get(change.recordId)
      if (!record || record.deletedAt !== null) kept.push({ id: change.recordId, reason: 'record_missing' })
      else if (record.version !== change.version || !change.values) kept.push({ id: change.recordId, reason: 'record_changed' })
      else return [{ previous: record, patch: inverse(runtime.definition, change.values, record), cause: causeOf(run) }]
      return []
    })
    undone += (await updateLocked(unit, tenant, runtime, updates)).ids.length
    if (changes.length < batchSize) return { undone, kept, last: null }
    after = changes.at(-1)?.seq ?? after
  }
  return { undone, kept, last: after }
}

const causeOf = ({ decider, version, id }: StoredRun) => ({ kind: 'undo', id: decider, version, run: id })

/** The old values, as a patch; formulas follow by themselves. */
function inverse(definition: ObjectDefinition, values: NonNullable<RunChange['values']>, record: Locked): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const [name, [before]] of Object.entries(decodeChange(definition, values, record))) {
    if (definition.field.get(name)?.formula) continue
    if (name.startsWith('custom.')) patch.custom = { ...(patch.custom as object | undefined), [name.slice('custom.'.length)]: before }
    else patch[name] = before
  }
  return patch
}

async function lockedByIds(scope: Scope, runtime: ObjectRuntime, ids: readonly string[]): Promise<ReadonlyMap<string, Locked>> {
  if (ids.length === 0) return new Map()
  const plan = runtime.selects.get(
    'locked by ids',
    (): SelectPlan => ({
      table: runtime.definition.table,
      columns: runtime.codec.columns,
      where: { op: 'in', operand: { column: 'id', nullable: false }, param: 1 },
      order: [{ operand: { column: 'id', nullable: false }, descending: false }],
      limit: 2,
      revision: false,
      lock: true,
    }),
  )
  const rows = await sessionOf(scope).selectValues(plan, [scope.actor.tenant, ids, batchSize])
  const records = rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked)
  return new Map(records.map((record) => [record.id, record]))
}
