import type { Kernel } from '../crm/kernel.ts'
import type { AggregatePlan } from '../store/port.ts'
import { webhookDeliveryTable, webhookTable } from '../store/system-tables.ts'
import { allPlan, decodeWebhook } from '../webhook/rows.ts'
import type { WebhooksHealth } from './health.ts'

const pendingPlan: AggregatePlan = {
  table: webhookDeliveryTable,
  // By webhook, or every delivery that is kept would be looked through.
  where: {
    op: 'and',
    of: [
      { op: 'in', operand: { column: 'webhook_id', nullable: false }, param: 1 },
      { op: 'eq', operand: { column: 'state', nullable: false }, param: 2 },
    ],
  },
  groups: [],
  measures: [
    { as: 'total', fn: 'count' },
    { as: 'oldest', fn: 'min', operand: { column: 'created_at', nullable: false } },
  ],
  limit: 3,
  revision: false,
}

/** How webhooks are doing, of a tenant or of all; null where there are none to be had. */
export async function webhooksHealth(
  { store: { direct }, webhooks }: Kernel,
  tenant: string | null,
  now: number,
): Promise<WebhooksHealth | null> {
  if (!webhooks) return null
  const health = { active: 0, paused: 0, disabled: 0, failing: 0, pending: 0, lag: null as number | null }
  for (const one of tenant === null ? await direct.tenants(webhookTable) : [tenant]) {
    const hooks = (await direct.select(allPlan, [one])).map(decodeWebhook)
    if (hooks.length === 0) continue
    for (const { state, circuit } of hooks) {
      health[state] += 1
      if (state === 'active' && circuit.failingSince !== null) health.failing += 1
    }
    const ids = hooks.map(({ id }) => id)
    const [row] = await direct.aggregate(pendingPlan, [one, ids, 'pending', 1])
    health.pending += Number(row?.total ?? 0)
    if (Number(row?.total ?? 0) > 0) health.lag = Math.max(health.lag ?? 0, now - Number(row?.oldest))
  }
  return health
}
