import type { InboundView, Webhook, WebhookDelivery, WebhookInput, WebhookSecret } from '@guanxi/core/types'
import type { Client, Version } from './client.ts'

/** A page of deliveries. */
export interface DeliveryPage {
  readonly deliveries: readonly WebhookDelivery[]
  readonly cursor: string | null
}

/** The routes of webhooks, typed. Throws `ClientError`. */
export class WebhookClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async list(signal?: AbortSignal): Promise<readonly Webhook[]> {
    const { webhooks } = await this.#client.send<{ webhooks: Webhook[] }>('GET', 'webhooks', { signal })
    return webhooks
  }

  get(id: string, signal?: AbortSignal): Promise<Webhook> {
    return this.#client.send('GET', `webhooks/${id}`, { signal })
  }

  create(input: WebhookInput): Promise<WebhookSecret> {
    return this.#client.send('POST', 'webhooks', { body: input })
  }

  update(id: string, version: Version, patch: Partial<WebhookInput>): Promise<Webhook> {
    return this.#client.send('PATCH', `webhooks/${id}`, { body: patch, version })
  }

  remove(id: string, version: Version): Promise<void> {
    return this.#client.send('DELETE', `webhooks/${id}`, { version })
  }

  pause(id: string): Promise<Webhook> {
    return this.#client.send('POST', `webhooks/${id}/pause`, { body: {} })
  }

  resume(id: string): Promise<Webhook> {
    return this.#client.send('POST', `webhooks/${id}/resume`, { body: {} })
  }

  rotate(id: string, overlapHours?: number): Promise<WebhookSecret> {
    return this.#client.send('POST', `webhooks/${id}/rotate`, { body: overlapHours === undefined ? {} : { overlapHours } })
  }

  ping(id: string): Promise<WebhookDelivery> {
    return this.#client.send('POST', `webhooks/${id}/ping`, { body: {} })
  }

  /** The newest first. */
  deliveries(
    id: string,
    { state, cursor, limit }: { readonly state?: WebhookDelivery['state']; readonly cursor?: string; readonly limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<DeliveryPage> {
    return this.#client.send('GET', `webhooks/${id}/deliveries`, { query: { state, cursor, limit: limit?.toString() }, signal })
  }

  redeliver(id: string, delivery: string): Promise<WebhookDelivery> {
    return this.#client.send('POST', `webhooks/${id}/deliveries/${delivery}/redeliver`, { body: {} })
  }

  /** All that failed (or were delivered) and were made in [from, to); answers how many. */
  async redeliverSpan(
    id: string,
    span: { readonly from: number; readonly to: number; readonly state?: 'failed' | 'delivered' },
  ): Promise<number> {
    return (await this.#client.send<{ count: number }>('POST', `webhooks/${id}/redeliver`, { body: span })).count
  }

  async inbound(signal?: AbortSignal): Promise<readonly InboundView[]> {
    const { hooks } = await this.#client.send<{ hooks: InboundView[] }>('GET', 'inbound', { signal })
    return hooks
  }

  /** A new secret, or the one that the sender has made. */
  async rotateInbound(id: string, options: { readonly overlapHours?: number; readonly secret?: string } = {}): Promise<string> {
    return (await this.#client.send<{ secret: string }>('POST', `inbound/${id}/rotate`, { body: options })).secret
  }
}
