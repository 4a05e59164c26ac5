import { html, nothing, type TemplateResult } from 'lit'
import type { Money } from '../client/types.ts'
import { moneyParts } from '../format/money.ts'

const classes = { sign: 'cur', unit: 'unit', digits: '' }

/** A sum with its sign lighter than its digits. */
export function renderMoney(money: Money, locale: string, style: 'full' | 'short' = 'full'): TemplateResult {
  const parts = moneyParts(money, locale, style).map(({ kind, text }) =>
    kind === 'digits' ? text : html`<span class=${classes[kind]}>${text}</span>`,
  )
  return html`<span class="money">${parts.length > 0 ? parts : nothing}</span>`
}
