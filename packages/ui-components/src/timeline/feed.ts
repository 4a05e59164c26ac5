import type { TimelineItem } from './item.ts'

/** A page of things that happened, newest first, and how to get the next. */
export interface FeedPage {
  readonly items: readonly TimelineItem[]
  readonly cursor: string | null
}

/** Where things come from, a page at a time. */
export type FeedSource = (cursor: string | null, limit: number, signal: AbortSignal) => Promise<FeedPage>

interface Stream {
  readonly read: FeedSource
  waiting: TimelineItem[]
  cursor: string | null
  ended: boolean
}

/** Several sources as one, newest first. Each is read only as far as what is shown needs it. */
export class Feed {
  items: readonly TimelineItem[] = []
  readonly #streams: readonly Stream[]
  readonly #keys = new Set<string>()

  constructor(sources: readonly FeedSource[]) {
    this.#streams = sources.map((read) => ({ read, waiting: [], cursor: null, ended: false }))
  }

  /** Is there more to come? */
  get hasMore(): boolean {
    return this.#streams.some((stream) => stream.waiting.length > 0 || !stream.ended)
  }

  /** Takes the next ones. */
  async more(count: number, signal: AbortSignal): Promise<void> {
    const next: TimelineItem[] = []
    while (next.length < count) {
      await Promise.all(this.#streams.map((stream) => fill(stream, count, signal)))
      const item = this.#take()
      if (!item) break
      // A page may overlap with the last one where something was added in between.
      if (this.#keys.has(item.key)) continue
      this.#keys.add(item.key)
      next.push(item)
    }
    if (!signal.aborted) this.items = [...this.items, ...next]
  }

  #take(): TimelineItem | undefined {
    let newest: Stream | null = null
    for (const stream of this.#streams) {
      const at = stream.waiting[0]?.at
      if (at !== undefined && at > (newest?.waiting[0]?.at ?? Number.NEGATIVE_INFINITY)) newest = stream
    }
    return newest?.waiting.shift()
  }
}

async function fill(stream: Stream, limit: number, signal: AbortSignal): Promise<void> {
  while (stream.waiting.length === 0 && !stream.ended) {
    const { items, cursor } = await stream.read(stream.cursor, limit, signal)
    stream.waiting = [...items]
    stream.cursor = cursor
    stream.ended = cursor === null
  }
}
