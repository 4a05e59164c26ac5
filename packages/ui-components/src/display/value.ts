import { html, nothing, type TemplateResult } from 'lit'
import { isBlank, isMoney, relatedName, relatedOf } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { asList, optionLabel } from '../format/option.ts'
import { formatValue, type Reading } from '../format/value.ts'
import { renderAvatar } from './avatar.ts'
import { renderMoney } from './money.ts'
import { renderScale } from './scale.ts'

/** Values whose meaning is known to everybody in sales; other options stay neutral. */
const tones: Readonly<Record<string, string>> = {
  won: 'success',
  converted: 'success',
  open: 'accent',
  following: 'accent',
  owned: 'accent',
  high: 'warning',
  quarantined: 'warning',
}

const DASH = html`<span class="dim" aria-hidden="true">—</span>`

/** A value for reading, in a table, on a card or in a form that is not edited. */
export function renderValue(field: FieldView, value: unknown, reading: Reading, place: 'cell' | 'page' = 'cell'): TemplateResult | string {
  if (isBlank(value)) return DASH
  const text = formatValue(field, value, reading)
  switch (field.kind) {
    case 'money':
      return isMoney(value) ? renderMoney(value, reading.locale) : text
    case 'choice':
      return renderScale(field.name, String(value), text) ?? renderChoice(text, tones[String(value)])
    case 'multiChoice':
      return html`<span class="row tags">${asList(value).map((one) => html`<span class="tag clip">${optionLabel(field, one, reading.locale)}</span>`)}</span>`
    case 'user':
      return renderUser(String(value), text)
    case 'links':
      return html`<span class="row tags">${relatedOf(reading.record, field.name).map((one) => html`<span class="tag clip">${relatedName(one, reading.locale)}</span>`)}</span>`
    default:
      return place === 'page' ? renderOnPage(field, value, text) : text
  }
}

/** A tint only where the word means that something happens. */
function renderChoice(text: string, tone: string | undefined): TemplateResult | string {
  return tone ? html`<span class="badge badge-${tone}" part="badge"><span class="clip">${text}</span></span>` : text
}

function renderUser(id: string, name: string): TemplateResult {
  return html`<span class="row row-6">${renderAvatar(id, name, true)}<span class="clip">${name}</span></span>`
}

/** On a page there is room for a link and for line breaks. */
function renderOnPage(field: FieldView, value: unknown, text: string): TemplateResult | string {
  const target = field.masked ? null : linkOf(field, String(value))
  if (target)
    return html`<a class="link" href=${target} target=${field.kind === 'url' ? '_blank' : nothing} rel="noopener noreferrer">${text}</a>`
  return field.kind === 'longText' ? html`<span class="prose">${text}</span>` : text
}

function linkOf(field: FieldView, value: string): string | null {
  if (field.kind === 'phone') return `tel:${value}`
  if (field.kind === 'email') return `mailto:${value}`
  return field.kind === 'url' && /^https?:\/\//i.test(value) ? value : null
}
