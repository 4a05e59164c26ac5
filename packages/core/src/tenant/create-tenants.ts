import type { Contributions } from '../plugin/collect.ts'
import { inUnit, type Scope, sessionOf } from '../scope/scope.ts'
import type { SettingsSnapshot } from '../settings/snapshot.ts'
import { UniqueViolation } from '../store/errors.ts'
import { revisionTable } from '../store/system-tables.ts'
import { loadTenant, type ObjectRuntimes } from './load-tenant.ts'
import type { Tenant, Tenants } from './tenants.ts'

const cacheLimit = 10_000

type Provision = Contributions['provisions'][number]

/** Runs one plugin's provisioning for a new tenant. */
export type RunProvision = (provision: Provision, scope: Scope) => Promise<void>

/** Tenants of this process: loaded when first asked for, provisioned when new. */
export function createTenants(runtimes: ObjectRuntimes, provisions: readonly Provision[], run: RunProvision): Tenants {
  const cache = new Map<string, Tenant>()

  return { get: (scope) => cache.get(scope.actor.tenant) ?? load(scope), reload, checkOverlay }

  function checkOverlay(tenant: Tenant, object: string, overlay: string): void {
    const names = new Set(runtimes.names())
    const changed = runtimes.of(object, overlay).definition
    const book = runtimes.bookOf((name) => (name === object ? changed : names.has(name) ? tenant.runtime(name).definition : undefined))
    for (const { name, hasLogic } of tenant.definitions()) {
      if (name === object ? changed.hasLogic : hasLogic) book.of(name === object ? changed : tenant.runtime(name).definition)
    }
  }

  function reload(scope: Scope): Promise<Tenant> {
    const known = cache.get(scope.actor.tenant)?.settings
    cache.delete(scope.actor.tenant)
    return load(scope, known)
  }

  async function load(scope: Scope, known?: SettingsSnapshot): Promise<Tenant> {
    const { tenant } = scope.actor
    const loaded = (await loadTenant(tenant, sessionOf(scope), runtimes, known)) ?? (await provisioned(scope))
    // A transaction of the host may still take a new tenant back.
    if (!scope.unit) keep(loaded)
    return loaded
  }

  function keep(tenant: Tenant): void {
    if (cache.size >= cacheLimit) cache.delete(cache.keys().next().value ?? '')
    cache.set(tenant.id, tenant)
  }

  /** Two processes may meet a new tenant at once: the revision row's key lets one of them win, the other reads what it wrote. */
  async function provisioned(scope: Scope): Promise<Tenant> {
    try {
      return await inUnit(scope, (unit) => provision(unit))
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error
      const tenant = await loadTenant(scope.actor.tenant, sessionOf(scope), runtimes)
      if (!tenant) throw error
      return tenant
    }
  }

  async function provision(scope: Scope): Promise<Tenant> {
    const session = sessionOf(scope)
    const { tenant: id } = scope.actor
    await session.put({ table: revisionTable, columns: ['tenant_id', 'revision', 'updated_at'] }, [[id, 1, scope.kernel.clock()]], 'error')
    const tenant = await loadTenant(id, session, runtimes)
    if (!tenant) throw new Error('A tenant just written cannot be read.')
    const inside: Scope = {
      ...scope,
      privileged: true,
      kernel: { ...scope.kernel, tenants: { get: () => tenant, reload: async () => tenant, checkOverlay } },
    }
    for (const entry of provisions) await run(entry, inside)
    return tenant
  }
}
