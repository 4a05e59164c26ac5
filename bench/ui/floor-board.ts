import { css, html, LitElement } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { columns, type SampleDeal, sampleDeals } from './sample.ts'
import { scrollThrough } from './scroll.ts'
import { drawn, painted } from './start.ts'

const STEP = 114
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

/** The least a windowed board can be: columns with their sums, and the cards in view. */
class FloorBoard extends LitElement {
  static override styles = css`
    :host { display: flex; gap: 8px; height: 84vh; font: 13px/1.5 sans-serif; } section { flex: 1 0 240px; display: flex; flex-direction: column; background: #eff1f4; border-radius: 10px; }
    header { padding: 8px 12px; } div { flex: 1; overflow: hidden auto; padding: 2px 8px; } ol { list-style: none; margin: 0; padding: 0; }
    li { height: 108px; margin-bottom: 6px; box-sizing: border-box; background: #fff; border: 1px solid #e6e9ec; border-radius: 7px; padding: 9px 10px; } p { margin: 0; }
  `
  readonly #cards = new Map<string, readonly SampleDeal[]>()
  readonly #tops = new Map<string, number>()

  constructor() {
    super()
    const deals = sampleDeals(10_000)
    for (const column of columns)
      this.#cards.set(
        column,
        deals.filter(({ stage }) => stage === column),
      )
  }

  move(id: string, to: string): void {
    for (const [column, cards] of this.#cards) {
      const found = cards.find((card) => card.id === id)
      if (!found || column === to) continue
      this.#cards.set(
        column,
        cards.filter((card) => card !== found),
      )
      this.#cards.set(to, [{ ...found, stage: to }, ...(this.#cards.get(to) ?? [])])
      break
    }
    this.requestUpdate()
  }

  override render() {
    return columns.map((column) => this.#renderColumn(column, this.#cards.get(column) ?? []))
  }

  #renderColumn(column: string, cards: readonly SampleDeal[]) {
    const top = this.#tops.get(column) ?? 0
    const start = Math.max(0, Math.floor(top / STEP) - 4)
    const end = Math.min(cards.length, start + 16)
    const sum = cards.reduce((minor, { amount }) => minor + amount.minor, 0)
    const onScroll = (event: Event) => {
      const now = (event.currentTarget as Element).scrollTop
      if (Math.floor(now / STEP) === Math.floor((this.#tops.get(column) ?? 0) / STEP)) return
      this.#tops.set(column, now)
      this.requestUpdate()
    }
    const shown = repeat(
      cards.slice(start, end),
      ({ id }) => id,
      (card, index) => this.#renderCard(card, start + index, cards.length),
    )
    const space = `padding-top:${start * STEP}px;padding-bottom:${(cards.length - end) * STEP}px`
    return html`<section aria-label=${column}><header><h3>${column} ${cards.length}</h3>${money.format(sum / 100)}</header>
      <div data-column=${column} @scroll=${onScroll}><ol .style=${space}>${shown}</ol></div></section>`
  }

  #renderCard({ name, customer, owner, amount, closeDate }: SampleDeal, index: number, total: number) {
    return html`<li aria-setsize=${total} aria-posinset=${index + 1}><button type="button"><b>${customer}</b></button> <i>${owner.charAt(0)}</i>
      <p>${name}</p><p>${money.format(amount.minor / 100)} <span>${day.format(new Date(closeDate))}</span></p><p>${owner}</p></li>`
  }
}

customElements.define('floor-board', FloorBoard)
const board = document.body.appendChild(document.createElement('floor-board')) as FloorBoard
await board.updateComplete
painted()

const moved = sampleDeals(100).flatMap(({ id, stage }) => (stage === 'new' ? [id] : []))
window.act = async (name) => {
  const body = board.renderRoot.querySelector('[data-column="new"]')
  if (name === 'move') board.move(moved.shift() ?? '', 'proposal')
  else if (body)
    await scrollThrough(
      body,
      Array.from({ length: 90 }, (_, step) => (step + 1) * 400),
    )
  await drawn()
}
