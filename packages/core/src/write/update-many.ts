import type { Action } from '../access/access.ts'
import { hookRecord } from '../hook/hook-record.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { encodeExt, extSteps } from '../object/ext-codec.ts'
import { nameColumns } from '../object/system-fields.ts'
import type { BulkTarget, WriteOptions } from '../record/records.ts'
import { authorise, inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { BatchRow } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { nameValues } from '../text/search-tokens.ts'
import { lockedTargets } from './bulk-target.ts'
import { changeRow } from './change-row.ts'
import { updateCompanions } from './companions.ts'
import { bulkLimits } from './create-many.ts'
import { type Diff, diffOf, encodeAll } from './diff.ts'
import { type Draft, draftUpdate, throwIssues } from './draft.ts'
import { fingerprintOf, idempotencyRow, once } from './idempotency.ts'
import type { Locked } from './locked-read.ts'
import { carriesMore, postForDrafts } from './postings.ts'
import { checkReferences } from './reference-check.ts'
import { explainViolation, throwRefusal } from './refusals.ts'
import { runAfter, runBefore, runChecks } from './run-phases.ts'
import { checkWriteOptions } from './write-options.ts'
import { updatePlan } from './write-plans.ts'

/** Sets the same fields on many records, all or none; only records that differ are written. */
export function updateMany(
  scope: Scope,
  object: string,
  target: BulkTarget,
  patch: unknown,
  options: WriteOptions = {},
): Promise<{ ids: string[] }> {
  return bulk(scope, object, 'update', target, options, patch, (unit, runtime, previous) =>
    draftUpdate(unit, runtime, previous.id, previous, patch, options.at),
  )
}

/** Soft-deletes many records, all or none. */
export function removeMany(scope: Scope, object: string, target: BulkTarget, options: WriteOptions = {}): Promise<{ ids: string[] }> {
  return bulk(scope, object, 'delete', target, options, null, (unit, runtime, previous) => {
    const now = options.at ?? nowOf(unit)
    const next = { ...previous, deletedAt: now, updatedAt: now, updatedBy: unit.actor.id }
    return hookRecord({ operation: 'delete', object: runtime.definition.name, id: previous.id, previous, next, sent: ['deletedAt'] })
  })
}

/** How one of many records changes. */
export interface EachUpdate {
  readonly previous: Locked
  readonly patch: unknown
  readonly cause: NonNullable<WriteOptions['cause']>
}

/** Changes records that have been read and locked, each in its own way and for its own cause, all or none. */
export function updateLocked(
  scope: UnitScope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  updates: readonly EachUpdate[],
): Promise<{ ids: string[] }> {
  const drafts = updates.map(({ previous, patch }) => draftUpdate(scope, runtime, previous.id, previous, patch, undefined))
  const write: BulkWrite = { tenant, runtime, action: 'update', options: {}, fingerprint: () => '' }
  return writeDrafts(scope, write, drafts, (index) => ({ cause: updates[index]?.cause }))
}

type MakeDraft = (scope: UnitScope, runtime: ObjectRuntime, previous: Locked) => Draft

function bulk(
  scope: Scope,
  object: string,
  action: Extract<Action, 'update' | 'delete'>,
  target: BulkTarget,
  options: WriteOptions,
  patch: unknown,
  draftOf: MakeDraft,
): Promise<{ ids: string[] }> {
  return withTenant(scope.kernel.tenants, scope, (tenant) => {
    const runtime = tenant.runtime(object)
    const reach = authorise(scope, action, object)
    checkWriteOptions(scope, object, options)
    const fingerprint = () => fingerprintOf(`${action}Many`, object, [target, patch])
    const run = () =>
      inUnit(scope, async (unit) => {
        const locked = await lockedTargets(unit, tenant, runtime, target, reach)
        const drafts = locked.map((previous) => draftOf(unit, runtime, previous))
        return writeDrafts(unit, { tenant, runtime, action, options, fingerprint }, drafts, () => options)
      })
    return once(scope, options.idempotencyKey, fingerprint, run, async ({ ids }) => ({ ids: [...ids] }))
  })
}

interface Changed {
  readonly draft: Draft
  readonly options: Pick<WriteOptions, 'at' | 'cause'>
  readonly diff: Diff
}

/** What all records of a bulk write have in common. */
export interface BulkWrite {
  readonly tenant: Tenant
  readonly runtime: ObjectRuntime
  readonly action: 'update' | 'delete'
  readonly options: WriteOptions
  readonly fingerprint: () => string
}

/** Takes locked records through the hooks and writes those that differ. `each`: when the draft at this index was true, and why. */
export async function writeDrafts(
  scope: UnitScope,
  write: BulkWrite,
  drafts: readonly Draft[],
  each: (index: number) => Pick<WriteOptions, 'at' | 'cause'>,
): Promise<{ ids: string[] }> {
  const { tenant, runtime, options } = write
  const checks = runChecks(scope, { tenant, runtime }, drafts)
  if (checks) await checks
  throwIssues(drafts)
  const befores = runBefore(scope, { tenant, runtime }, drafts)
  if (befores) await befores
  await checkReferences(scope, runtime, drafts)
  const changed = drafts
    .map((draft, index) => ({ draft, options: each(index), diff: diffOf(fieldsOf(runtime, draft), draft.previous as never, draft.next) }))
    .filter(({ draft, diff }) => diff.parts.length > 0 || carriesMore(draft))
  for (const { draft } of changed) draft.next = { ...draft.next, version: Number(draft.previous?.version) + 1 }
  const ids = changed.map(({ draft }) => draft.id)
  const key = options.idempotencyKey
  const kept = key === undefined ? null : idempotencyRow(scope, key, write.fingerprint(), { ids })
  await postForDrafts(scope, drafts, (index) => each(index).at)
  for (let start = 0; start < changed.length; start += bulkLimits.chunk) {
    await writeChunk(scope, write, changed.slice(start, start + bulkLimits.chunk), start === 0 ? kept : null)
  }
  const afters = runAfter(
    scope,
    { tenant, runtime },
    changed.map(({ draft }) => draft),
  )
  if (afters) await afters
  return { ids }
}

/** Writes what was computed anew, and nothing else: without hooks, only records that differ. Answers how many. */
export async function writeComputed(
  scope: UnitScope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  drafts: readonly Draft[],
  cause: NonNullable<WriteOptions['cause']>,
): Promise<number> {
  const changed = drafts
    .map((draft) => ({ draft, options: { cause }, diff: diffOf(fieldsOf(runtime, draft), draft.previous as never, draft.next) }))
    .filter(({ diff }) => diff.parts.length > 0)
  for (const { draft } of changed) draft.next = { ...draft.next, version: Number(draft.previous?.version) + 1 }
  const write: BulkWrite = { tenant, runtime, action: 'update', options: {}, fingerprint: () => '' }
  if (changed.length > 0) await writeChunk(scope, write, changed, null)
  return changed.length
}

/** One statement for the chunk: the columns any of its records changes, for every one of them. */
async function writeChunk(
  scope: UnitScope,
  { tenant, runtime, action }: BulkWrite,
  changed: readonly Changed[],
  idempotency: readonly unknown[] | null,
): Promise<void> {
  const { definition } = runtime
  const fields = [...new Set(changed.flatMap(({ diff }) => diff.fields))]
  const renames = fields.some(({ name }) => name === definition.nameField)
  const rows = changed.map(({ draft, options, diff }): BatchRow => {
    const all = encodeAll(fields, draft.next)
    return {
      id: draft.id,
      version: draft.next.version as number,
      set: [
        ...all.values,
        ...(renames ? nameValues(definition, draft.next) : []),
        ...(action === 'delete' ? [scope.actor.id] : []),
        ...(all.ext === undefined ? [] : [encodeExt(extSteps(definition.fields), draft.next.custom as Record<string, unknown>)]),
        draft.next.updatedAt,
        draft.next.updatedBy,
      ],
      change: changeRow(scope, definition.name, action, diff.parts, draft, { at: options.at, cause: options.cause }),
    }
  })
  const columns = encodeAll(fields, {}).columns
  const { company, satellites } = updateCompanions(
    scope,
    runtime,
    changed.map(({ draft }) => draft),
    idempotency,
  )
  const plan = updatePlan(runtime, {
    columns: [
      ...columns,
      ...(renames ? nameColumns : []),
      ...(action === 'delete' ? ['deleted_by'] : []),
      ...(fields.some(({ storage }) => storage.at === 'ext') ? ['ext'] : []),
      'updated_at',
      'updated_by',
    ],
    mergeExt: false,
    state: 'any',
    diff: 'given',
    reach: 'all',
    returning: [],
    references: [],
    company,
  })
  try {
    const outcome = await scope.unit.session.writeBatch(plan, { tenant: scope.actor.tenant, revision: tenant.revision, rows, satellites })
    throwRefusal(outcome, [])
  } catch (error) {
    throw explainViolation(error, runtime)
  }
}

function fieldsOf({ definition }: ObjectRuntime, draft: Draft): FieldDefinition[] {
  return [...draft.touched].flatMap((name) => definition.field.get(name) ?? [])
}
