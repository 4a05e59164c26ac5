import { asClientError, type ClientError } from '../client/client-error.ts'
import { InboxClient, type InboxEntry, type InboxPage } from '../client/inbox-client.ts'
import type { Words } from '../client/types.ts'
import type { CrmInbox } from './inbox.ts'

const pageSize = 50

/** The messages as they were read, and what changes of them. */
export class InboxList {
  entries: readonly InboxEntry[] = []
  cursor: string | null = null
  /** Only what is unread. */
  unreadOnly = false
  /** Only one kind. */
  kind: string | null = null
  /** Kinds that have been seen, so that a filter offers them. */
  readonly kinds = new Map<string, Words>()
  isReady = false
  readonly #host: CrmInbox

  constructor(host: CrmInbox) {
    this.#host = host
  }

  get client(): InboxClient {
    return new InboxClient(this.#host.session.client)
  }

  /** The first page, anew. */
  async read(signal: AbortSignal): Promise<void> {
    this.#take(await this.#page(null, signal), [])
    this.isReady = true
  }

  async readMore(): Promise<void> {
    if (!this.cursor) return
    const page = await this.#page(this.cursor)
    this.entries = [...this.entries, ...page.entries]
    this.#keep(page)
    this.cursor = page.cursor
  }

  /** Looks for news; the answer is how many there are. What was read before stays where it is. */
  async readNews(): Promise<number> {
    if (!this.isReady) return 0
    const known = new Set(this.entries.map(({ id }) => id))
    const page = await this.#page(null)
    const oldest = page.entries.at(-1)?.id ?? ''
    const rest = page.cursor === null ? [] : this.entries.filter(({ id }) => id < oldest)
    const news = page.entries.filter(({ id }) => !known.has(id)).length
    this.#take(page, rest)
    return news
  }

  /** Marks at once what is seen, and takes it back when the server refuses. */
  async mark(entry: InboxEntry, read: boolean): Promise<ClientError | null> {
    const before = this.entries
    const readAt = read ? this.#host.session.now() : null
    this.entries = before.map((one) => (one.id === entry.id ? { ...one, readAt } : one))
    return this.#change(before, () => this.client.mark([entry.id], read))
  }

  /** All that had come when somebody pressed. */
  async markAll(): Promise<ClientError | null> {
    const before = this.entries
    const until = Math.max(...before.map(({ at }) => at), this.#host.session.now() - 60_000)
    const readAt = this.#host.session.now()
    this.entries = before.map((one) => ({ ...one, readAt: one.readAt ?? readAt }))
    return this.#change(before, () => this.client.markAll(until))
  }

  async #change(before: readonly InboxEntry[], send: () => Promise<number>): Promise<ClientError | null> {
    this.#host.requestUpdate()
    try {
      this.#host.unread.set(await send())
      return null
    } catch (error) {
      this.entries = before
      this.#host.requestUpdate()
      return asClientError(error)
    }
  }

  #page(cursor: string | null, signal?: AbortSignal): Promise<InboxPage> {
    return this.client.find({ kinds: this.kind ? [this.kind] : undefined, unread: this.unreadOnly, limit: pageSize, cursor }, signal)
  }

  #take(page: InboxPage, rest: readonly InboxEntry[]): void {
    this.entries = [...page.entries, ...rest]
    if (rest.length === 0) this.cursor = page.cursor
    this.#keep(page)
    this.#host.unread.set(page.unread)
    this.#host.requestUpdate()
  }

  #keep({ entries }: InboxPage): void {
    for (const { kind, label } of entries) this.kinds.set(kind, label)
  }
}
