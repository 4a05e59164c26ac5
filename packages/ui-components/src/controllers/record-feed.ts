import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { Session } from '../client/session.ts'
import type { RecordQuery } from '../client/types.ts'

interface Host {
  readonly session: Session
  requestUpdate(): void
}

/** Records read page by page, as ids into the page's store. What was read stays in view while something newer is on its way. */
export class RecordFeed {
  ids: readonly string[] = []
  total: number | null = null
  state: 'idle' | 'loading' | 'more' | 'ready' | 'failed' = 'idle'
  error: ClientError | null = null
  readonly #host: Host
  readonly #largest: number
  #object = ''
  #query: RecordQuery = {}
  #cursor: string | null = null
  #abort: AbortController | null = null

  /** `largest`: pages grow up to so many records as somebody reads on; 0 = they stay as asked. */
  constructor(host: Host, largest = 0) {
    this.#host = host
    this.#largest = largest
  }

  /** Is there another page? */
  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** Takes another query without reading yet; `retry` begins. */
  arrange(object: string, query: RecordQuery): void {
    this.#object = object
    this.#query = query
  }

  /** Reads the first page of another query. */
  async load(object: string, query: RecordQuery): Promise<void> {
    this.arrange(object, query)
    await this.#read('loading', null)
  }

  /** Reads the next page, once. */
  async more(): Promise<void> {
    if (this.state !== 'ready' || this.#cursor === null) return
    await this.#read('more', this.#cursor)
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    await this.#read(this.#cursor === null ? 'loading' : 'more', this.#cursor)
  }

  /** Nothing could be read. */
  fail(error: ClientError): void {
    this.#abort?.abort()
    this.error = error
    this.ids = []
    this.state = 'failed'
    this.#host.requestUpdate()
  }

  abort(): void {
    this.#abort?.abort()
  }

  /** Puts a record in, once; returns where. */
  insert(id: string, index: number): number {
    const others = this.ids.filter((one) => one !== id)
    const at = Math.min(Math.max(0, index), others.length)
    this.ids = [...others.slice(0, at), id, ...others.slice(at)]
    return at
  }

  /** Takes a record out; returns where it was, or -1. */
  remove(id: string): number {
    const at = this.ids.indexOf(id)
    if (at >= 0) this.ids = this.ids.filter((one) => one !== id)
    return at
  }

  async #read(state: 'loading' | 'more', cursor: string | null): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.state = state
    this.error = null
    this.#host.requestUpdate()
    try {
      const { client, store } = this.#host.session
      const limit = this.ids.length >= this.#largest ? Math.max(this.#largest, this.#query.limit ?? 0) : this.#query.limit
      const query = {
        ...this.#query,
        limit: cursor === null ? this.#query.limit : limit,
        cursor,
        count: this.#query.count && cursor === null,
      }
      const page = await client.find(this.#object, query, abort.signal)
      if (abort.signal.aborted) return
      store.merge(this.#object, page.records)
      const ids = page.records.map((record) => record.id)
      this.ids = cursor === null ? ids : [...new Set([...this.ids, ...ids])]
      this.total = page.total ?? (cursor === null ? null : this.total)
      this.#cursor = page.cursor
      this.state = 'ready'
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      this.error = asClientError(error)
      // Answers to another question would be misleading; pages of this one stay.
      if (cursor === null) this.ids = []
      this.state = 'failed'
    }
    this.#host.requestUpdate()
  }
}
