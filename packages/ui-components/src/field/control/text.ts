import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formatPhone } from '../../format/phone.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

const types: Readonly<Record<string, string>> = { phone: 'tel', email: 'email', url: 'url' }
const autocompletes: Readonly<Record<string, string>> = { phone: 'tel', email: 'email', url: 'url' }

/** One line of text; also phone numbers, e-mail and web addresses, each with its keyboard. */
export const textControl: FieldRenderer = { test: () => true, rank: 0, render: renderText }

/** Several lines of text, growing with what is written. */
export const longTextControl: FieldRenderer = { test: (field) => field.kind === 'longText', rank: 1, render: renderLongText }

function renderText(host: CrmField): TemplateResult {
  const { kind } = host.field
  const text = typeof host.value === 'string' ? host.value : ''
  return html`<input class="input" part="control" id="control" type=${types[kind] ?? 'text'} name=${host.name} .value=${live(host.typed ?? (kind === 'phone' ? formatPhone(text) : text))}
    autocomplete=${autocompletes[kind] ?? 'off'} spellcheck="false" ?disabled=${host.isDisabled} aria-required=${host.field.required ? 'true' : nothing}
    aria-invalid=${host.invalid} aria-describedby=${host.describedBy} placeholder=${kind === 'url' ? 'https://' : nothing} @input=${(event: Event) => onText(host, event)} />`
}

function renderLongText(host: CrmField): TemplateResult {
  return html`<textarea class="textarea" part="control" id="control" rows="3" name=${host.name} .value=${live(typeof host.value === 'string' ? host.value : '')}
    ?disabled=${host.isDisabled} aria-required=${host.field.required ? 'true' : nothing} aria-invalid=${host.invalid} aria-describedby=${host.describedBy}
    @input=${(event: Event) => onText(host, event)}></textarea>`
}

function onText(host: CrmField, event: Event): void {
  const { value } = event.target as HTMLInputElement
  host.typed = value
  host.change(value === '' ? null : value)
}
