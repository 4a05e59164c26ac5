import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { kindOf } from '../kind/registry.ts'
import { neededByLogic } from '../logic/needed.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { nameColumns } from '../object/system-fields.ts'
import { getRecord, requireId } from '../read/get.ts'
import { withComputed } from '../read/with-computed.ts'
import type { SingleWriteOptions, Target } from '../record/records.ts'
import { authorise, inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { nameValues } from '../text/search-tokens.ts'
import { changeRow } from './change-row.ts'
import { updateCompanions } from './companions.ts'
import { movesDerived } from './derived.ts'
import { type Diff, diffOf, encodeAll } from './diff.ts'
import { type Draft, draftUpdate, throwIssues } from './draft.ts'
import { fingerprintOf, idempotencyRow, once } from './idempotency.ts'
import { conflict, type Locked, lockedRead, readForWrite, refusedTarget, requireVersion } from './locked-read.ts'
import { hasMore, NeedsRecord, NeedsUnit } from './needs-more.ts'
import { carriesMore, postingParts, takeOptions, throwFull, withPostings } from './postings.ts'
import { explainViolation, throwRefusal } from './refusals.ts'
import { runAfter, runBefore, runChecks } from './run-phases.ts'
import { checkSingleOptions } from './write-options.ts'
import { updatePlan } from './write-plans.ts'

/** What an update works on, checked. */
interface Update {
  readonly tenant: Tenant
  readonly runtime: ObjectRuntime
  readonly id: string
  readonly version: number | null
  readonly patch: unknown
  readonly options: SingleWriteOptions
  readonly reach: Reached
}

/**
 * Changes a record: one statement where nobody needs to see the old record first; a read and a write guarded by the version read,
 * where hooks or the change itself need it; else a locked read and a write in a transaction.
 */
export function updateRecord(
  scope: Scope,
  object: string,
  target: Target,
  patch: unknown,
  options: SingleWriteOptions = {},
): Promise<Record<string, unknown>> {
  return withTenant(scope.kernel.tenants, scope, (tenant) => {
    const runtime = tenant.runtime(object)
    const reach = authorise(scope, 'update', object)
    checkSingleOptions(scope, object, options)
    const update: Update = { tenant, runtime, version: requireVersion(target), id: requireId(target.id), patch, options, reach }
    const run = async () => withComputed(scope, tenant, runtime, await runUpdate(scope, update), false)
    if (options.idempotencyKey === undefined) return run()
    const fingerprint = () => fingerprintOf('update', object, [update.id, update.version, patch])
    return once(scope, options.idempotencyKey, fingerprint, run, () => getRecord(scope, object, update.id))
  })
}

async function runUpdate(scope: Scope, update: Update): Promise<Record<string, unknown>> {
  const { runtime, id, patch, options } = update
  const draft = draftUpdate(scope, runtime, id, null, patch, options.at)
  takeOptions(draft, options)
  const { needs } = scope.kernel.hooks.writePath(runtime.definition.name, 'update', draft.sent)
  const asked = neededByLogic(runtime.logic, draft.sent, scope.privileged).length > 0
  const quick = needs === 'nothing' && !asked ? await unlessNeeded(NeedsRecord, () => quickUpdate(scope, update, draft)) : null
  const watched = quick ?? (needs === 'transaction' ? null : await unlessNeeded(NeedsUnit, () => watchedUpdate(scope, update)))
  return watched ?? inUnit(scope, (unit) => lockedUpdate(unit, update))
}

/** Null where rules ask for more than this way of writing has: nothing has been written then. */
async function unlessNeeded<T>(need: typeof NeedsRecord | typeof NeedsUnit, write: () => Promise<T | null>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof need || error instanceof NeedsUnit) return null
    throw error
  }
}

/** The short path, or null when this update needs the old record. */
async function quickUpdate(scope: Scope, update: Update, draft: Draft): Promise<Record<string, unknown> | null> {
  const { tenant, runtime } = update
  const { definition } = runtime
  if (!scope.kernel.store.diffsInSql || (update.reach !== 'all' && update.reach !== 'own')) return null
  const checks = runChecks(scope, { tenant, runtime }, [draft])
  if (checks) await checks
  throwIssues([draft])
  const befores = runBefore(scope, { tenant, runtime }, [draft])
  if (befores) await befores
  // Hooks may have set what formulas and conditions need the rest of the record for.
  if (hasMore(draft)) return null
  if (draft.authors.size > 0 && neededByLogic(runtime.logic, [...draft.touched], scope.privileged).length > 0) return null
  const fields = touchedFields(runtime, draft)
  if (fields.length === 0 || !fields.every(comparesInSql) || movesDerived(definition, draft.touched)) return null
  return writeQuick(scope, update, draft, fields)
}

/** A field of one column, whose old and new value the database can compare by itself. */
function comparesInSql(field: FieldDefinition): boolean {
  return field.storage.at !== 'links' && kindOf(field.kind).columns.length === 1
}

async function writeQuick(
  scope: Scope,
  update: Update,
  draft: Draft,
  fields: readonly FieldDefinition[],
): Promise<Record<string, unknown> | null> {
  const { tenant, runtime, id, version, reach, options } = update
  const { definition, codec } = runtime
  const whole = encodeAll(fields, draft.next)
  const pointers = changedReferences(runtime, fields, draft)
  const idempotency = idempotencyOf(scope, update)
  const posted = postingParts(scope, draft, options.at)
  const { company, satellites } = withPostings(updateCompanions(scope, runtime, [draft], idempotency), posted)
  const plan = updatePlan(runtime, {
    columns: [...whole.columns, 'updated_at', 'updated_by'],
    mergeExt: whole.ext !== undefined,
    state: 'live',
    diff: 'sql',
    reach,
    returning: codec.columns,
    references: pointers.map(({ table }) => table),
    company,
  })
  try {
    const outcome = await sessionOf(scope).write(plan, {
      tenant: scope.actor.tenant,
      id,
      revision: tenant.revision,
      version,
      set: [...whole.values, draft.next.updatedAt, draft.next.updatedBy],
      ext: whole.ext,
      policy: reach === 'own' ? [scope.actor.tenant, scope.actor.id] : undefined,
      counters: posted.counters,
      references: pointers.map((pointer) => pointer.id),
      change: changeRow(scope, definition.name, 'update', null, draft, options),
      satellites,
    })
    if (outcome.refused.includes('revision')) throwRefusal(outcome, [])
    if (outcome.refused.includes('policy')) throw await refusedTarget(scope, runtime, id, reach)
    if (outcome.refused.includes('version') && !outcome.refused.includes('state')) throw await explainConflict(scope, update)
    throwFull(outcome, posted)
    throwRefusal(
      outcome,
      pointers.map(({ field }) => field),
    )
    // Nothing differs, so nothing was written: what the write carries is not to be lost for that.
    if (!outcome.written && carriesMore(draft)) return null
    return outcome.row ? codec.decode(outcome.row) : null
  } catch (error) {
    throw explainViolation(error, runtime)
  }
}

async function explainConflict(scope: Scope, { runtime, id, patch }: Update): Promise<Error> {
  const { name } = runtime.definition
  const current = await getRecord({ ...scope, privileged: true }, name, id)
  return conflict(scope, runtime, current, patch)
}

/** How often a record may be changed by others between our read and our write before it is locked. */
const watchedTries = 2

/** The record is read without a lock and written only if it still is what was read; null when others were faster each time. */
async function watchedUpdate(scope: Scope, update: Update): Promise<Record<string, unknown> | null> {
  if (scope.unit) return null
  const { tenant, runtime, id, reach } = update
  for (let tried = 0; tried < watchedTries; tried++) {
    const written = await writeOver(scope, update, await readForWrite(scope, runtime, id, reach, tenant.revision), true)
    if (written) return written
  }
  return null
}

async function lockedUpdate(scope: UnitScope, update: Update): Promise<Record<string, unknown>> {
  const { tenant, runtime, id, reach } = update
  const previous = await lockedRead(scope, runtime, id, reach, tenant.revision)
  const written = await writeOver(scope, update, previous, false)
  if (!written) throw new TypeError('A locked record changed.')
  return written
}

/** Hooks and write, knowing the old record. `watched`: nothing is written (null) unless the record still has its version. */
async function writeOver(scope: Scope, update: Update, previous: Locked, watched: boolean): Promise<Record<string, unknown> | null> {
  const { tenant, runtime, id, version, patch, options } = update
  if (previous.deletedAt !== null) throw crmError('RECORD_DELETED')
  if (version !== null && previous.version !== version) throw conflict(scope, runtime, previous, patch)
  const draft = draftUpdate(scope, runtime, id, previous, patch, options.at)
  takeOptions(draft, options)
  const checks = runChecks(scope, { tenant, runtime }, [draft])
  if (checks) await checks
  throwIssues([draft])
  const befores = runBefore(scope, { tenant, runtime }, [draft])
  if (befores) await befores
  const fields = touchedFields(runtime, draft)
  const diff = diffOf(fields, previous, draft.next)
  if (diff.fields.length === 0 && !carriesMore(draft)) return previous as Record<string, unknown>
  draft.next = { ...draft.next, version: previous.version + 1 }
  if (!(await writeDiff(scope, update, draft, diff, watched ? previous.version : null))) return null
  const afters = runAfter(scope, { tenant, runtime }, [draft])
  if (afters) await afters
  return draft.next
}

/** False: the record has not the version it must have, and nothing was written. */
async function writeDiff(scope: Scope, update: Update, draft: Draft, diff: Diff, version: number | null): Promise<boolean> {
  const { tenant, runtime, id, options } = update
  const { name } = runtime.definition
  const pointers = changedReferences(runtime, diff.fields, draft)
  const posted = postingParts(scope, draft, options.at)
  const { company, satellites } = withPostings(updateCompanions(scope, runtime, [draft], idempotencyOf(scope, update)), posted)
  const derived = derivedOf(runtime, diff, draft)
  const plan = updatePlan(runtime, {
    columns: [...diff.columns, ...derived.columns, 'updated_at', 'updated_by'],
    mergeExt: diff.ext !== undefined,
    state: 'any',
    diff: 'given',
    reach: 'all',
    returning: [],
    references: pointers.map(({ table }) => table),
    company,
  })
  try {
    const outcome = await sessionOf(scope).write(plan, {
      tenant: scope.actor.tenant,
      id,
      revision: version === null ? null : tenant.revision,
      version,
      set: [...diff.values, ...derived.values, draft.next.updatedAt, draft.next.updatedBy],
      ext: diff.ext,
      counters: posted.counters,
      references: pointers.map((pointer) => pointer.id),
      change: changeRow(scope, name, 'update', diff.parts, draft, options),
      satellites,
    })
    if (outcome.refused.includes('version') && !outcome.refused.includes('revision')) return false
    throwFull(outcome, posted)
    throwRefusal(
      outcome,
      pointers.map(({ field }) => field),
    )
    return true
  } catch (error) {
    throw explainViolation(error, runtime)
  }
}

/** Name columns, when the name changed. */
function derivedOf({ definition }: ObjectRuntime, diff: Diff, draft: Draft): Pick<Diff, 'columns' | 'values'> {
  if (!diff.fields.some(({ name }) => name === definition.nameField)) return { columns: [], values: [] }
  return { columns: nameColumns, values: nameValues(definition, draft.next) }
}

function touchedFields({ definition }: ObjectRuntime, draft: Draft): FieldDefinition[] {
  return [...draft.touched].flatMap((name) => definition.field.get(name) ?? [])
}

/** References among the fields, with the tables they point to. */
function changedReferences(
  runtime: ObjectRuntime,
  fields: readonly FieldDefinition[],
  draft: Draft,
): { field: string; table: string; id: string | null }[] {
  return runtime.references
    .filter(({ field }) => fields.includes(field))
    .map(({ field, table }) => ({ field: field.name, table, id: (draft.next[field.name] as string | null | undefined) ?? null }))
}

function idempotencyOf(scope: Scope, { id, version, patch, options, runtime }: Update): readonly unknown[] | null {
  if (options.idempotencyKey === undefined) return null
  return idempotencyRow(scope, options.idempotencyKey, fingerprintOf('update', runtime.definition.name, [id, version, patch]), {
    ids: [id],
  })
}
