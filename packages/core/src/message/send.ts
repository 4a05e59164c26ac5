import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import { messageTable } from '../store/system-tables.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import { requireMessage } from './check-message.ts'
import { enqueueSends } from './enqueue-sends.ts'
import type { MessageInput, MessageSend } from './message.ts'
import { sendsByKey } from './plans.ts'
import { inboxChannel, reachDenial } from './reach.ts'
import { type Target, targetsOf } from './recipients.ts'
import { decodeSend, type NewSend, sendColumns, sendRow, shownSend } from './rows.ts'
import { scheduleSend } from './schedule.ts'

/** Writes a message into the send ledger, one row for each recipient and channel, in the call's transaction or in one of its own. */
export async function sendMessage<D extends ReasonData>(
  scope: Scope,
  input: MessageInput<D>,
  sender: MessageSend['actor'] = { kind: scope.actor.kind, id: scope.actor.id },
): Promise<readonly MessageSend[]> {
  const template = knownTemplate(scope, input.template?.key)
  const message = input as unknown as MessageInput
  requireMessage(template, message)
  await scope.kernel.tenants.get(scope)
  return inUnit(scope, async (unit) => {
    const pairs = (await targetsOf(unit, input.to)).flatMap((target) =>
      channelsFor(scope, template, message, target).map((channel) => ({ target, channel })),
    )
    const earlier = await sendsThere(unit, message.key, pairs)
    const reserved = new Map<string, number[]>()
    const sends: NewSend[] = []
    for (const { target, channel } of pairs) {
      if (earlier.has(placeOf(target.recipient, channel))) continue
      sends.push(await planned(unit, { template, message, sender, reserved }, target, channel))
    }
    const written = await writeSends(unit, sends)
    return pairs.flatMap(({ target, channel }) => {
      const place = placeOf(target.recipient, channel)
      const send = earlier.get(place) ?? written.get(place)
      return send ? [send] : []
    })
  })
}

/** The message of this CRM's plugins with a key. */
export function knownTemplate({ kernel }: Scope, key: string): MessageTemplate {
  const entry = kernel.contributions.messages.get(String(key))
  if (entry) return entry.template
  throw crmError('MESSAGE_UNKNOWN', { message: String(key).slice(0, 100) })
}

/** Groups have their own channel; others those that are asked for, or those of the template that are set up. */
function channelsFor({ kernel }: Scope, { definition }: MessageTemplate, { channels }: MessageInput, { to }: Target): readonly string[] {
  if (to.is === 'group') return [to.channel]
  if (channels) return [...new Set(channels)]
  const { channels: own = [inboxChannel] } = definition
  const usable = own.filter((id) => (id === inboxChannel ? to.is === 'person' : kernel.channels.get(id)?.reaches === 'email'))
  return usable.length > 0 ? usable : own.slice(0, 1)
}

/** What all sends of one call have in common. */
interface Posting {
  readonly template: MessageTemplate
  readonly message: MessageInput
  readonly sender: MessageSend['actor']
  /** Subject → when others of this call go to them. */
  readonly reserved: Map<string, number[]>
}

async function planned(
  unit: UnitScope,
  { template, message, sender, reserved }: Posting,
  target: Target,
  channel: string,
): Promise<NewSend> {
  const { purpose } = template.definition
  const { about = null, priority = 'normal', data, at } = message
  const now = nowOf(unit)
  const from = Math.max(now, at ?? now)
  const id = newId()
  const base = {
    ...{ id, template: template.key, purpose, channel, recipient: target.recipient, subject: target.subject, about },
    ...{ key: message.key ?? id, data: data as Readonly<Record<string, unknown>>, cause: causeOf(unit, message), priority },
    ...{ createdAt: now, dueAt: from, sentAt: null, readAt: null, attempts: 0, receipt: null },
    actor: sender,
  }
  const denial = await reachDenial(unit, { target, channel, purpose, about })
  if (denial) return { ...base, state: 'suppressed', reason: denial }
  if (channel === inboxChannel)
    return from > now ? { ...base, state: 'queued', reason: null } : { ...base, state: 'sent', sentAt: now, reason: null }
  const taken = reserved.get(target.subject) ?? []
  const schedule = await scheduleSend(unit, { target, purpose, priority, from, reserved: taken })
  if (schedule.state === 'queued') reserved.set(target.subject, [...taken, schedule.dueAt])
  return { ...base, ...schedule }
}

function causeOf({ chain }: Scope, { cause }: MessageInput): unknown {
  if (cause) return cause
  const hook = chain.at(-1)
  return hook === undefined ? null : { kind: 'hook', id: hook }
}

type Pairs = readonly { readonly target: Target; readonly channel: string }[]
type Places = ReadonlyMap<string, MessageSend>

const placeOf = (recipient: string, channel: string): string => JSON.stringify([recipient, channel])

/** What was sent under a key before. */
async function sendsThere(unit: UnitScope, key: string | undefined, pairs: Pairs): Promise<Places> {
  const recipients = [...new Set(pairs.map(({ target }) => target.recipient))]
  if (key === undefined || recipients.length === 0) return new Map()
  return readByKey(unit, [key], recipients)
}

async function readByKey({ unit, actor, kernel }: UnitScope, keys: readonly string[], recipients: readonly string[]): Promise<Places> {
  const found = new Map<string, MessageSend>()
  for (let start = 0; start < recipients.length; start += 500) {
    const rows = await unit.session.select(sendsByKey, [actor.tenant, keys, recipients.slice(start, start + 500)])
    for (const row of rows) {
      const send = shownSend(decodeSend(row, (stored) => reviveReason(kernel.contributions.reasons, stored)))
      found.set(placeOf(send.recipient, send.channel), send)
    }
  }
  return found
}

const columns = ['tenant_id', ...sendColumns]

/** Writes what is not there yet. Another process may have been faster with the same key: then its send is the one. */
async function writeSends(unit: UnitScope, sends: readonly NewSend[]): Promise<Places> {
  const { actor } = unit
  const rows = sends.map((send) => [actor.tenant, ...sendRow(send)])
  let touched = 0
  for (let start = 0; start < rows.length; start += 500)
    touched += await unit.unit.session.put({ table: messageTable, columns }, rows.slice(start, start + 500), 'ignore')
  await enqueueSends(
    unit,
    sends.filter(({ state }) => state === 'queued'),
  )
  const own = new Map(sends.map((send) => [placeOf(send.recipient, send.channel), shownSend(send as never)]))
  if (touched === rows.length) return own
  const theirs = await readByKey(
    unit,
    [...new Set(sends.map(({ key }) => key))],
    sends.map(({ recipient }) => recipient),
  )
  return new Map([...own, ...theirs])
}
