import { html, nothing, type TemplateResult } from 'lit'
import type { ChoiceOption, FieldView } from '../../client/types.ts'
import { asList, optionLabel } from '../../format/option.ts'
import { icon } from '../../icon/icon.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

const FEW = 4
const SHORT = 12

/** One of several options. */
export const selectControl: FieldRenderer = { test: ({ kind }) => kind === 'choice', rank: 1, render: renderSelect }

/** One of a few options that must be chosen: all in view, one press. */
export const segmentControl: FieldRenderer = { test: isShort, rank: 2, render: renderSegments }

/** Any of several options. */
export const multiChoiceControl: FieldRenderer = { test: ({ kind }) => kind === 'multiChoice', rank: 1, render: renderPicks }

/** Yes or no. */
export const booleanControl: FieldRenderer = { test: ({ kind }) => kind === 'boolean', rank: 1, render: renderSwitch }

function isShort(field: FieldView): boolean {
  const options = field.options?.filter((option) => !option.retired) ?? []
  const isFew = options.length > 1 && options.length <= FEW && options.every(({ label, value }) => (label?.en ?? value).length <= SHORT)
  return field.kind === 'choice' && field.required === true && isFew
}

/** Options on offer: live ones, and a retired one where it is set. */
function offered(field: FieldView, chosen: readonly string[]): readonly ChoiceOption[] {
  return (field.options ?? []).filter((option) => !option.retired || chosen.includes(option.value))
}

function renderSelect(host: CrmField): TemplateResult {
  const { field } = host
  const chosen = typeof host.value === 'string' ? host.value : ''
  const option = (value: string, label: string) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`
  const none = field.required && chosen !== '' ? nothing : option('', field.required ? host.t('choose') : '—')
  const onChange = (event: Event) => host.change((event.target as HTMLSelectElement).value || null)
  return html`<select ${controlAttributes(host)} class="select" @change=${onChange}>
    ${none}${offered(field, [chosen]).map(({ value }) => option(value, optionLabel(field, value, host.language)))}
  </select>`
}

function renderSegments(host: CrmField): TemplateResult {
  const segment = ({ value }: ChoiceOption) => html`<label>
    <input
      type="radio"
      name="choice"
      value=${value}
      .checked=${value === host.value}
      ?disabled=${host.isDisabled}
      @change=${() => host.change(value)}
    /><span class="clip">${optionLabel(host.field, value, host.language)}</span>
  </label>`
  return html`<span ${controlAttributes(host)} class="seg" role="radiogroup" aria-labelledby="label">
    ${offered(host.field, asList(host.value)).map(segment)}
  </span>`
}

function renderPicks(host: CrmField): TemplateResult {
  const chosen = asList(host.value)
  const toggle = (value: string) => host.change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  const pick = ({ value }: ChoiceOption) => html`<label class="pick">
    <input type="checkbox" .checked=${chosen.includes(value)} ?disabled=${host.isDisabled} @change=${() => toggle(value)} />
    ${icon('check')}<span>${optionLabel(host.field, value, host.language)}</span>
  </label>`
  return html`<div class="picks" part="control" id="control" role="group" aria-labelledby="label" aria-describedby=${host.describedBy ?? nothing}>
    ${offered(host.field, chosen).map(pick)}
  </div>`
}

function renderSwitch(host: CrmField): TemplateResult {
  const on = host.value === true
  const onChange = (event: Event) => host.change((event.target as HTMLInputElement).checked)
  return html`<label class="line">
    <input
      ${controlAttributes(host)}
      class="switch"
      type="checkbox"
      role="switch"
      aria-labelledby="label"
      .checked=${on}
      @change=${onChange}
    /><span aria-hidden="true">${host.t(on ? 'yes' : 'no')}</span>
  </label>`
}
