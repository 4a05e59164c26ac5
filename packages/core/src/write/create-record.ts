import { getRecord } from '../read/get.ts'
import { withComputed } from '../read/with-computed.ts'
import type { SingleWriteOptions } from '../record/records.ts'
import { authorise, inUnit, type Scope, sessionOf } from '../scope/scope.ts'
import type { WriteOutcome } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { changeRow } from './change-row.ts'
import { insertCompanions } from './companions.ts'
import { type Draft, draftCreate, throwIssues } from './draft.ts'
import { fingerprintOf, idempotencyRow, once } from './idempotency.ts'
import { NeedsUnit } from './needs-more.ts'
import { type PostingParts, postingParts, takeOptions, throwFull, withPostings } from './postings.ts'
import { explainViolation, throwRefusal } from './refusals.ts'
import { rowValues } from './row-values.ts'
import { runAfter, runBefore, runChecks } from './run-phases.ts'
import { checkSingleOptions } from './write-options.ts'
import { insertPlan } from './write-plans.ts'

/** Hooks on create run whatever is sent. */
export const nothingSent: readonly string[] = []

/** Writes one new record: one statement when no hook needs the database. */
export function createRecord(
  scope: Scope,
  object: string,
  values: unknown,
  options: SingleWriteOptions = {},
): Promise<Record<string, unknown>> {
  return withTenant(scope.kernel.tenants, scope, (tenant) => {
    const runtime = tenant.runtime(object)
    authorise(scope, 'create', object)
    checkSingleOptions(scope, object, options)
    const insert = (inner: Scope) => insertOne(inner, tenant, runtime, values, options)
    const transaction = scope.kernel.hooks.writePath(object, 'create', nothingSent).needs === 'transaction'
    const key = options.idempotencyKey
    const written = () => (transaction ? inUnit(scope, insert) : orInUnit(scope, insert))
    if (key === undefined) return written()
    return once(
      scope,
      key,
      () => fingerprintOf('create', object, values),
      written,
      ({ ids }) => getRecord(scope, object, ids[0] ?? ''),
    )
  })
}

/** In one statement, or in a transaction where rules turn out to have more to do: nothing has been written then. */
export function orInUnit<T>(scope: Scope, write: (scope: Scope) => Promise<T>): Promise<T> {
  return write(scope).catch((error: unknown) => {
    if (!(error instanceof NeedsUnit)) throw error
    return inUnit(scope, write)
  })
}

async function insertOne(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  input: unknown,
  options: SingleWriteOptions,
): Promise<Record<string, unknown>> {
  const draft = draftCreate(scope, runtime, input, options.at)
  takeOptions(draft, options)
  const checks = runChecks(scope, { tenant, runtime }, [draft])
  if (checks) await checks
  throwIssues([draft])
  const befores = runBefore(scope, { tenant, runtime }, [draft])
  if (befores) await befores
  const { posted, writing } = writeInsert(scope, tenant, runtime, draft, input, options)
  try {
    const outcome = await writing
    throwFull(outcome, posted)
    if (outcome.refused.length > 0) throwRefusal(outcome, referencesOf(runtime))
  } catch (error) {
    throw explainViolation(error, runtime)
  }
  const afters = runAfter(scope, { tenant, runtime }, [draft])
  if (afters) await afters
  const record = withComputed(scope, tenant, runtime, draft.next, scope.unit === null)
  return record instanceof Promise ? await record : record
}

const referencesOf = ({ references }: ObjectRuntime): string[] => references.map(({ field }) => field.name)

function writeInsert(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  draft: Draft,
  input: unknown,
  options: SingleWriteOptions,
): { readonly posted: PostingParts; readonly writing: Promise<WriteOutcome> } {
  const { definition, references } = runtime
  const { idempotencyKey: key } = options
  const idempotency =
    key === undefined ? null : idempotencyRow(scope, key, fingerprintOf('create', definition.name, input), { ids: [draft.id] })
  const posted = postingParts(scope, draft, options.at)
  const { company, satellites } = withPostings(insertCompanions(scope, runtime, [draft], idempotency), posted)
  const pointers = references.map(({ field }) => (draft.next[field.name] as string | null | undefined) ?? null)
  const checked = pointers.some((id) => id !== null)
  const row = rowValues(runtime, scope.actor.tenant, draft.next)
  const writing = sessionOf(scope).write(insertPlan(runtime, company, checked), {
    tenant: scope.actor.tenant,
    id: draft.id,
    revision: tenant.revision,
    version: null,
    set: row,
    counters: posted.counters,
    references: checked ? pointers : [],
    change: changeRow(scope, definition.name, 'create', null, draft, options),
    satellites,
  })
  return { posted, writing }
}
