import { crmError } from '../error/crm-error.ts'
import { inUnit, nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { current, type KeptSecret, openSecrets, rotated } from '../secret/kept-secret.ts'
import { newSecret } from '../secret/signature.ts'
import type { SelectPlan } from '../store/port.ts'
import { inboundSecretTable as table } from '../store/system-tables.ts'

const columns = ['hook', 'secrets'] as const
const allPlan: SelectPlan = { table, columns, order: [], revision: false }
const onePlan: SelectPlan = { ...allPlan, where: { op: 'eq', operand: { column: 'hook', nullable: false }, param: 1 } }
const lockedPlan: SelectPlan = { ...onePlan, lock: true }
const rowsPlan = { table, columns: ['tenant_id', 'hook', 'secrets', 'updated_at', 'updated_by'] }

const decode = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value) as readonly KeptSecret[]
const placeOf = (hook: string): string => `inbound ${hook}`

/** Secrets of all inbound hooks of the tenant, as they are kept. */
export async function keptSecrets(scope: Scope): Promise<ReadonlyMap<string, readonly KeptSecret[]>> {
  const rows = await sessionOf(scope).select(allPlan, [scope.actor.tenant])
  return new Map(rows.map((row) => [String(row.hook), current(decode(row.secrets), nowOf(scope))]))
}

/** The secrets that senders may sign with now. */
export async function countingSecrets(scope: Scope, hook: string): Promise<readonly string[]> {
  const { webhooks } = scope.kernel
  if (!webhooks) throw crmError('WEBHOOKS_OFF')
  const [row] = await sessionOf(scope).select(onePlan, [scope.actor.tenant, hook])
  return row ? openSecrets(decode(row.secrets), webhooks.sealer, placeOf(hook), nowOf(scope)) : []
}

/** A new secret, or one that the sender has made; those before it count for a while. */
export function rotateSecret(scope: Scope, hook: string, secret: string = newSecret(), overlap: number): Promise<string> {
  const { webhooks } = scope.kernel
  if (!webhooks) throw crmError('WEBHOOKS_OFF')
  return inUnit(scope, async (unit) => {
    const { session, now } = unit.unit
    const { tenant, id } = unit.actor
    const [row] = await session.select(lockedPlan, [tenant, hook])
    const secrets = rotated(row ? decode(row.secrets) : [], webhooks.sealer.seal(secret, placeOf(hook)), now, overlap)
    await session.put(rowsPlan, [[tenant, hook, JSON.stringify(secrets), now, id]], 'replace')
    const { decisions } = unit.kernel.session({ ...unit, privileged: true }, { id, tenant })
    await decisions.record([{ decider: 'core.inbound-rotate', outcome: 'decided', inputs: { hook } }])
    return secret
  })
}
