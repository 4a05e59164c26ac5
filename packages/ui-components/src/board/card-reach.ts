import { ScrollWindow } from '../controllers/window.ts'
import type { CrmBoard } from './board.ts'

const CARD_STEP = 114

/** Which cards are drawn, and which one of a column the Tab key reaches. */
export class CardReach {
  readonly #board: CrmBoard
  readonly #windows = new Map<string, ScrollWindow>()
  readonly #reached = new Map<string, string>()
  /** Columns that are seen, by what scrolls in them. */
  readonly #bodies = new Map<Element, string>()
  #card: Element | null = null
  #step = CARD_STEP
  /** Told after the browser has laid everything out, so that nothing here makes it do so in between. */
  readonly #sizes = new ResizeObserver((entries) => this.#measure(entries))

  constructor(board: CrmBoard) {
    this.#board = board
  }

  clear(): void {
    this.#windows.clear()
    this.#reached.clear()
  }

  disconnect(): void {
    this.#sizes.disconnect()
    this.#bodies.clear()
    this.#card = null
  }

  windowOf(column: string): ScrollWindow {
    const known = this.#windows.get(column) ?? new ScrollWindow(this.#step)
    this.#windows.set(column, known)
    return known
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

  /** Brings a card into view and focuses it; false when there is none. */
  focus(column: string, index: number): boolean {
    const ids = this.#board.feedOf(column)?.ids ?? []
    const at = Math.min(Math.max(0, index), ids.length - 1)
    const id = ids[at]
    if (id === undefined) return false
    this.reach(column, id)
    const top = this.windowOf(column).topFor(at)
    if (top !== null) this.#bodyOf(column)?.scrollTo({ top })
    this.scrolled(column)
    void this.#board.updateComplete.then(() => this.#buttonOf(id)?.focus())
    return true
  }

  /** Where a card would stand that is let go at a height of the window: counted without the card itself. */
  indexAt(column: string, y: number, id: string): number {
    const ids = this.#board.feedOf(column)?.ids ?? []
    const body = this.#bodyOf(column)
    if (!body) return 0
    const { step } = this.windowOf(column)
    const others = ids.length - (ids.includes(id) ? 1 : 0)
    // Beyond the last card that was read stand cards nobody has seen yet.
    const most = this.#board.feedOf(column)?.hasMore ? Math.max(0, others - 1) : others
    const at = y - body.getBoundingClientRect().top + body.scrollTop
    return Math.min(most, Math.max(0, Math.round(at / step - 0.25)))
  }

  /** Scrolls sideways to a column. */
  reveal(column: string): void {
    byData(this.#board.renderRoot, 'column', column)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** Takes a column's scroll position. */
  scrolled(column: string, body: Element | null = this.#bodyOf(column)): void {
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
    for (const { target } of entries) {
      const column = this.#bodies.get(target)
      if (column !== undefined) this.scrolled(column, target)
      else if (target === this.#card && target.parentElement) this.#take(target, target.parentElement)
    }
  }

  /** All cards are of one height. */
  #take(card: Element, cards: Element): void {
    const { height } = card.getBoundingClientRect()
    if (height === 0) return
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

  #bodyOf(column: string): HTMLElement | null {
    return byData(this.#board.renderRoot, 'body', column)
  }

  #buttonOf(id: string): HTMLElement | null {
    return byData(this.#board.renderRoot, 'card', id)?.querySelector<HTMLElement>('.card-open') ?? null
  }
}

/** By value, not by selector: ids come from data. */
function byData(root: ParentNode, name: string, value: string): HTMLElement | null {
  return [...root.querySelectorAll<HTMLElement>(`[data-${name}]`)].find((one) => one.dataset[name] === value) ?? null
}
