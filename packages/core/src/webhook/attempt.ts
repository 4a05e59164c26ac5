import { pauseOf } from '../job/settle.ts'
import type { Scope } from '../scope/scope.ts'
import { openSecrets } from '../secret/kept-secret.ts'
import { type Signed, signatureHeaders } from '../secret/signature.ts'
import type { StoredDelivery } from './delivery-rows.ts'
import { pingType } from './lane-job.ts'
import { bodyOf } from './payload.ts'
import type { StoredWebhook } from './rows.ts'
import type { WebhookSetup } from './setup.ts'
import { type WebhookAnswer, WebhookUnanswered } from './webhook.ts'

/** Tries of one delivery and how far apart: full jitter below a bound that doubles. Answers are kept cut. */
export const tryLimits = { attempts: 15, firstPause: 5_000, longestPause: 14_400_000, longestWait: 86_400_000, answer: 2_000 } as const
const worthAnother = new Set([408, 425, 429])

/** What a try says about the receiver: `away` counts towards the circuit, `refused` does not, `none`: nobody was asked. */
export interface Tried {
  readonly delivery: StoredDelivery
  readonly receiver: 'took' | 'away' | 'refused' | 'gone' | 'none'
  /** How long the receiver asked to be left alone, ms. */
  readonly wait: number | null
}

/** Tells one thing once. Throws only where the process stops or the database fails. */
export async function attempt(owner: Scope, hook: StoredWebhook, delivery: StoredDelivery, signal: AbortSignal): Promise<Tried> {
  const { kernel } = owner
  const { webhooks } = kernel
  const body = await bodyOf(owner, hook, delivery)
  const at = kernel.clock()
  if (body === null || !webhooks) {
    const skipped = { ...delivery, state: 'skipped', settledAt: at, error: null, status: null, answer: null } as const
    return { delivery: skipped, receiver: 'none', wait: null }
  }
  const started = performance.now()
  const answer = await ask(webhooks, hook, { id: delivery.key, at, body }, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    return error instanceof WebhookUnanswered ? error : new WebhookUnanswered(String(error))
  })
  const tried = { ...delivery, attempts: delivery.attempts + 1, milliseconds: Math.round(performance.now() - started) }
  return answer instanceof WebhookUnanswered ? unanswered(tried, answer, at) : answered(tried, answer, at)
}

type Told = Signed & { readonly body: string }

/** Throws also where no secret can be opened: that shows where others look for answers, and may be put right meanwhile. */
async function ask({ sealer, transport }: WebhookSetup, hook: StoredWebhook, signed: Told, signal: AbortSignal): Promise<WebhookAnswer> {
  const secrets = openSecrets(hook.secrets, sealer, sealPlace(hook.id), signed.at)
  const headers = { 'content-type': 'application/json', ...signatureHeaders(signed, secrets) }
  return transport.post({ url: hook.url, headers, body: signed.body, signal })
}

/** A secret can be opened for the webhook it was made for only. */
export function sealPlace(hook: string): string {
  return `webhook ${hook}`
}

function unanswered(delivery: StoredDelivery, { message, refused }: WebhookUnanswered, now: number): Tried {
  const told = { ...delivery, status: null, answer: null, error: cut(message) }
  if (refused) return { delivery: { ...told, state: 'failed', settledAt: now }, receiver: 'refused', wait: null }
  return { delivery: later(told, null, now), receiver: 'away', wait: null }
}

function answered(delivery: StoredDelivery, { status, body, retryAfter }: WebhookAnswer, now: number): Tried {
  const told = { ...delivery, status, answer: cut(body), error: null }
  if (status >= 200 && status < 300) return { delivery: { ...told, state: 'delivered', settledAt: now }, receiver: 'took', wait: null }
  if (status >= 500 || worthAnother.has(status)) {
    const wait = waitOf(retryAfter, now)
    return { delivery: later(told, wait, now), receiver: 'away', wait }
  }
  return { delivery: { ...told, state: 'failed', settledAt: now }, receiver: status === 410 ? 'gone' : 'refused', wait: null }
}

function later(delivery: StoredDelivery, wait: number | null, now: number): StoredDelivery {
  if (delivery.attempts >= tryLimits.attempts || delivery.type === pingType) return { ...delivery, state: 'failed', settledAt: now }
  return { ...delivery, dueAt: now + Math.max(wait ?? 0, pauseOf(delivery.attempts, tryLimits, Math.random)) }
}

/** Retry-After in seconds or as a date; null where it is neither. */
function waitOf(header: string | null, now: number): number | null {
  if (header === null) return null
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), tryLimits.longestWait) : null
}

/** As text that every store keeps. */
function cut(text: string): string {
  return text.slice(0, tryLimits.answer).toWellFormed().replaceAll('\0', '')
}
