import { CrmError } from '../error/crm-error.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import type { Reason } from '../reason/reason.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { inUnit, type Scope } from '../scope/scope.ts'
import { messageTable } from '../store/system-tables.ts'
import { nominalLength, parseDuration } from '../time/duration.ts'
import { ChannelFailure, type MessageChannel } from './channel.ts'
import { enqueueSends } from './enqueue-sends.ts'
import type { MessageState } from './message.ts'
import { type OutgoingParts, outgoing } from './outgoing.ts'
import { asRead, sendPlan } from './plans.ts'
import { inboxChannel, reachDenial } from './reach.ts'
import { type Target, targetOfSend } from './recipients.ts'
import { decodeSend, type StoredSend, storedReason } from './rows.ts'

/** Tries, and how long they are apart: full jitter below a bound that doubles. */
const deliveryLimits = { attempts: 8, firstWait: 30_000, longestWait: 3_600_000, handOver: 30_000, error: 300 } as const

const { make } = messageReasons

/** What a delivery has from whoever makes it happen. */
export interface DeliveryTurn {
  readonly signal: AbortSignal
  /** Throws where another process has taken over. */
  stillMine(): Promise<void>
}

/** Hands one send over to its channel, when it is due, as the system. Never called for one send by two at a time. */
export async function deliverSend(system: Scope, id: string, turn: DeliveryTurn): Promise<void> {
  const { kernel } = system
  const scope: Scope = { ...system, now: kernel.clock() }
  const send = await readSend(scope, id)
  const now = scope.now ?? 0
  if (send?.state !== 'queued' && send?.state !== 'sending') return
  if (send.state === 'queued' && send.dueAt > now) return inUnit(scope, (unit) => enqueueSends(unit, [send]))
  if (send.state === 'sending' && (await isGivenUp(scope, send))) return
  const template = kernel.contributions.messages.get(send.template)?.template
  if (!template) return settle(scope, send, 'failed', make.message_no_template({ template: send.template }))
  const target = await targetNow(scope, send)
  const denial = target === null ? make.message_no_address({ channel: send.channel }) : await denialNow(scope, send, target)
  if (denial || target === null) return settle(scope, send, 'suppressed', denial)
  if (send.channel === inboxChannel) return settle(scope, send, 'sent', null, { sent_at: now })
  const channel = kernel.channels.get(send.channel)
  if (channel) await handOver(scope, { send, template, target }, channel, turn)
}

/** A process ended while it was handing this over: tried again where that cannot double it, else a person decides. */
async function isGivenUp(scope: Scope, send: StoredSend): Promise<boolean> {
  const { channel, attempts } = send
  if (scope.kernel.channels.get(channel)?.repeats !== 'once') {
    await settle(scope, send, 'unknown', make.message_outcome_unknown({ channel }))
    return true
  }
  if (attempts < deliveryLimits.attempts) return false
  await settle(scope, send, 'failed', make.message_refused({ channel, error: 'the process ended each time' }))
  return true
}

/** A send of the ledger; null where there is none. */
export async function readSend(scope: Scope, id: string): Promise<StoredSend | null> {
  const { kernel, actor, unit } = scope
  const [row] = await (unit?.session ?? kernel.store.direct).select(sendPlan, [actor.tenant, id])
  return row ? decodeSend(row, (stored) => reviveReason(kernel.contributions.reasons, stored)) : null
}

/** Somebody who has been deleted since cannot be reached any more. */
async function targetNow(scope: Scope, send: StoredSend): Promise<Target | null> {
  try {
    return await targetOfSend(scope, send.recipient, send.subject)
  } catch (error) {
    if (error instanceof CrmError && error.status < 500) return null
    throw error
  }
}

async function denialNow(scope: Scope, send: StoredSend, target: Target): Promise<Reason | null> {
  const { kernel } = scope
  const after = await kernel.settingsReader(scope).get(kernel.messageSettings.staleAfter, { person: null })
  const isStale = send.attempts === 0 && (scope.now ?? 0) - send.dueAt > nominalLength(parseDuration(after))
  if (isStale && send.channel !== inboxChannel) return make.message_stale({ after })
  return reachDenial(scope, { target, channel: send.channel, purpose: send.purpose, about: send.about })
}

async function handOver(
  scope: Scope,
  parts: OutgoingParts & { readonly send: StoredSend },
  channel: MessageChannel,
  turn: DeliveryTurn,
): Promise<void> {
  const { send } = parts
  const attempts = send.attempts + 1
  const signal = AbortSignal.any([AbortSignal.timeout(deliveryLimits.handOver), turn.signal])
  const message = await outgoing(scope, { ...parts, send: { ...send, attempts } }, signal)
  await turn.stillMine()
  // Tried again, to see what has become of it.
  if (!(await moveSend(scope, send, { state: 'sending', attempts, reason: null })))
    throw new Error('Somebody else has moved this message on.')
  const taking: StoredSend = { ...send, state: 'sending', attempts }
  try {
    const { receipt } = await inTime(channel.send(message), signal)
    await settle(scope, taking, 'sent', null, { sent_at: scope.kernel.clock(), receipt: receipt?.slice(0, 500) ?? null })
  } catch (error) {
    await failed(scope, taking, channel, error)
  }
}

async function failed(scope: Scope, send: StoredSend, channel: MessageChannel, error: unknown): Promise<void> {
  const failure = error instanceof ChannelFailure ? error : new ChannelFailure(textOf(error), { maybeTaken: true, cause: error })
  const { permanent, maybeTaken, postponed, retryAfter } = failure
  const text = failure.message.replace(/\s+/g, ' ').slice(0, deliveryLimits.error)
  if (postponed) return retry(scope, send, text, retryAfter ?? deliveryLimits.firstWait, send.attempts - 1)
  scope.kernel.log({ level: 'warn', message: 'A channel did not take a message.', channel: channel.id, send: send.id, error: text })
  if (permanent) return settle(scope, send, 'failed', make.message_refused({ channel: channel.id, error: text }))
  if (maybeTaken && channel.repeats === 'again')
    return settle(scope, send, 'unknown', make.message_outcome_unknown({ channel: channel.id }))
  if (send.attempts >= deliveryLimits.attempts)
    return settle(scope, send, 'failed', make.message_refused({ channel: channel.id, error: text }))
  const bound = Math.min(deliveryLimits.longestWait, deliveryLimits.firstWait * 2 ** (send.attempts - 1))
  return retry(scope, send, text, retryAfter ?? Math.ceil(Math.random() * bound))
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The next try is a job of its own, put there with the send. */
async function retry(scope: Scope, send: StoredSend, error: string, wait: number, attempts = send.attempts): Promise<void> {
  const until = scope.kernel.clock() + wait
  const reason = storedReason(make.message_retry({ channel: send.channel, error, until }))
  await inUnit(scope, async (unit) => {
    if (await moveSend(unit, send, { state: 'queued', due_at: until, attempts, reason }))
      await enqueueSends(unit, [{ ...send, dueAt: until }])
  })
}

async function settle(
  scope: Scope,
  send: StoredSend,
  state: MessageState,
  reason: Reason | null,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await moveSend(scope, send, { state, reason: reason && storedReason(reason), ...more })
}

/** Moves a send on, unless somebody else has moved it since it was read. */
export async function moveSend(scope: Scope, send: StoredSend, values: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { kernel, actor, unit } = scope
  const plan = { table: messageTable, columns: Object.keys(values) }
  const params = [actor.tenant, send.id, send.state, send.attempts]
  return (await (unit?.session ?? kernel.store.direct).set(plan, Object.values(values), asRead, params)) === 1
}

/** A channel that minds no signal is left behind. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(new ChannelFailure('it took too long', { maybeTaken: true }))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
