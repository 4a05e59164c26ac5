import { CrmError, crmError } from '../error/crm-error.ts'
import type { LogicBook } from '../logic/book.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import type { SettingsSnapshot } from '../settings/snapshot.ts'
import type { Subjects } from '../settings/subject.ts'
import type { ActiveRule } from './active-rules.ts'
import type { ObjectRuntime } from './object-runtime.ts'

/** A tenant's configuration at one revision. */
export interface Tenant {
  readonly id: string
  readonly revision: number
  /** What the tenant's admins have set, at this revision. */
  readonly settings: SettingsSnapshot
  /** People whom settings were asked for since this revision was loaded. */
  readonly subjects: Subjects
  /** An object compiled with the tenant's overlay; OBJECT_UNKNOWN when there is none. */
  runtime(object: string): ObjectRuntime
  /** What acts when records are saved, by object, in its order. */
  readonly rules: ReadonlyMap<string, readonly ActiveRule[]>
  /** What the definitions say in expressions. */
  readonly book: LogicBook
  definitions(): readonly ObjectDefinition[]
}

/** Tenants as this process last saw them; a mismatch of revisions brings them up to date. */
export interface Tenants {
  /** The tenant as cached, else as loaded (and provisioned when it is new). */
  get(scope: Scope): Tenant | Promise<Tenant>
  /** Reads the tenant anew, after a revision that did not match. */
  reload(scope: Scope): Promise<Tenant>
  /** Checks what an overlay would say in expressions, among the tenant's other definitions; throws DEFINITION_INVALID. */
  checkOverlay(tenant: Tenant, object: string, overlay: string): void
}

/** Thrown where something was planned with an old revision; nothing was written. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision'
}

/** Errors that a newer revision might not give: somebody may have added the very field. */
const maybeStale = new Set([
  'FIELD_UNKNOWN',
  'OBJECT_UNKNOWN',
  'VALIDATION_FAILED',
  'FILTER_INVALID',
  'PARAMETER_INVALID',
  'RULE_TYPE',
  'RULE_SHAPE',
])

/** Runs `work` with the tenant; once more with a fresh one when its revision turned out to be old. */
export async function withTenant<T>(tenants: Tenants, scope: Scope, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  const cached = tenants.get(scope)
  const tenant = cached instanceof Promise ? await cached : cached
  try {
    return await work(tenant)
  } catch (error) {
    const stale = error instanceof StaleRevision
    if (!stale && !(error instanceof CrmError && maybeStale.has(error.code))) throw error
    const fresh = await tenants.reload(scope)
    if (!stale && fresh.revision === tenant.revision) throw error
    return again(fresh, work)
  }
}

async function again<T>(tenant: Tenant, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  try {
    return await work(tenant)
  } catch (error) {
    if (error instanceof StaleRevision) throw crmError('REVISION_CHANGED')
    throw error
  }
}
