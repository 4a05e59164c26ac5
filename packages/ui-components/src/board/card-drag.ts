import { html, nothing, type TemplateResult } from 'lit'
import { createRef, ref } from 'lit/directives/ref.js'
import { AutoScroll, type Scrolled } from '../controllers/auto-scroll.ts'
import { type DragHandlers, type Point, PointerDrag } from '../controllers/pointer-drag.ts'
import { icon } from '../icon/icon.ts'
import type { CrmBoard } from './board.ts'
import { renderCardContent } from './card.ts'
import { inLaneOf } from './place.ts'

/** Dragging cards between columns: what is lifted, what it hovers over, where it lands. */
export class CardDrag implements DragHandlers {
  readonly pointer: PointerDrag
  readonly #board: CrmBoard
  readonly #lift = createRef<HTMLElement>()
  readonly #scroll: AutoScroll
  #width = 0
  #offset: Point = { x: 0, y: 0 }
  #at: Point = { x: 0, y: 0 }

  constructor(board: CrmBoard) {
    this.#board = board
    this.pointer = new PointerDrag(board, this)
    this.#scroll = new AutoScroll((at) => this.#scrollers(at))
  }

  pick(targets: readonly EventTarget[]): HTMLElement | null {
    const path = targets.filter((node): node is HTMLElement => node instanceof HTMLElement)
    if (!this.#board.mayMove || this.#board.isNarrow || path.some((node) => node.classList.contains('card-more'))) return null
    return path.find((node) => node.dataset.card !== undefined && !node.classList.contains('card-skel')) ?? null
  }

  start(source: HTMLElement, at: Point, offset: Point): void {
    const id = source.dataset.card
    const from = source.closest<HTMLElement>('[data-column]')?.dataset.column
    if (!id || !from) return
    this.#width = source.offsetWidth
    this.#offset = offset
    this.#at = at
    const fromIndex = this.#board.data.lanes.indexOf(id, from)
    this.#board.carry = { id, from, fromIndex, over: from, index: fromIndex, by: 'pointer' }
    navigator.vibrate?.(8)
  }

  move(at: Point): void {
    const { carry } = this.#board
    if (!carry) return
    this.#at = at
    this.#place()
    this.#scroll.move(at)
    const over = this.#placeAt(at) ?? carry.from
    const index = this.#indexAt(over, at)
    if (over !== carry.over || index !== carry.index) this.#board.carry = { ...carry, over, index }
  }

  drop(at: Point): void {
    const { carry } = this.#board
    this.#scroll.stop()
    this.#board.carry = null
    const to = this.#placeAt(at)
    if (carry && to !== null) void this.#board.move(carry.id, to, { index: this.#indexAt(to, at) })
  }

  cancel(): void {
    this.#scroll.stop()
    this.#board.carry = null
  }

  /** After each update: the lifted card is in the top layer and under the pointer. */
  shown(): void {
    const lift = this.#lift.value
    if (!lift?.isConnected) return
    if (!lift.matches(':popover-open')) lift.showPopover()
    this.#place()
  }

  render(): TemplateResult | typeof nothing {
    const board = this.#board
    const { carry } = board
    const record = carry?.by === 'pointer' ? board.recordOf(carry.id) : null
    const column = board.columnOf(carry?.from ?? '')
    if (!carry || !record || !column) return nothing
    const reading = { board, column, language: board.language, now: board.session.now() }
    const hint = board.t('move.hint', { column: board.columnLabel(carry.over) })
    return html`<div ${ref(this.#lift)} class="lift" part="drag-image" popover="manual" aria-hidden="true">
      <div class="card">${renderCardContent(reading, record, -1)}</div>
      ${carry.over === carry.from ? nothing : html`<span class="lift-hint">${icon('arrow-right')}${hint}</span>`}
    </div>`
  }

  #place(): void {
    const style = this.#lift.value?.style
    if (!style) return
    style.width = `${this.#width}px`
    style.transform = `translate(${this.#at.x - this.#offset.x}px, ${this.#at.y - this.#offset.y}px)`
  }

  /** The place under a point; a folded column means its crossing with the card's own lane. */
  #placeAt({ x, y }: Point): string | null {
    for (const place of this.#board.renderRoot.querySelectorAll<HTMLElement>('[data-column]')) {
      const box = place.getBoundingClientRect()
      const isHit = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
      if (isHit) return inLaneOf(this.#board.carry?.from ?? '', place.dataset.column ?? '')
    }
    return null
  }

  /** Between which cards a point lies; on top where cards have no place of their own. */
  #indexAt(place: string, at: Point): number {
    const { carry, cardFields } = this.#board
    const own = place === carry?.from ? carry.fromIndex : -1
    if (!cardFields.rank) return Math.max(own, 0)
    return this.#indexIn(place, at.y, carry?.id ?? '')
  }

  /** Where a card would stand that is let go at a height of the window: counted without the card itself. */
  #indexIn(place: string, y: number, id: string): number {
    const { reach } = this.#board
    const feed = this.#board.feedOf(place)
    const body = reach.bodyOf(place)
    if (!feed || !body) return 0
    const others = feed.ids.length - (feed.ids.includes(id) ? 1 : 0)
    // Beyond the last card that was read stand cards nobody has seen yet.
    const most = feed.hasMore ? Math.max(0, others - 1) : others
    const at = y - body.getBoundingClientRect().top + body.scrollTop
    return Math.min(most, Math.max(0, Math.round(at / reach.windowOf(place).step - 0.25)))
  }

  #scrollers({ x, y }: Point): readonly Scrolled[] {
    const root = this.#board.renderRoot
    const columns = root.querySelector('.columns')
    const scrolled: Scrolled[] = columns ? [{ element: columns, axis: 'x' }] : []
    if (columns && this.#board.data.laneField) scrolled.push({ element: columns, axis: 'y' })
    // A card always lands on top where it has no place of its own, so there is nothing to scroll to.
    if (!this.#board.cardFields.rank) return scrolled
    const body = [...root.querySelectorAll('[data-body]')].find((one) => {
      const box = one.getBoundingClientRect()
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
    })
    return body ? [...scrolled, { element: body, axis: 'y' }] : scrolled
  }
}
