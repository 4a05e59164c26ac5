import type { DecisionInput } from '../decision/decision.ts'
import { candidateColumns, decisionColumns, rowsOfDecision } from '../decision/rows.ts'
import type { UnitScope } from '../scope/scope.ts'
import { candidateTable, decisionTable } from '../store/system-tables.ts'
import type { Tenant } from '../tenant/tenants.ts'

const atOnce = 1_000

/** Writes decisions down in the transaction of what was decided. */
export async function logDecisions({ unit, actor }: UnitScope, tenant: Tenant, decisions: readonly DecisionInput[]): Promise<void> {
  if (decisions.length === 0) return
  const stamp = { now: unit.now, configVersion: tenant.revision, actor: { kind: actor.kind, id: actor.id } }
  const rows = decisions.map((decision) => rowsOfDecision(decision, stamp))
  const own = rows.map(({ decision }) => [actor.tenant, ...decision])
  const candidates = rows.flatMap((row) => row.candidates.map((candidate) => [actor.tenant, ...candidate]))
  await unit.session.put({ table: decisionTable, columns: ['tenant_id', ...decisionColumns] }, own, 'error')
  for (let start = 0; start < candidates.length; start += atOnce)
    await unit.session.put(
      { table: candidateTable, columns: ['tenant_id', ...candidateColumns] },
      candidates.slice(start, start + atOnce),
      'error',
    )
}
