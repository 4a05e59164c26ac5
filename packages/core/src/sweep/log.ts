import type { DecisionInput } from '../decision/decision.ts'
import { decisionColumns, rowsOfDecision } from '../decision/rows.ts'
import type { UnitScope } from '../scope/scope.ts'
import { decisionTable } from '../store/system-tables.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** Writes decisions down in the transaction of what was decided. */
export async function logDecisions({ unit, actor }: UnitScope, tenant: Tenant, decisions: readonly DecisionInput[]): Promise<void> {
  if (decisions.length === 0) return
  const stamp = { now: unit.now, configVersion: tenant.revision, actor: { kind: actor.kind, id: actor.id } }
  const rows = decisions.map((decision) => [actor.tenant, ...rowsOfDecision(decision, stamp).decision])
  await unit.session.put({ table: decisionTable, columns: ['tenant_id', ...decisionColumns] }, rows, 'error')
}
