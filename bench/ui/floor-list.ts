import { css, html, LitElement } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { sampleDeals } from './sample.ts'
import { scrollThrough, steadyThenFar } from './scroll.ts'
import { drawn, painted } from './start.ts'

const STEP = 38
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

/** The least a windowed list can be: a table of the rows in view between two spacers. */
class FloorList extends LitElement {
  static override styles = css`
    :host { display: block; height: 80vh; overflow: auto; font: 13px/1.5 sans-serif; } table { width: 100%; border-collapse: separate; border-spacing: 0; table-layout: fixed; }
    th, td { height: 37px; padding: 0 12px; text-align: left; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; border-bottom: 1px solid #e6e9ec; }
    thead th { position: sticky; top: 0; background: #fff; } .spacer td { padding: 0; border: 0; }
  `
  readonly #deals = sampleDeals(100_000)
  #first = 0

  override firstUpdated(): void {
    this.addEventListener('scroll', () => {
      const first = Math.max(0, Math.floor(this.scrollTop / STEP / 4) * 4 - 4)
      if (first === this.#first) return
      this.#first = first
      this.requestUpdate()
    })
  }

  override render() {
    const end = Math.min(this.#deals.length, this.#first + 40)
    const rows = repeat(
      this.#deals.slice(this.#first, end),
      ({ id }) => id,
      ({ name, customer, stage, amount, closeDate, owner }, index) => html`<tr aria-rowindex=${this.#first + index + 2}>
        <th scope="row"><button type="button">${name}</button></th><td>${customer}</td><td>${stage}</td><td>${money.format(amount.minor / 100)}</td>
        <td>${day.format(new Date(closeDate))}</td><td>${owner}</td></tr>`,
    )
    return html`<table role="grid" aria-rowcount=${this.#deals.length + 1}><thead><tr><th>Name</th><th>Customer</th><th>Stage</th><th>Amount</th><th>Close date</th><th>Owner</th></tr></thead>
      <tbody>${spacer(this.#first * STEP)}${rows}${spacer((this.#deals.length - end) * STEP)}</tbody></table>`
  }
}

function spacer(height: number) {
  return html`<tr class="spacer"><td colspan="6" .style=${`height:${height}px`}></td></tr>`
}

customElements.define('floor-list', FloorList)
const list = document.body.appendChild(document.createElement('floor-list')) as FloorList
await list.updateComplete
painted()

window.act = async () => {
  await scrollThrough(list, steadyThenFar(list.scrollHeight))
  await drawn()
}
