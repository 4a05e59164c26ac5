import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import { enqueueAll } from '../job/enqueue.ts'
import { inUnit, nowOf, type Scope } from '../scope/scope.ts'
import { verifiedId } from '../secret/signature.ts'
import { inboundTable } from '../store/system-tables.ts'
import { type Arrival, inboundLimits, type Received } from './inbound.ts'
import { inboundJobId } from './inbound-job.ts'
import { countingSecrets } from './secrets.ts'

const columns = ['tenant_id', 'hook', 'key', 'id', 'body', 'headers', 'state', 'received_at']

/** Verifies what came in, keeps it once and puts its job there, all or nothing. Throws INBOUND_SIGNATURE for whatever is not signed. */
export async function receive(scope: Scope, { hook, header, body }: Omit<Arrival, 'tenant'>): Promise<Received> {
  const inbound = scope.kernel.contributions.inbounds.find(({ id }) => id === hook)
  if (!inbound) throw crmError('NOT_FOUND')
  const { verify = 'standard', maxBytes = inboundLimits.bytes } = inbound
  if (body.byteLength > maxBytes) throw crmError('BODY_TOO_LARGE', { limit: maxBytes })
  const secrets = await countingSecrets(scope, hook)
  const now = nowOf(scope)
  const key = verify === 'standard' ? verifiedId(header, body, secrets, now) : verify({ header, body, secrets, now })
  if (secrets.length === 0 || typeof key !== 'string' || !isKey(key)) throw crmError('INBOUND_SIGNATURE')
  const text = textOf(body)
  const kept = Object.fromEntries((inbound.headers ?? []).flatMap((name) => [[name, header(name)]]).filter(([, value]) => value !== null))
  return inUnit(scope, async (unit) => {
    const id = newId()
    const { tenant } = unit.actor
    const row = [tenant, hook, key, id, text, JSON.stringify(kept), 'waiting', nowOf(unit)]
    if ((await unit.unit.session.put({ table: inboundTable, columns }, [row], 'ignore')) === 0) return { id: key, duplicate: true }
    const job = unit.kernel.contributions.jobs.find((one) => one.id === inboundJobId(hook))
    if (job) await enqueueAll(unit, [{ job, input: { key }, key: id }])
    return { id: key, duplicate: false }
  })
}

function isKey(key: string): boolean {
  return key !== '' && key.length <= inboundLimits.key && !/\p{Cc}/u.test(key) && key.isWellFormed()
}

function textOf(body: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    if (!text.includes('\0')) return text
  } catch {
    // Said below, as for a null character, which no store keeps.
  }
  throw crmError('INBOUND_BODY')
}
