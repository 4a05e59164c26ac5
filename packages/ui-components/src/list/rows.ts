import type { RecordFeed } from '../controllers/record-feed.ts'
import type { Range } from '../controllers/window.ts'
import type { Group } from '../group/groups.ts'

/** A line of the list: a record, the place of one that has not been read yet, or the head of a group. */
export type ListRow =
  | { readonly kind: 'group'; readonly group: Group; readonly folded: boolean }
  | { readonly kind: 'record'; readonly id: string }
  | { readonly kind: 'blank' }

interface Section {
  readonly group: Group | null
  readonly feed: RecordFeed
  /** Index of its first line. */
  readonly start: number
  readonly lines: number
}

const BLANK = { kind: 'blank' } as const

/** The lines of a list. Every record that matches has its line, whether it has been read or not, so the scroll bar tells the truth. */
export class ListRows {
  readonly #sections: readonly Section[]
  readonly #folded: ReadonlySet<string>
  readonly count: number

  constructor(sections: readonly { readonly group: Group | null; readonly feed: RecordFeed }[], folded: ReadonlySet<string>) {
    this.#folded = folded
    let start = 0
    this.#sections = sections.map(({ group, feed }) => {
      const lines = (group ? 1 : 0) + (group && folded.has(group.key) ? 0 : recordsIn(group, feed))
      const section = { group, feed, start, lines }
      start += lines
      return section
    })
    this.count = start
  }

  /** The line at an index; blank beyond the end. */
  at(index: number): ListRow {
    const section = this.#sectionAt(index)
    if (!section) return BLANK
    const { group, feed, start } = section
    if (group && index === start) return { kind: 'group', group, folded: this.#folded.has(group.key) }
    const id = feed.at(index - start - (group ? 1 : 0))
    return id === undefined ? BLANK : { kind: 'record', id }
  }

  /** Reads on where lines in view are still blank. */
  fill({ start, end }: Range, ahead: number): void {
    for (const section of this.#sections) {
      const { group, feed } = section
      const first = section.start + (group ? 1 : 0)
      const isSeen = first < end + ahead && section.start + section.lines > start
      if (!isSeen || (group && this.#folded.has(group.key))) continue
      const last = section.start + section.lines - first
      void feed.need(Math.max(0, start - first), Math.min(last, end + ahead - first))
    }
  }

  /** The nearest line from an index on, in steps, that is a record or a group. */
  next(index: number, step: number): number {
    return Math.min(Math.max(0, index + step), this.count - 1)
  }

  /** Ids that have been read, in their order. */
  get ids(): readonly string[] {
    const [only] = this.#sections
    return this.#sections.length === 1 && only ? only.feed.known : this.#sections.flatMap(({ feed }) => feed.known)
  }

  #sectionAt(index: number): Section | undefined {
    let low = 0
    let high = this.#sections.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const section = this.#sections[middle]
      if (!section) return undefined
      if (index < section.start) high = middle - 1
      else if (index >= section.start + section.lines) low = middle + 1
      else return section
    }
    return undefined
  }
}

/** What has been read, and what the server counted beyond it. */
function recordsIn(group: Group | null, feed: RecordFeed): number {
  const counted = group ? group.figures.count : (feed.total ?? 0)
  const isWhole = feed.state === 'ready' && !feed.hasMore
  return isWhole ? feed.ids.length : Math.max(feed.ids.length, counted)
}
