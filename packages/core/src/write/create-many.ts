import { crmError } from '../error/crm-error.ts'
import type { CreateManyOptions, WriteOptions } from '../record/records.ts'
import { authorise, inUnit, type Scope, sessionOf } from '../scope/scope.ts'
import type { BatchRow } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { authorsSpeller, changeRow } from './change-row.ts'
import { insertCompanions } from './companions.ts'
import { nothingSent, orInUnit } from './create-record.ts'
import { type Draft, draftCreate, throwIssues, validationOf } from './draft.ts'
import { fingerprintOf, idempotencyRow, once } from './idempotency.ts'
import { carriesMore, postForDrafts } from './postings.ts'
import { checkReferences } from './reference-check.ts'
import { explainViolation, throwRefusal } from './refusals.ts'
import { rowValues } from './row-values.ts'
import { runAfter, runBefore, runChecks } from './run-phases.ts'
import { checkWriteOptions } from './write-options.ts'
import { insertPlan } from './write-plans.ts'

/** Bounds of a bulk write: records in all, and records per statement. */
export const bulkLimits = { records: 10_000, chunk: 1_000 } as const

/** Writes new records, all or none, set-based; hooks get them all at once. */
export function createMany(
  scope: Scope,
  object: string,
  values: readonly unknown[],
  options: CreateManyOptions = {},
): Promise<{ ids: string[] }> {
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = tenant.runtime(object)
    authorise(scope, 'create', object)
    const times = timesOf(scope, object, values, options)
    if (values.length === 0) return { ids: [] }
    const insert = (inner: Scope) => insertMany(inner, tenant, runtime, values, times, options)
    const run = () => (needsUnit(scope, runtime, values.length) ? inUnit(scope, insert) : orInUnit(scope, insert))
    return once(
      scope,
      options.idempotencyKey,
      () => fingerprintOf('createMany', object, values),
      run,
      async ({ ids }) => ({ ids: [...ids] }),
    )
  })
}

function needsUnit(scope: Scope, { definition, references }: ObjectRuntime, count: number): boolean {
  return (
    count > bulkLimits.chunk ||
    references.length > 0 ||
    scope.kernel.hooks.writePath(definition.name, 'create', nothingSent).needs === 'transaction'
  )
}

/** When each record was true; checked like the options of a single write. */
function timesOf(
  scope: Scope,
  object: string,
  values: readonly unknown[],
  options: CreateManyOptions,
): (index: number) => number | undefined {
  if (!Array.isArray(values))
    throw crmError('PARAMETER_INVALID', { name: 'create', reason: 'a list of records is expected' }, { path: '/create' })
  if (values.length > bulkLimits.records)
    throw crmError('LIMIT_EXCEEDED', { what: 'records', limit: bulkLimits.records }, { path: '/create' })
  const { at, ...rest } = options
  checkWriteOptions(scope, object, rest)
  const times: readonly (number | undefined)[] = Array.isArray(at) ? at : [at as number | undefined]
  if (Array.isArray(at) && at.length !== values.length)
    throw crmError('PARAMETER_INVALID', { name: 'at', reason: 'one time per record is expected' }, { path: '/at' })
  for (const time of times) checkWriteOptions(scope, object, time === undefined ? {} : { at: time })
  return (index) => (Array.isArray(at) ? times[index] : times[0])
}

async function insertMany(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  values: readonly unknown[],
  times: (index: number) => number | undefined,
  options: CreateManyOptions,
): Promise<{ ids: string[] }> {
  const context = validationOf(scope, runtime)
  const drafts = values.map((value, index) => draftCreate(scope, runtime, value, times(index), context))
  const checks = runChecks(scope, { tenant, runtime }, drafts)
  if (checks) await checks
  throwIssues(drafts)
  const befores = runBefore(scope, { tenant, runtime }, drafts)
  if (befores) await befores
  await checkReferences(scope, runtime, drafts)
  const ids = drafts.map(({ id }) => id)
  const key = options.idempotencyKey
  const kept = key === undefined ? null : idempotencyRow(scope, key, fingerprintOf('createMany', runtime.definition.name, values), { ids })
  if (drafts.some(carriesMore)) {
    // Entries, jobs and records need one transaction; without hooks that need the database there may be none yet.
    if (!scope.unit) return inUnit(scope, (unit) => insertMany(unit, tenant, runtime, values, times, options))
    await postForDrafts({ ...scope, unit: scope.unit }, drafts, times)
  }
  for (let start = 0; start < drafts.length; start += bulkLimits.chunk) {
    const chunk = drafts.slice(start, start + bulkLimits.chunk)
    await writeChunk(scope, tenant, runtime, chunk, start === 0 ? kept : null, (index) => optionsOf(options, times(start + index)))
  }
  const afters = runAfter(scope, { tenant, runtime }, drafts)
  if (afters) await afters
  return { ids }
}

const optionsOf = ({ cause }: CreateManyOptions, at: number | undefined): WriteOptions => ({ cause, at })

async function writeChunk(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  drafts: readonly Draft[],
  idempotency: readonly unknown[] | null,
  optionsAt: (index: number) => WriteOptions,
): Promise<void> {
  const { definition } = runtime
  const { company, satellites } = insertCompanions(scope, runtime, drafts, idempotency)
  const spelled = authorsSpeller()
  const rows = drafts.map((draft, index): BatchRow => {
    const row = rowValues(runtime, scope.actor.tenant, draft.next)
    return {
      id: draft.id,
      version: 1,
      set: row,
      change: changeRow(scope, definition.name, 'create', null, draft, optionsAt(index), spelled),
    }
  })
  try {
    const outcome = await sessionOf(scope).writeBatch(insertPlan(runtime, company, false), {
      tenant: scope.actor.tenant,
      revision: tenant.revision,
      rows,
      satellites,
    })
    throwRefusal(outcome, [])
  } catch (error) {
    throw explainViolation(error, runtime)
  }
}
