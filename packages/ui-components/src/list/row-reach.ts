import { type Range, ScrollWindow } from '../controllers/window.ts'
import type { CrmList } from './list.ts'

const ROW_HEIGHT = 38
/** Lines beyond those in view that are read before somebody gets there. */
const AHEAD = 40

/** Which lines are drawn, and which one the Tab key reaches. */
export class RowReach {
  readonly #list: CrmList
  readonly #window = new ScrollWindow(ROW_HEIGHT)

  constructor(list: CrmList) {
    this.#list = list
  }

  /** The lines to draw. */
  get range(): Range {
    return this.#window.range(this.#list.rows.count)
  }

  /** Pixels from line to line. */
  get step(): number {
    return this.#window.step
  }

  /** Of the lines that are drawn, the one that was last reached, else the first. */
  get tabbed(): number {
    const { active } = this.#list
    const { start, end } = this.range
    return active >= start && active < end ? active : start
  }

  get #scroller(): HTMLElement | null {
    return this.#list.renderRoot.querySelector('.scroller')
  }

  /** After each update: measures what was drawn, and reads what comes into view. */
  drawn(): void {
    const scroller = this.#scroller
    if (!scroller) return
    const measured = this.#window.measured(scroller.querySelector('[data-row]'))
    if (this.#window.moved(scroller, this.#list.rows.count) || measured) this.#list.requestUpdate()
    this.#readOn()
  }

  /** Takes the scroll position. */
  readonly scrolled = (): void => {
    const scroller = this.#scroller
    if (scroller && this.#window.moved(scroller, this.#list.rows.count)) this.#list.requestUpdate()
    this.#readOn()
  }

  #readOn(): void {
    this.#list.rows.fill(this.range, AHEAD)
  }

  /** Brings a line into view; it is the one that the Tab key reaches then. */
  show(index: number): void {
    this.#list.active = index
    const top = this.#window.topFor(index)
    if (top !== null) this.#scroller?.scrollTo({ top })
    this.scrolled()
  }

  /** Back to the first line. */
  toTop(): void {
    this.#list.active = 0
    this.#scroller?.scrollTo({ top: 0 })
  }
}
