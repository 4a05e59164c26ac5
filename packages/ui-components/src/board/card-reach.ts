import { ScrollWindow } from '../controllers/window.ts'
import type { CrmBoard } from './board.ts'

const CARD_STEP = 114

/** Which cards are drawn, and which one of a column the Tab key reaches. */
export class CardReach {
  readonly #board: CrmBoard
  readonly #windows = new Map<string, ScrollWindow>()
  readonly #reached = new Map<string, string>()
  readonly #measured = new Map<string, readonly string[] | undefined>()

  constructor(board: CrmBoard) {
    this.#board = board
  }

  clear(): void {
    this.#windows.clear()
    this.#reached.clear()
    this.#measured.clear()
  }

  windowOf(column: string): ScrollWindow {
    const known = this.#windows.get(column) ?? new ScrollWindow(CARD_STEP)
    this.#windows.set(column, known)
    return known
  }

  /** The last card that had the focus, else the first drawn. */
  isReached(column: string, id: string, index: number): boolean {
    const reached = this.#reached.get(column)
    const at = reached === undefined ? -1 : this.#board.indexOf(reached, column)
    const { start, end } = this.windowOf(column).range(this.#board.feedOf(column)?.ids.length ?? 0)
    return at >= start && at < end ? id === reached : index === start
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

  /** Takes a column's scroll position; true when other cards have to be drawn. */
  scrolled(column: string, body: Element | null = this.#bodyOf(column)): boolean {
    const feed = this.#board.feedOf(column)
    const window = this.windowOf(column)
    if (!feed || !body || body.clientHeight === 0) return false
    const changed = window.moved(body, feed.ids.length)
    if (changed) this.#board.requestUpdate()
    if (feed.hasMore && window.nearEnd(feed.ids.length)) void feed.more()
    return changed
  }

  /**
   * After each update: takes the real heights where they may be others; true when other cards have to be drawn. Reading them makes the
   * browser lay everything out, so columns whose cards are the same are left alone unless `all` may have moved.
   */
  measure(all: boolean): boolean {
    let again = false
    for (const body of this.#board.renderRoot.querySelectorAll<HTMLElement>('[data-body]')) {
      const column = body.dataset.body ?? ''
      const ids = this.#board.feedOf(column)?.ids
      if (!all && this.#measured.get(column) === ids) continue
      this.#measured.set(column, ids)
      const cards = body.querySelector('.cards')
      const gap = cards ? Number.parseFloat(getComputedStyle(cards).rowGap) || 0 : 0
      const measured = this.windowOf(column).measured(body.querySelector('[data-card]'), gap)
      again = this.scrolled(column, body) || measured || again
    }
    return again
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
