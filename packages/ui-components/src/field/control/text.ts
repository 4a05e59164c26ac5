import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formatPhone } from '../../format/phone.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

/** Native types that bring the right keyboard and the browser's own suggestions. */
const types: Readonly<Record<string, string>> = { phone: 'tel', email: 'email', url: 'url' }

/** One line of text; also phone numbers, e-mail and web addresses. */
export const textControl: FieldRenderer = { test: () => true, rank: 0, render: renderText }

/** Several lines of text, growing with what is written. */
export const longTextControl: FieldRenderer = { test: (field) => field.kind === 'longText', rank: 1, render: renderLongText }

function renderText(host: CrmField): TemplateResult {
  const { kind } = host.field
  const text = textOf(host.value)
  const type = types[kind]
  return html`<input
    ${controlAttributes(host)}
    class="input"
    type=${type ?? 'text'}
    autocomplete=${type ?? 'off'}
    spellcheck="false"
    placeholder=${kind === 'url' ? 'https://' : nothing}
    .value=${live(host.typed ?? (kind === 'phone' ? formatPhone(text) : text))}
    @input=${(event: Event) => onText(host, event)}
  />`
}

function renderLongText(host: CrmField): TemplateResult {
  return html`<textarea
    ${controlAttributes(host)}
    class="textarea"
    rows="3"
    .value=${live(host.typed ?? textOf(host.value))}
    @input=${(event: Event) => onText(host, event)}
  ></textarea>`
}

function onText(host: CrmField, event: Event): void {
  const { value } = event.target as HTMLInputElement
  host.typed = value
  host.change(value === '' ? null : value)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
