import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { instantToLocal, localToInstant } from '../../format/date.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

/** Calendar days and moments, with the browser's own pickers. */
export const dateControl: FieldRenderer = { test: ({ kind }) => kind === 'date' || kind === 'instant', rank: 1, render: renderDate }

function renderDate(host: CrmField): TemplateResult {
  const instant = host.field.kind === 'instant'
  const text = instant
    ? typeof host.value === 'number'
      ? instantToLocal(host.value)
      : ''
    : typeof host.value === 'string'
      ? host.value
      : ''
  return html`<input class="input" part="control" id="control" type=${instant ? 'datetime-local' : 'date'} max=${instant ? '9999-12-31T23:59' : '9999-12-31'} name=${host.name} .value=${live(text)}
    ?disabled=${host.isDisabled} aria-required=${host.field.required ? 'true' : nothing} aria-invalid=${host.invalid} aria-describedby=${host.describedBy}
    @input=${(event: Event) => onDate(host, event, instant)} />`
}

function onDate(host: CrmField, event: Event, instant: boolean): void {
  const { value, validity } = event.target as HTMLInputElement
  if (validity.badInput) host.change(null, '?')
  else host.change(value === '' ? null : instant ? localToInstant(value) : value)
}
