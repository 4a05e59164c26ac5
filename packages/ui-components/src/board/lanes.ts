import { readField } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { RecordFeed } from '../controllers/record-feed.ts'
import { laneOf } from './lane-of.ts'
import { placeKey } from './place.ts'
import { add, NOTHING, type Total } from './totals.ts'

type FeedHost = ConstructorParameters<typeof RecordFeed>[0]

/** What the places are cut by. */
export interface LaneKeys {
  readonly object: string
  readonly groupBy: string
  /** Field of the swim lanes; null where there are none. */
  readonly laneField: FieldView | null
  readonly pipelineId: string | null
  readonly amount: string | null
  /** Field that holds a card's place; null where cards stand in the order they came. */
  readonly rank: string | null
}

/** Who reads on in a column reads more at once. */
const LARGEST_PAGE = 240

const NO_KEYS: LaneKeys = { object: '', groupBy: '', laneField: null, pipelineId: null, amount: null, rank: null }

/** The records of every place and their figures. Follows what happens to records; knows nothing of requests for moves. */
export class Lanes {
  totals = new Map<string, Total>()
  /** Whether the server's figures are here. */
  isCounted = false
  readonly #host: FeedHost
  readonly #feeds = new Map<string, RecordFeed>()
  readonly #landing = new Map<string, number>()
  #keys = NO_KEYS

  constructor(host: FeedHost) {
    this.#host = host
  }

  /** Begins anew with these places. */
  reset(keys: LaneKeys, places: readonly string[]): void {
    for (const feed of this.#feeds.values()) feed.abort()
    this.#feeds.clear()
    this.totals = new Map()
    this.isCounted = false
    this.#keys = keys
    for (const place of places) this.#feeds.set(place, new RecordFeed(this.#host, LARGEST_PAGE))
  }

  /** Places that have come up since; those that are there stay. */
  extend(places: readonly string[]): void {
    for (const place of places) if (!this.#feeds.has(place)) this.#feeds.set(place, new RecordFeed(this.#host, LARGEST_PAGE))
  }

  feed(place: string): RecordFeed | undefined {
    return this.#feeds.get(place)
  }

  total(place: string): Total {
    return this.totals.get(place) ?? NOTHING
  }

  get feeds(): readonly RecordFeed[] {
    return [...this.#feeds.values()]
  }

  /** The next time this record changes its place, it lands here instead of where its rank puts it, or on top. */
  land(id: string, index: number): void {
    this.#landing.set(id, index)
  }

  /** The landing is over, whether the record has changed its place or not. */
  landed(id: string): void {
    this.#landing.delete(id)
  }

  /** The place a record stands in; null when it is not on this board. */
  columnOf(record: CrmRecord | null): string | null {
    const { groupBy, laneField, pipelineId } = this.#keys
    if (!record || (pipelineId !== null && record.pipelineId !== undefined && record.pipelineId !== pipelineId)) return null
    const column = readField(record, groupBy)
    if (typeof column !== 'string') return null
    const key = placeKey(column, laneField ? laneOf(record, laneField) : null)
    return this.#feeds.has(key) ? key : null
  }

  /** Where a record stands in its place. */
  indexOf(id: string, place: string): number {
    return this.#feeds.get(place)?.ids.indexOf(id) ?? -1
  }

  /** Takes a change of a record: moves it, and carries counts and sums along. True when anything here changed. */
  follow({ object, id, before, after }: RecordEvent): boolean {
    if (object !== this.#keys.object) return false
    const [from, to] = [this.columnOf(before), this.columnOf(after)]
    if (from === null && to === null) return false
    if (from !== null) this.#count(from, -1, before)
    if (to !== null) this.#count(to, 1, after)
    if (from === to && !this.#isReordered(before, after)) return true
    if (from !== null) this.#feeds.get(from)?.remove(id)
    if (to !== null && after) this.#feeds.get(to)?.insert(id, this.#landing.get(id) ?? this.#indexFor(after, to))
    this.#landing.delete(id)
    return true
  }

  #isReordered(before: CrmRecord | null, after: CrmRecord | null): boolean {
    const { rank } = this.#keys
    return rank !== null && readField(before, rank) !== readField(after, rank)
  }

  /** Before the first card with a higher rank; on top where cards have none. */
  #indexFor(record: CrmRecord, place: string): number {
    const { rank, object } = this.#keys
    const own = rank && readField(record, rank)
    if (!rank || typeof own !== 'string') return 0
    const ids = this.#feeds.get(place)?.ids ?? []
    const at = ids.findIndex((id) => String(readField(this.#host.session.store.get(object, id), rank) ?? '') > own)
    return at < 0 ? ids.length : at
  }

  #count(place: string, step: 1 | -1, record: CrmRecord | null): void {
    const { amount } = this.#keys
    this.totals.set(place, add(this.total(place), step, amount === null ? null : readField(record, amount)))
  }
}
