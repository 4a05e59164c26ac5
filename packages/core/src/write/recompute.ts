import { hookRecord } from '../hook/hook-record.ts'
import { contextOf } from '../read/context.ts'
import { inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { LogicAtWork, ObjectRuntime } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { bulkLimits } from './create-many.ts'
import type { Draft } from './draft.ts'
import { place } from './known.ts'
import type { Locked } from './locked-read.ts'
import { writeComputed } from './update-many.ts'

/**
 * Computes the stored formulas of every record of an object anew, deleted ones too, and writes those that come out otherwise: a thousand
 * at a time, each a transaction, each record with its change row. Hooks do not run. Answers how many were written.
 */
export async function recomputeObject(scope: Scope, object: string): Promise<number> {
  let written = 0
  let last: string | null = null
  do {
    const after: string | null = last
    const page: { last: string | null; written: number } = await withTenant(scope.kernel.tenants, scope, (tenant) => {
      const { logic } = tenant.runtime(object)
      if (!logic || logic.stored.length === 0) return Promise.resolve({ last: null, written: 0 })
      return inUnit(scope, (unit) => recomputePage(unit, tenant, tenant.runtime(object), logic, after))
    })
    last = page.last
    written += page.written
  } while (last !== null)
  return written
}

async function recomputePage(scope: UnitScope, tenant: Tenant, runtime: ObjectRuntime, logic: LogicAtWork, after: string | null) {
  const records = await lockedPage(scope, runtime, after)
  const context = contextOf(scope, tenant)
  const drafts = records.map((previous) => {
    const draft = againOf(scope, runtime, previous)
    for (const { field, evaluate } of logic.stored) place(draft, field, evaluate(draft.next, context))
    return draft
  })
  const written = await writeComputed(scope, tenant, runtime, drafts, { kind: 'formula', id: runtime.definition.name })
  return { last: records.length === bulkLimits.chunk ? (records.at(-1)?.id ?? null) : null, written }
}

function againOf(scope: UnitScope, { definition }: ObjectRuntime, previous: Locked): Draft {
  const next = { ...previous, updatedAt: nowOf(scope), updatedBy: scope.actor.id }
  return hookRecord({ operation: 'update', object: definition.name, id: previous.id, previous, next, sent: [] })
}

async function lockedPage(scope: UnitScope, runtime: ObjectRuntime, after: string | null): Promise<Locked[]> {
  const plan = runtime.selects.get(
    after === null ? 'recompute' : 'recompute after',
    (): SelectPlan => ({
      table: runtime.definition.table,
      columns: runtime.codec.columns,
      order: [{ operand: { column: 'id', nullable: false }, descending: false }],
      ...(after !== null && { after: [2] }),
      limit: 1,
      revision: false,
      lock: true,
    }),
  )
  const params = [scope.actor.tenant, bulkLimits.chunk, ...(after === null ? [] : [after])]
  const rows = await scope.unit.session.selectValues(plan, params)
  return rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked)
}
