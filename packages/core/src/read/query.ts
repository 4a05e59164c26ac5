import { crmError } from '../error/crm-error.ts'
import type { Scope } from '../scope/scope.ts'
import type { RawRow, RowValues } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { StaleRevision, type Tenant } from '../tenant/tenants.ts'
import { readableField } from './computed.ts'

/** Bounds of a page. */
export const pageLimits = { default: 50, max: 500, skip: 1_000_000, sort: 3, fields: 500 } as const

/** Parameters nobody knows are refused: dropping one would widen the result. */
export function refuseUnknown(query: object, known: ReadonlySet<string>): void {
  for (const key of Object.keys(query)) if (!known.has(key)) throw crmError('PARAMETER_UNKNOWN', { name: key }, { path: `/${key}` })
}

/** Throws when a row carries another revision than the plan was made with. */
export function refuseStale(row: RawRow | undefined, revision: number): void {
  if (row && Number(row.__revision) !== revision) throw new StaleRevision()
}

/** The same for a row of values, whose last one is the revision. */
export function refuseStaleValues(values: RowValues | undefined, revision: number): void {
  if (values && Number(values[values.length - 1]) !== revision) throw new StaleRevision()
}

/** Names of fields to read, checked. */
export function fieldNames(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, names: readonly string[]): readonly string[] {
  if (!Array.isArray(names) || names.length > pageLimits.fields)
    throw crmError('LIMIT_EXCEEDED', { what: 'fields', limit: pageLimits.fields }, { path: '/fields' })
  for (const name of names) readableField(scope, tenant, runtime, name, '/fields')
  return names
}
