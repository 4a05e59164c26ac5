import { html, nothing, type TemplateResult } from 'lit'
import type { Money } from '../client/types.ts'
import { moneyParts } from '../format/money.ts'

const classes = { sign: 'cur', unit: 'unit', digits: '' }

/** A sum with its sign lighter than its digits. */
export function renderMoney(money: Money, locale: string, style: 'full' | 'short' = 'full'): TemplateResult {
  const all = moneyParts(money, locale, style)
  const [sign, digits] = all
  // By far the most sums look like this, and a template of its own costs the fewest nodes.
  if (all.length === 2 && sign?.kind === 'sign' && digits?.kind === 'digits')
    return html`<span class="money"><span class="cur" .textContent=${sign.text}></span>${digits.text}</span>`
  const parts = all.map(({ kind, text }) => (kind === 'digits' ? text : html`<span class=${classes[kind]}>${text}</span>`))
  return html`<span class="money">${parts.length > 0 ? parts : nothing}</span>`
}
