import { hash } from 'node:crypto'
import type { ConsumedChange } from '../consumer/consumer.ts'
import { newId } from '../id/uuid7.ts'
import { inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import { webhookTable } from '../store/system-tables.ts'
import { addDeliveries, type NewDelivery } from './delivery-rows.ts'
import { enqueueLanes, laneCount, pingLane, pingType } from './lane-job.ts'
import { typeOf } from './payload.ts'
import { decodeWebhook, listeningLocked, listeningPlan, type StoredWebhook, webhookIs } from './rows.ts'

const quiet = 'disabled'

/** Writes down who is to be told of changes, each once. What they may be told is judged when it goes. */
export async function fanOut(scope: Scope, changes: readonly ConsumedChange[]): Promise<void> {
  const { tenant } = scope.actor
  const wanted = (hooks: readonly StoredWebhook[]) => hooks.filter((hook) => changes.some((change) => wants(hook, change)))
  const known = (await scope.kernel.store.direct.select(listeningPlan, [tenant, quiet])).map(decodeWebhook)
  if (wanted(known).length === 0) return
  await inUnit(scope, async (unit) => {
    // Locked, so that a lane that is about to rest sees what is added here, or is woken after it.
    const hooks = (await unit.unit.session.select(listeningLocked, [tenant, quiet])).map(decodeWebhook)
    for (const hook of wanted(hooks)) {
      const own = changes.filter((change) => wants(hook, change))
      await tell(
        unit,
        hook,
        own.map(({ id, object, operation, recordId }) => ({
          key: deliveryKey(id, hook.id),
          ...{ type: typeOf(object, operation), object, recordId, changeId: id, payload: null },
        })),
      )
    }
  })
}

function wants({ objects, operations }: StoredWebhook, { object, operation }: ConsumedChange): boolean {
  return (objects.length === 0 || objects.includes(object)) && (operations.length === 0 || operations.includes(operation))
}

/** The same for the same thing and webhook, whoever works it out. */
export function deliveryKey(event: string, hook: string): string {
  return `msg_${hash('sha256', `${event}\0${hook}`, 'base64url').slice(0, 32)}`
}

/** Something to be told. */
type Told = Pick<NewDelivery, 'key' | 'type' | 'object' | 'recordId' | 'changeId' | 'payload'>

/** Adds deliveries behind those that are there. The webhook's row must be locked by the transaction. */
export async function tell(unit: UnitScope, hook: StoredWebhook, told: readonly Told[]): Promise<void> {
  const { session } = unit.unit
  const now = nowOf(unit)
  const { tenant } = unit.actor
  const added = told.map((one, index): NewDelivery => {
    const lane = one.type === pingType ? pingLane : laneOf(one.recordId ?? one.key)
    return { ...one, id: newId(), webhookId: hook.id, seq: hook.told + index + 1, lane, dueAt: now, createdAt: now }
  })
  await addDeliveries(session, tenant, added)
  await session.set({ table: webhookTable, columns: ['told'] }, [hook.told + told.length], webhookIs, [tenant, hook.id])
  await enqueueLanes(
    unit,
    hook.id,
    added.map(({ lane }) => ({ lane, at: now })),
  )
}

function laneOf(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 4), 16) % laneCount
}
