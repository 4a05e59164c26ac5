import { CrmError } from '../error/crm-error.ts'
import type { CrmPlan } from '../plugin/plan.ts'
import { printPlan } from '../plugin/print-plan.ts'
import type { SchemaPlan } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { revisionTable } from '../store/system-tables.ts'
import type { ObjectRuntimes } from '../tenant/load-tenant.ts'
import type { Kernel } from './kernel.ts'
import { staleObjects } from './recompute.ts'

/** What this CRM will do, without doing any of it. Needs no open CRM; a database that cannot be reached is a conflict of the plan. */
export async function planCrm(kernel: Kernel, runtimes: ObjectRuntimes, tables: readonly TableSpec[]): Promise<CrmPlan> {
  const definitions = runtimes.names().map((name) => runtimes.of(name, '').definition)
  return printPlan({
    contributions: kernel.contributions,
    definitions,
    engine: kernel.store.engine,
    logic: (definition) => (definition.hasLogic ? runtimes.logic.of(definition) : null),
    schema: await schemaPlan(kernel, tables),
    recompute: await stale(kernel, runtimes),
  })
}

async function schemaPlan({ store, connect }: Kernel, tables: readonly TableSpec[]): Promise<SchemaPlan> {
  try {
    await connect()
    return await store.plan(tables)
  } catch (error) {
    if (error instanceof CrmError) throw error
    return { statements: [], conflicts: [`the database cannot be read: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

/** A database that has no tables yet has no records either. */
async function stale({ store }: Kernel, runtimes: ObjectRuntimes): Promise<readonly string[]> {
  try {
    const tenants = await store.direct.tenants(revisionTable)
    return tenants.length === 0 ? [] : await staleObjects(store.direct, runtimes)
  } catch {
    return []
  }
}
