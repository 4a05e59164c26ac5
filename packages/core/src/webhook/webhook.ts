import type { Where } from '../record/records.ts'

/** Where a webhook is told of, and how it stands. `paused`: what happens waits; `disabled`: it is told of nothing new. */
export type WebhookState = 'active' | 'paused' | 'disabled'

/** Kinds of changes. */
export type WebhookOperation = 'create' | 'update' | 'delete' | 'restore'

/** What an administrator says of a webhook. */
export interface WebhookInput {
  readonly name: string
  readonly url: string
  readonly description?: string | null
  /** Objects by name; none = all that its owner may read. */
  readonly objects?: readonly string[]
  /** Kinds of changes; none = all. */
  readonly operations?: readonly WebhookOperation[]
  /** Only records that satisfy this, as they are when they are told of. With exactly one object. */
  readonly condition?: Where | null
  /** Whose rights count: a person of the directory. Whoever makes it unless said. */
  readonly ownerId?: string
}

/** How deliveries have been going. */
export interface WebhookHealth {
  /** `open`: nothing is sent until `openUntil`; `probing`: one at a time until one is taken. */
  readonly circuit: 'closed' | 'probing' | 'open'
  readonly openUntil: number | null
  /** Failures one after the other. */
  readonly failures: number
  /** Since when nothing has been taken; null while all is well. */
  readonly failingSince: number | null
  readonly lastAt: number | null
  /** HTTP status of the last answer; null where there was none. */
  readonly lastStatus: number | null
  readonly lastError: string | null
}

/** Somewhere outside that is told of changes. */
export interface Webhook extends Required<Omit<WebhookInput, 'condition' | 'description'>> {
  readonly id: string
  /** Counts what people changed. */
  readonly version: number
  readonly description: string | null
  readonly condition: Where | null
  readonly state: WebhookState
  /** Why it is not active: somebody paused it, it failed for days, its receiver said it is gone, its owner does not work here. */
  readonly reason: 'paused' | 'failing' | 'gone' | 'owner' | null
  /** When each of its secrets was made, and until when it signs; null = for good. */
  readonly secrets: readonly { readonly createdAt: number; readonly until: number | null }[]
  readonly health: WebhookHealth
  readonly createdAt: number
  readonly updatedAt: number
  readonly updatedBy: string
}

/** A webhook with a secret that is shown this once. */
export interface WebhookSecret {
  readonly webhook: Webhook
  readonly secret: string
}

/** What became of a delivery. `skipped`: its owner may not see the record, or it does not satisfy the condition. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'skipped'

/** One thing that a webhook is told. */
export interface WebhookDelivery {
  readonly id: string
  readonly webhookId: string
  /** The same at each try: the header `webhook-id`. */
  readonly key: string
  /** `deal.updated`, `ping`, or what `send` was given. */
  readonly type: string
  readonly object: string | null
  /** Null where it is about none, and, for who may have only webhooks of their own, of a change that was not told yet. */
  readonly recordId: string | null
  readonly state: DeliveryState
  readonly attempts: number
  /** When it is tried next, while it is pending. */
  readonly dueAt: number
  readonly createdAt: number
  readonly settledAt: number | null
  readonly status: number | null
  /** The beginning of the last answer, as text. */
  readonly answer: string | null
  readonly error: string | null
  /** How long the last answer took. */
  readonly milliseconds: number | null
}

/** Something of one's own to tell a webhook. */
export interface WebhookEvent {
  /** `<word>.<word>`, such as `contract.signed`. */
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  /** Told once, whoever sends it again. Its own unless said. */
  readonly key?: string
  /** What is told of one record is told in order; no more than its owner may see it. */
  readonly about?: { readonly object: string; readonly id: string }
}

/** A page of deliveries: 1 to 200, 50 unless said, the newest first. */
export interface DeliveryQuery {
  readonly state?: DeliveryState
  readonly limit?: number
  readonly cursor?: string
}

/**
 * Webhooks of a tenant, for those who may `define` the pseudo-object `webhooks`; with the reach `own`, only those they own. Who did what
 * is kept as a decision (`core.webhook-…`). WEBHOOKS_OFF where `createCrm` was given none.
 */
export interface Webhooks {
  list(): Promise<readonly Webhook[]>
  get(id: string): Promise<Webhook>
  /** Throws WEBHOOK_URL, WEBHOOK_OWNER, PARAMETER_INVALID with what is wrong. */
  create(input: WebhookInput): Promise<WebhookSecret>
  /** Throws CONFLICT where somebody was faster. */
  update(target: { readonly id: string; readonly version: number | 'any' }, patch: Partial<WebhookInput>): Promise<Webhook>
  remove(target: { readonly id: string; readonly version: number | 'any' }): Promise<void>
  pause(id: string): Promise<Webhook>
  /** Goes on, also after it was disabled; what waits is told at once. */
  resume(id: string): Promise<Webhook>
  /** A new secret; those before it sign for so many hours more (24 unless said, 0 to 720). */
  rotate(id: string, options?: { readonly overlapHours?: number }): Promise<WebhookSecret>
  /** Tells it `ping`, to see whether somebody answers: once, and also while it is paused, disabled or on hold. */
  ping(id: string): Promise<WebhookDelivery>
  deliveries(
    id: string,
    query?: DeliveryQuery,
  ): Promise<{ readonly deliveries: readonly WebhookDelivery[]; readonly cursor: string | null }>
  /** Tells it again, under the same key. */
  redeliver(id: string, delivery: string): Promise<WebhookDelivery>
  /** Tells all again that were made in [from, to) and came to this end (`failed` unless said); 10,000 at most. Answers how many. */
  redeliverSpan(id: string, span: { readonly from: number; readonly to: number; readonly state?: 'failed' | 'delivered' }): Promise<number>
  /** Tells it something of one's own, in the transaction if there is one. */
  send(id: string, event: WebhookEvent): Promise<WebhookDelivery>
}

/** An answer from outside, cut. */
export interface WebhookAnswer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: string
}

/** Thrown by a transport: nothing, or nothing whole, came back. `refused`: the address must not be reached. */
export class WebhookUnanswered extends Error {
  override readonly name = 'WebhookUnanswered'
  readonly refused: boolean

  constructor(message: string, { refused = false, cause }: { refused?: boolean; cause?: unknown } = {}) {
    super(message, { cause })
    this.refused = refused
  }
}

/** The way out, given by an adapter. */
export interface WebhookTransport {
  /** Why an address must not be reached; null = it may. */
  check(url: string): Promise<string | null>
  /** Throws {@link WebhookUnanswered}. */
  post(request: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal
  }): Promise<WebhookAnswer>
}

/** How webhooks are done, see `webhooks()` of `@guanxi/adapters/webhooks`. */
export interface WebhookOptions {
  readonly transport: WebhookTransport
  /** Keys that secrets are sealed with, 32 characters at least: the first seals, all open. */
  readonly keys: readonly string[]
  /** Deliveries to one webhook at a time; 4 unless said, 1 to 16. */
  readonly inFlight?: number
  /** Days the deliveries are kept; 30 unless said. */
  readonly keepDays?: number
  /** Days without a single success after which a webhook is disabled; 5 unless said. */
  readonly giveUpDays?: number
}
