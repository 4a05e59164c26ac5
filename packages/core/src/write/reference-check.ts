import { crmError } from '../error/crm-error.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Draft } from './draft.ts'
import { throwIssues } from './draft.ts'

const chunk = 1_000

/** References of many records, one read per field and thousand ids; what points to nothing is an issue at its place. */
export async function checkReferences(scope: Scope, runtime: ObjectRuntime, drafts: readonly Draft[]): Promise<void> {
  for (const { field, table } of runtime.references) {
    const pointing = drafts.filter((draft) => draft.touched.has(field.name) && draft.next[field.name] != null)
    if (pointing.length === 0) continue
    const known = await liveIds(scope, table, [...new Set(pointing.map((draft) => draft.next[field.name] as string))])
    for (const draft of pointing) {
      if (!known.has(draft.next[field.name] as string)) draft.issues.push(crmError('VALUE_REFERENCE', {}, { path: `/${field.name}` }))
    }
  }
  throwIssues(drafts)
}

async function liveIds(scope: Scope, table: string, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < ids.length; start += chunk) {
    const rows = await sessionOf(scope).select(planFor(table), [scope.actor.tenant, ids.slice(start, start + chunk)])
    for (const row of rows) found.add(String(row.id))
  }
  return found
}

const plans = new Map<string, SelectPlan>()

function planFor(table: string): SelectPlan {
  const known = plans.get(table)
  if (known) return known
  const plan: SelectPlan = {
    table: { name: table, columns: [{ name: 'id', type: 'uuid', nullable: false }], primaryKey: ['tenant_id', 'id'], indexes: [] },
    columns: ['id'],
    where: {
      op: 'and',
      of: [
        { op: 'in', operand: { column: 'id', nullable: false }, param: 1 },
        { op: 'isNull', operand: { column: 'deleted_at', nullable: true } },
      ],
    },
    order: [],
    revision: false,
  }
  plans.set(table, plan)
  return plan
}
