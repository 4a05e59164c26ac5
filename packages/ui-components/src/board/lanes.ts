import { readField } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord } from '../client/types.ts'
import { RecordFeed } from '../controllers/record-feed.ts'
import { add, NOTHING, type Total } from './totals.ts'

type FeedHost = ConstructorParameters<typeof RecordFeed>[0]

/** What the lanes are cut by. */
export interface LaneKeys {
  readonly object: string
  readonly groupBy: string
  readonly pipelineId: string | null
  readonly amount: string | null
}

/** The records of every column and their figures. Follows what happens to records; knows nothing of requests for moves. */
export class Lanes {
  totals = new Map<string, Total>()
  readonly #host: FeedHost
  readonly #feeds = new Map<string, RecordFeed>()
  readonly #landing = new Map<string, number>()
  #keys: LaneKeys = { object: '', groupBy: '', pipelineId: null, amount: null }

  constructor(host: FeedHost) {
    this.#host = host
  }

  /** Begins anew with these columns. */
  reset(keys: LaneKeys, columns: readonly string[]): void {
    for (const feed of this.#feeds.values()) feed.abort()
    this.#feeds.clear()
    this.totals = new Map()
    this.#keys = keys
    for (const column of columns) this.#feeds.set(column, new RecordFeed(this.#host))
  }

  feed(column: string): RecordFeed | undefined {
    return this.#feeds.get(column)
  }

  total(column: string): Total {
    return this.totals.get(column) ?? NOTHING
  }

  get feeds(): readonly RecordFeed[] {
    return [...this.#feeds.values()]
  }

  /** The next time this record changes its column, it lands here instead of on top. */
  land(id: string, index: number): void {
    this.#landing.set(id, index)
  }

  /** The column a record stands in; null when it is not on this board. */
  columnOf(record: CrmRecord | null): string | null {
    const { groupBy, pipelineId } = this.#keys
    if (!record || (pipelineId !== null && record.pipelineId !== undefined && record.pipelineId !== pipelineId)) return null
    const key = readField(record, groupBy)
    return typeof key === 'string' && this.#feeds.has(key) ? key : null
  }

  /** Where a record stands in its column. */
  indexOf(id: string, column: string): number {
    return this.#feeds.get(column)?.ids.indexOf(id) ?? -1
  }

  /** Takes a change of a record: moves it, and carries counts and sums along. True when anything here changed. */
  follow({ object, id, before, after }: RecordEvent): boolean {
    if (object !== this.#keys.object) return false
    const [from, to] = [this.columnOf(before), this.columnOf(after)]
    if (from === null && to === null) return false
    if (from !== null) this.#count(from, -1, before)
    if (to !== null) this.#count(to, 1, after)
    if (from === to) return true
    if (from !== null) this.#feeds.get(from)?.remove(id)
    if (to !== null) this.#feeds.get(to)?.insert(id, this.#landing.get(id) ?? 0)
    this.#landing.delete(id)
    return true
  }

  #count(column: string, step: 1 | -1, record: CrmRecord | null): void {
    const { amount } = this.#keys
    this.totals.set(column, add(this.total(column), step, amount === null ? null : readField(record, amount)))
  }
}
