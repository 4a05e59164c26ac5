import type { DeciderFault } from '../decider/deciders.ts'
import type { CrmError } from '../error/crm-error.ts'
import type { HookRecord } from '../hook/hook-record.ts'
import type { HookScope } from '../hook/hook-scope.ts'
import type { Scope, UnitScope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** The rules of administrators, as a write calls them. Tenants without any pay for none of it. */
export interface SaveRules {
  /** Lets rules set fields, and notes in each record what is to be done after the write. Throws NeedsRecord and NeedsUnit. */
  set(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, records: readonly HookRecord[]): void
  /** Everything that validations have against a record as it will be. Throws NeedsRecord and NeedsUnit. */
  refuse(scope: Scope, tenant: Tenant, record: HookRecord): readonly CrmError[]
  /** The same for a record that is refused anyway: only what can be told. */
  alsoRefuse(scope: Scope, tenant: Tenant, record: HookRecord): readonly CrmError[]
  /** Carries out what was noted; `scopeOf` lends to actions what hooks have, with the rule's own rights. */
  act(scope: UnitScope, tenant: Tenant, records: readonly HookRecord[], scopeOf: (isElevated: boolean) => HookScope): Promise<void>
  /** Why a decider that is switched on is left out; null where it is not. */
  broken(scope: Scope, tenant: Tenant, object: string, decider: string): Omit<DeciderFault, 'since'> | null
  /** Ids of those that look at a write of these fields. */
  concerned(scope: Scope, tenant: Tenant, object: string, fields: readonly string[]): readonly string[]
}
