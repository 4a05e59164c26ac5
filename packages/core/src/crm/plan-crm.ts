import { CrmError } from '../error/crm-error.ts'
import type { CrmPlan } from '../plugin/plan.ts'
import { printPlan } from '../plugin/print-plan.ts'
import type { SchemaPlan } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import type { ObjectRuntimes } from '../tenant/load-tenant.ts'
import type { Kernel } from './kernel.ts'

/** What this CRM will do, without doing any of it. Needs no open CRM; a database that cannot be reached is a conflict of the plan. */
export async function planCrm(kernel: Kernel, runtimes: ObjectRuntimes, tables: readonly TableSpec[]): Promise<CrmPlan> {
  const definitions = runtimes.names().map((name) => runtimes.of(name, '').definition)
  return printPlan({
    contributions: kernel.contributions,
    definitions,
    engine: kernel.store.engine,
    logic: (definition) => (definition.hasLogic ? runtimes.logic.of(definition) : null),
    schema: await schemaPlan(kernel, tables),
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
