import type { Client } from './client.ts'
import type { Words } from './types.ts'

/** A message in the reader's inbox. */
export interface InboxEntry {
  readonly id: string
  /** What kind of message: its key. */
  readonly kind: string
  readonly label: Words
  readonly title: string
  readonly body: string
  readonly about: { readonly object: string; readonly id: string } | null
  readonly from: { readonly kind: string; readonly id: string }
  readonly priority: 'urgent' | 'normal' | 'low'
  readonly at: number
  readonly readAt: number | null
}

/** A page of the inbox, newest first. */
export interface InboxPage {
  readonly entries: readonly InboxEntry[]
  readonly cursor: string | null
  readonly unread: number
}

/** Which messages. */
export interface InboxQuery {
  readonly kinds?: readonly string[]
  readonly unread?: boolean
  readonly limit?: number
  readonly cursor?: string | null
}

/** The routes of the inbox, typed. */
export class InboxClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  find({ kinds, unread, limit, cursor }: InboxQuery = {}, signal?: AbortSignal): Promise<InboxPage> {
    const query = {
      kinds: kinds?.join(',') || undefined,
      unread: unread ? 'true' : undefined,
      limit: limit?.toString(),
      cursor: cursor ?? undefined,
    }
    return this.#client.send('GET', 'inbox', { query, signal })
  }

  async unread(signal?: AbortSignal): Promise<number> {
    const { unread } = await this.#client.send<{ unread: number }>('GET', 'inbox/unread', { signal })
    return unread
  }

  async mark(ids: readonly string[], read: boolean): Promise<number> {
    const { unread } = await this.#client.send<{ unread: number }>('POST', 'inbox/mark', { body: { ids, read } })
    return unread
  }

  /** Everything that came up to an instant. */
  async markAll(until: number): Promise<number> {
    const { unread } = await this.#client.send<{ unread: number }>('POST', 'inbox/mark', { body: { until } })
    return unread
  }
}
