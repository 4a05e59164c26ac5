import { html, type TemplateResult } from 'lit'
import { instantToLocal, localToInstant } from '../../format/local-time.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

/** Calendar days, with the browser's own picker. */
export const dateControl: FieldRenderer = {
  test: ({ kind }) => kind === 'date',
  rank: 1,
  render: (host) => renderDate(host, 'date', typeof host.value === 'string' ? host.value : '', (text) => text),
}

/** Moments, in the reader's time zone. */
export const instantControl: FieldRenderer = {
  test: ({ kind }) => kind === 'instant',
  rank: 1,
  render: (host) => renderDate(host, 'datetime-local', typeof host.value === 'number' ? instantToLocal(host.value) : '', localToInstant),
}

function renderDate(host: CrmField, type: string, text: string, parse: (text: string) => unknown): TemplateResult {
  const onInput = (event: Event) => {
    const { value, validity } = event.target as HTMLInputElement
    if (validity.badInput) host.change(null, '?')
    else host.change(value === '' ? null : parse(value))
  }
  const own = controlAttributes(host, text)
  if (type === 'date') return html`<input ${own} class="input" type="date" max="9999-12-31" @input=${onInput} />`
  return html`<input ${own} class="input" type="datetime-local" max="9999-12-31T23:59" @input=${onInput} />`
}
