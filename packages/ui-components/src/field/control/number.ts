import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { isMoney } from '../../client/record.ts'
import { currencySign, groupDigits, minorToText, textToMinor } from '../../format/money.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD', 'TWD', 'KRW', 'AUD']

/** Whole and fractional numbers. */
export const numberControl: FieldRenderer = {
  test: ({ kind }) => kind === 'integer' || kind === 'number' || kind === 'decimal',
  rank: 1,
  render: renderNumber,
}

/** A sum and its currency in one box. */
export const moneyControl: FieldRenderer = { test: ({ kind }) => kind === 'money', rank: 1, render: renderMoneyInput }

function renderNumber(host: CrmField): TemplateResult {
  const { kind, minimum, maximum } = host.field
  const percent = kind === 'integer' && minimum === 0 && maximum === 100
  const text = host.typed ?? (host.value === null || host.value === undefined ? '' : String(host.value))
  const control = html`<input class="input num" part="control" id="control" type="number" name=${host.name} .value=${live(text)} inputmode=${kind === 'integer' ? 'numeric' : 'decimal'}
    step=${kind === 'integer' ? '1' : 'any'} min=${minimum ?? nothing} max=${maximum ?? nothing} ?disabled=${host.isDisabled} aria-required=${host.field.required ? 'true' : nothing}
    aria-invalid=${host.invalid} aria-describedby=${host.describedBy} @wheel=${release} @input=${(event: Event) => onNumber(host, event)} />`
  return percent
    ? html`<span class="box ${host.invalid === 'true' ? 'is-invalid' : ''}">${control}<span class="affix" aria-hidden="true">%</span></span>`
    : control
}

function onNumber(host: CrmField, event: Event): void {
  const { value, validity } = event.target as HTMLInputElement
  host.typed = value
  if (validity.badInput) host.change(null, '?')
  else host.change(value === '' ? null : host.field.kind === 'decimal' ? value : Number(value))
}

/** Turning the wheel over a focused number would change it while the reader means to scroll. */
function release(event: Event): void {
  ;(event.target as HTMLElement).blur()
}

function renderMoneyInput(host: CrmField): TemplateResult {
  const { value } = host
  const currency = currencyOf(host)
  const text = host.unparsed ?? (isMoney(value) ? groupDigits(minorToText(value.minor, currency)) : '')
  const choices = currencies.includes(currency) ? currencies : [currency, ...currencies]
  return html`<span class="box ${host.invalid === 'true' ? 'is-invalid' : ''}" @click=${focusInput}>
    <span class="affix" aria-hidden="true">${currencySign(currency, host.language)}</span>
    <input class="input num" part="control" id="control" type="text" inputmode="decimal" autocomplete="off" name=${host.name} .value=${live(host.typed ?? text)} ?disabled=${host.isDisabled}
      aria-required=${host.field.required ? 'true' : nothing} aria-invalid=${host.invalid} aria-describedby=${host.describedBy}
      @input=${(event: Event) => onAmount(host, (event.target as HTMLInputElement).value, currency)} />
    <select class="select" aria-label=${host.t('money.currency')} ?disabled=${host.isDisabled} @change=${(event: Event) => onCurrency(host, (event.target as HTMLSelectElement).value, text)}>
      ${choices.map((code) => html`<option value=${code} ?selected=${code === currency}>${code}</option>`)}
    </select>
  </span>`
}

function currencyOf(host: CrmField): string {
  if (host.currency) return host.currency
  return isMoney(host.value) ? host.value.currency : isMoney(host.field.default) ? host.field.default.currency : host.session.currency
}

function onAmount(host: CrmField, text: string, currency: string): void {
  host.typed = text
  const minor = textToMinor(text, currency)
  if (text.trim() === '') host.change(null)
  else if (minor === null) host.change(null, text)
  else host.change({ minor, currency })
}

function onCurrency(host: CrmField, currency: string, text: string): void {
  host.currency = currency
  onAmount(host, text, currency)
}

function focusInput(event: Event): void {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLElement).querySelector('input')?.focus()
}
