import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { Session } from '../client/session.ts'
import type { RecordPage, RecordQuery } from '../client/types.ts'

interface Host {
  readonly session: Session
  requestUpdate(): void
}

/** Records beyond a gap: what a jump has read. */
interface Island {
  readonly start: number
  readonly ids: readonly string[]
  readonly cursor: string | null
}

/** A read, and what becomes of its answer. */
interface Reading {
  readonly state: 'loading' | 'more'
  readonly query: Pick<RecordQuery, 'cursor' | 'skip' | 'limit' | 'count'>
  readonly take: (ids: readonly string[], page: RecordPage) => void
}

/** Records that are read one after the other although some of them are not in view; beyond that a jump is cheaper. */
const NEAR = 500
/** Records of a jump, and how many of them stand before the place that was jumped to. */
const JUMP = 200
const BEFORE = 60
/** Milliseconds a place stays in view before it is jumped to: whoever drags the scroll bar passes by many. */
const REST = 100
/** The server leaves out no more. */
const FARTHEST = 1_000_000

/** Records read page by page, as ids into the page's store. What was read stays in view while something newer is on its way. */
export class RecordFeed {
  /** From the first on, without a gap. */
  ids: readonly string[] = []
  total: number | null = null
  state: 'idle' | 'loading' | 'more' | 'ready' | 'failed' = 'idle'
  error: ClientError | null = null
  readonly #host: Host
  readonly #largest: number
  #object = ''
  #query: RecordQuery = {}
  #cursor: string | null = null
  #island: Island | null = null
  #last: Reading | null = null
  /** The place that is in view and will be jumped to. */
  #resting: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
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

  /** All that were read, in their order, also those beyond a gap. */
  get known(): readonly string[] {
    return this.#island ? [...this.ids, ...this.#island.ids] : this.ids
  }

  /** The record at a place; undefined where it has not been read. */
  at(index: number): string | undefined {
    return this.ids[index] ?? this.#island?.ids[index - this.#island.start]
  }

  has(id: string): boolean {
    return this.ids.includes(id) || (this.#island?.ids.includes(id) ?? false)
  }

  /** Takes another query without reading yet; `retry` begins. */
  arrange(object: string, query: RecordQuery): void {
    this.#rest(null)
    this.#object = object
    this.#query = query
    this.#cursor = null
    this.#last = null
  }

  /** Reads the first page of another query. */
  async load(object: string, query: RecordQuery): Promise<void> {
    this.arrange(object, query)
    await this.#read(this.#first())
  }

  /** Reads the next page, once. */
  async more(): Promise<void> {
    if (this.state !== 'ready' || this.#cursor === null) return
    const limit = this.ids.length >= this.#largest ? Math.max(this.#largest, this.#query.limit ?? 0) : this.#query.limit
    await this.#read({
      state: 'more',
      query: { cursor: this.#cursor, limit },
      take: (ids, { cursor }) => {
        this.ids = [...new Set([...this.ids, ...ids])]
        this.#cursor = cursor
      },
    })
  }

  /** Reads what is missing of these places, a page at a time: on from what is known where that is near, else with a jump. */
  async need(start: number, end: number): Promise<void> {
    if (this.state === 'idle') return this.retry()
    this.#rest(this.#farFrom(start, end))
    const { length } = this.ids
    const island = this.#island
    if (this.#resting !== null || this.state !== 'ready' || this.#cursor === null || end <= length) return
    if (!island || start <= length + NEAR) return this.more()
    if (start < island.start) {
      const skip = Math.max(length, island.start - JUMP)
      return this.#beyond({ skip, limit: island.start - skip }, skip, [], island)
    }
    if (end > island.start + island.ids.length && island.cursor !== null)
      await this.#beyond({ cursor: island.cursor, limit: JUMP }, island.start, island.ids)
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    await this.#read(this.#last ?? this.#first())
  }

  /** Nothing could be read. */
  fail(error: ClientError): void {
    this.abort()
    this.error = error
    this.ids = []
    this.#island = null
    this.state = 'failed'
    this.#host.requestUpdate()
  }

  abort(): void {
    this.#rest(null)
    this.#abort?.abort()
  }

  /** Puts a record in, once; returns where. */
  insert(id: string, index: number): number {
    this.#shift(id, 1)
    const others = this.ids.filter((one) => one !== id)
    const at = Math.min(Math.max(0, index), others.length)
    this.ids = [...others.slice(0, at), id, ...others.slice(at)]
    return at
  }

  /** Takes a record out; returns where it was, or -1. */
  remove(id: string): number {
    const at = this.ids.indexOf(id)
    const island = this.#island?.ids.indexOf(id) ?? -1
    if (at >= 0) this.ids = this.ids.filter((one) => one !== id)
    this.#shift(id, at >= 0 ? -1 : 0)
    return at >= 0 || !this.#island || island < 0 ? at : this.#island.start + island
  }

  /** What comes before a gap has grown or shrunk. */
  #shift(id: string, step: number): void {
    const island = this.#island
    if (!island) return
    const isKnown = step > 0 && this.ids.includes(id)
    this.#island = { ...island, start: island.start + (isKnown ? 0 : step), ids: island.ids.filter((one) => one !== id) }
  }

  #first(): Reading {
    const { limit, count } = this.#query
    return {
      state: 'loading',
      query: { limit, count },
      take: (ids, { cursor, total }) => {
        this.ids = ids
        this.#island = null
        this.total = total ?? null
        this.#cursor = cursor
      },
    }
  }

  /** Reads beyond the gap: `before` and `after` stand there already. */
  #beyond(query: Reading['query'], start: number, before: readonly string[] = [], after: Island | null = null): Promise<void> {
    return this.#read({
      state: 'more',
      query,
      take: (ids, page) => {
        this.#island = { start, ids: [...new Set([...before, ...ids, ...(after?.ids ?? [])])], cursor: (after ?? page).cursor }
      },
    })
  }

  /** Where a jump to these places begins; null where what is known is near. */
  #farFrom(start: number, end: number): number | null {
    const from = Math.min(Math.max(0, start - BEFORE), FARTHEST)
    const island = this.#island
    const isNear = island && end >= island.start - NEAR && from <= island.start + island.ids.length + NEAR
    return isNear || start <= this.ids.length + NEAR ? null : from
  }

  /** Jumps to a place once it has stayed in view; null = there is none. */
  #rest(from: number | null): void {
    if (from === this.#resting) return
    clearTimeout(this.#timer)
    this.#resting = from
    if (from !== null) this.#timer = setTimeout(() => void this.#jump(from), REST)
  }

  async #jump(from: number): Promise<void> {
    this.#resting = null
    if (this.state === 'ready') await this.#beyond({ skip: from, limit: JUMP }, from)
  }

  /** The gap is closed: all of it is one again. */
  #join(): void {
    const island = this.#island
    if (!island || this.ids.length < island.start) return
    this.ids = [...new Set([...this.ids, ...island.ids])]
    this.#cursor = island.cursor
    this.#island = null
  }

  async #read(reading: Reading): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.#last = reading
    this.state = reading.state
    this.error = null
    this.#host.requestUpdate()
    try {
      const { client, store } = this.#host.session
      const page = await client.find(this.#object, { ...this.#query, count: false, ...reading.query }, abort.signal)
      if (abort.signal.aborted) return
      store.merge(this.#object, page.records)
      reading.take(
        page.records.map((record) => record.id),
        page,
      )
      this.#join()
      this.state = 'ready'
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      this.error = asClientError(error)
      // Answers to another question would be misleading; pages of this one stay.
      if (reading.state === 'loading') {
        this.ids = []
        this.#island = null
      }
      this.state = 'failed'
    }
    this.#host.requestUpdate()
  }
}
