/** Rows that are drawn: from `start` up to but not including `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a scroller stands. */
export interface Viewport {
  readonly top: number
  readonly height: number
}

/** Rows come and go in steps, so that most scroll events change nothing. */
const BLOCK = 4

/** The rows of fixed height that a viewport shows in whole blocks, with at least so many more on either side. */
export function visibleRange(viewport: Viewport, step: number, count: number, ahead = BLOCK): Range {
  if (step <= 0 || count <= 0) return { start: 0, end: Math.min(count, BLOCK * 5) }
  const first = Math.floor(viewport.top / step)
  const last = Math.ceil((viewport.top + viewport.height) / step)
  const start = Math.max(0, Math.floor((first - ahead) / BLOCK) * BLOCK)
  const end = Math.min(count, Math.ceil((last + ahead) / BLOCK) * BLOCK)
  return { start: Math.min(start, Math.max(0, end - 1)), end }
}

/** Own fixed-height windowing of one scroller: what to draw, and when the end comes near. */
export class ScrollWindow {
  readonly #fallback: number
  #step = 0
  #viewport: Viewport
  #range: Range = { start: 0, end: BLOCK * 5 }
  /** Has the scroller told where it stands? */
  isSeen = false
  /** Is more drawn than is seen, so that scrolling shows no gap? Else one row more, for who reads on without scrolling. */
  isAhead = true

  /** `fallback` is the height of a row until one has been measured, `height` that of the scroller. */
  constructor(fallback: number, height = 800) {
    this.#fallback = fallback
    this.#viewport = { top: 0, height }
  }

  /** Height of a row with its gap. */
  get step(): number {
    return this.#step || this.#fallback
  }

  range(count: number): Range {
    this.#range = this.#rangeOf(count)
    return this.#range
  }

  #rangeOf(count: number): Range {
    return visibleRange(this.#viewport, this.step, count, this.isAhead ? BLOCK : 1)
  }

  /** Takes the scroller's position; true when other rows have to be drawn. */
  moved(scroller: Element, count: number): boolean {
    const { scrollTop, clientHeight } = scroller
    this.isSeen = clientHeight > 0
    if (scrollTop !== this.#viewport.top) this.isAhead = true
    if (this.isSeen) this.#viewport = { top: scrollTop, height: clientHeight }
    if (count === 0) return false
    const { start, end } = this.#rangeOf(count)
    return start !== this.#range.start || end !== this.#range.end
  }

  /** Takes the real height of a row and its gap; true when it was another. */
  measured(row: Element | null | undefined, gap = 0): boolean {
    const height = row?.getBoundingClientRect().height ?? 0
    return height > 0 && this.steps(height + gap)
  }

  /** Takes the height of a row with its gap; true when it was another. */
  steps(step: number): boolean {
    if (Math.abs(step - this.step) < 0.5) return false
    this.#step = step
    return true
  }

  /** Is the last row less than a screen away? */
  nearEnd(count: number): boolean {
    return (count - 1) * this.step < this.#viewport.top + this.#viewport.height * 2
  }

  /** Scroll position that shows a row, or null when it is in view. */
  topFor(index: number): number | null {
    const { top, height } = this.#viewport
    const at = index * this.step
    if (at < top) return at
    return at + this.step > top + height ? at + this.step - height : null
  }
}
