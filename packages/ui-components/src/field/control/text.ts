import { html, type TemplateResult } from 'lit'
import { formatPhone } from '../../format/phone.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

/** One line of text; also phone numbers, e-mail and web addresses. */
export const textControl: FieldRenderer = { test: () => true, rank: 0, render: renderText }

/** Several lines of text, growing with what is written. */
export const longTextControl: FieldRenderer = { test: (field) => field.kind === 'longText', rank: 1, render: renderLongText }

function renderText(host: CrmField): TemplateResult {
  const { kind } = host.field
  const text = textOf(host.value)
  const shown = host.typed ?? (kind === 'phone' ? formatPhone(text) : text)
  const onInput = (event: Event) => onText(host, event)
  const own = controlAttributes(host, shown)
  // A type that stands in the template costs nothing; one that is set later makes the browser build its input anew.
  if (kind === 'phone') return html`<input ${own} class="input" type="tel" autocomplete="tel" spellcheck="false" @input=${onInput} />`
  if (kind === 'email') return html`<input ${own} class="input" type="email" autocomplete="email" spellcheck="false" @input=${onInput} />`
  if (kind === 'url')
    return html`<input ${own} class="input" type="url" autocomplete="url" spellcheck="false" placeholder="https://" @input=${onInput} />`
  return html`<input ${own} class="input" type="text" autocomplete="off" spellcheck="false" @input=${onInput} />`
}

function renderLongText(host: CrmField): TemplateResult {
  return html`<textarea
    ${controlAttributes(host, host.typed ?? textOf(host.value))}
    class="textarea"
    rows="3"
    @input=${(event: Event) => onText(host, event)}
  ></textarea>`
}

function onText(host: CrmField, event: Event): void {
  const { value } = event.target as HTMLInputElement
  host.typed = value
  host.change(value === '' ? null : value)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
