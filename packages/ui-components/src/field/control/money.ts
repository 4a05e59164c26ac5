import { html, type TemplateResult } from 'lit'
import { isMoney } from '../../client/record.ts'
import { currencySign } from '../../format/currency.ts'
import { groupDigits, minorToText, textToMinor } from '../../format/money-text.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD', 'TWD', 'KRW', 'AUD']

/** A sum and its currency in one box. */
export const moneyControl: FieldRenderer = { test: ({ kind }) => kind === 'money', rank: 1, render: renderMoneyInput }

function renderMoneyInput(host: CrmField): TemplateResult {
  const { value } = host
  const currency = currencyOf(host)
  const text = host.typed ?? host.unparsed ?? (isMoney(value) ? groupDigits(minorToText(value.minor, currency)) : '')
  return html`<span class=${host.boxClass} @click=${focusInput}>
    <span class="affix" aria-hidden="true">${currencySign(currency, host.language)}</span>
    <input
      ${controlAttributes(host, text)}
      class="input num"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      @input=${(event: Event) => onAmount(host, (event.target as HTMLInputElement).value, currency)}
    />
    ${renderCurrencies(host, currency, text)}
  </span>`
}

function renderCurrencies(host: CrmField, currency: string, text: string): TemplateResult {
  const choices = currencies.includes(currency) ? currencies : [currency, ...currencies]
  const onChange = (event: Event) => {
    host.currency = (event.target as HTMLSelectElement).value
    onAmount(host, text, host.currency)
  }
  return html`<select class="select" aria-label=${host.t('money.currency')} ?disabled=${host.isDisabled} @change=${onChange}>
    ${choices.map((code) => html`<option value=${code} ?selected=${code === currency}>${code}</option>`)}
  </select>`
}

/** The one just chosen, else the value's, the default's, the host's. */
function currencyOf(host: CrmField): string {
  if (host.currency) return host.currency
  return isMoney(host.value) ? host.value.currency : isMoney(host.field.default) ? host.field.default.currency : host.session.currency
}

function onAmount(host: CrmField, text: string, currency: string): void {
  const minor = textToMinor(text, currency)
  host.typed = text
  if (text.trim() === '') host.change(null)
  else if (minor === null) host.change(null, text)
  else host.change({ minor, currency })
}

function focusInput(event: Event): void {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLElement).querySelector('input')?.focus()
}
