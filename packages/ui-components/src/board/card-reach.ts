import { ScrollWindow } from '../controllers/window.ts'
import type { CrmBoard } from './board.ts'

const CARD_STEP = 114
/** What a column of a common window has for its cards. */
const COLUMN_HEIGHT = 640

/** Which cards are drawn, and which one of a column the Tab key reaches. */
export class CardReach {
  readonly #board: CrmBoard
  readonly #windows = new Map<string, ScrollWindow>()
  readonly #reached = new Map<string, string>()
  /** Columns that are seen, by what scrolls in them. */
  readonly #bodies = new Map<Element, string>()
  #card: Element | null = null
  #step = CARD_STEP
  #height = 0
  #isAhead = false
  /** Told after the browser has laid everything out, so that nothing here makes it do so in between. */
  readonly #sizes = new ResizeObserver((entries) => this.#measure(entries))

  constructor(board: CrmBoard) {
    this.#board = board
  }

  /** Draws more cards than are seen: not with the first look, which would only wait for them. */
  lookAhead(): void {
    if (this.#isAhead) return
    this.#isAhead = true
    for (const window of this.#windows.values()) window.isAhead = true
    this.#board.requestUpdate()
  }

  clear(): void {
    this.#isAhead = false
    this.#windows.clear()
    this.#reached.clear()
  }

  disconnect(): void {
    this.#sizes.disconnect()
    this.#bodies.clear()
    this.#card = null
  }

  windowOf(column: string): ScrollWindow {
    const known = this.#windows.get(column)
    if (known) return known
    const window = new ScrollWindow(this.#step, COLUMN_HEIGHT)
    window.isAhead = this.#isAhead
    this.#windows.set(column, window)
    return window
  }

  /** Of the cards that are drawn, the last one that had the focus, else the first. */
  reachedOf(column: string, drawn: readonly string[]): string | undefined {
    const reached = this.#reached.get(column)
    return reached !== undefined && drawn.includes(reached) ? reached : drawn[0]
  }

  reach(column: string, id: string): void {
    if (this.#reached.get(column) === id) return
    this.#reached.set(column, id)
    this.#board.requestUpdate()
  }

  /** Takes a column's scroll position. */
  scrolled(column: string, body: Element | null = this.bodyOf(column)): void {
    const feed = this.#board.feedOf(column)
    if (feed && body && this.windowOf(column).moved(body, feed.ids.length)) this.#board.requestUpdate()
    this.#readOn(column)
  }

  /** After each update: keeps an eye on what was drawn, and reads on where the end of a column is near. */
  drawn(): void {
    const { renderRoot } = this.#board
    for (const body of this.#bodies.keys()) if (!body.isConnected) this.#forget(body)
    for (const body of renderRoot.querySelectorAll<HTMLElement>('[data-body]')) {
      const column = body.dataset.body ?? ''
      if (this.#bodies.has(body)) this.#readOn(column)
      else this.#sizes.observe(body)
      this.#bodies.set(body, column)
    }
    if (this.#card?.isConnected) return
    if (this.#card) this.#sizes.unobserve(this.#card)
    this.#card = renderRoot.querySelector('[data-card]')
    if (this.#card) this.#sizes.observe(this.#card)
  }

  #forget(body: Element): void {
    this.#bodies.delete(body)
    this.#sizes.unobserve(body)
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const column = this.#bodies.get(target)
      if (column !== undefined) this.scrolled(column, target)
      else if (target === this.#card && target.parentElement) this.#take(borderBoxSize[0]?.blockSize ?? 0, target.parentElement)
    }
  }

  /** All cards are of one height; another card that is as high says nothing new. */
  #take(height: number, cards: Element): void {
    if (height === 0 || height === this.#height) return
    this.#height = height
    this.#step = height + (Number.parseFloat(getComputedStyle(cards).rowGap) || 0)
    let isOther = false
    for (const window of this.#windows.values()) isOther = window.steps(this.#step) || isOther
    if (isOther) this.#board.requestUpdate()
  }

  #readOn(column: string): void {
    const feed = this.#board.feedOf(column)
    const window = this.windowOf(column)
    if (feed?.hasMore && window.isSeen && window.nearEnd(feed.ids.length)) void feed.more()
  }

  bodyOf(column: string): HTMLElement | null {
    return byData(this.#board.renderRoot, 'body', column)
  }
}

/** For parts. By value, not by selector: ids come from data. */
export function byData(root: ParentNode, name: string, value: string): HTMLElement | null {
  return [...root.querySelectorAll<HTMLElement>(`[data-${name}]`)].find((one) => one.dataset[name] === value) ?? null
}
