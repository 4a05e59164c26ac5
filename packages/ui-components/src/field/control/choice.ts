import { html, nothing, type TemplateResult } from 'lit'
import type { ChoiceOption, FieldView } from '../../client/types.ts'
import { asList, optionLabel } from '../../format/value.ts'
import { icon } from '../../icon/icon.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

const FEW = 4

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
  return (
    field.kind === 'choice' &&
    field.required === true &&
    options.length > 1 &&
    options.length <= FEW &&
    options.every((option) => (option.label?.en ?? option.value).length <= 12)
  )
}

/** Options on offer: live ones, and a retired one where it is set. */
function offered(field: FieldView, chosen: readonly string[]): readonly ChoiceOption[] {
  return (field.options ?? []).filter((option) => !option.retired || chosen.includes(option.value))
}

function renderSelect(host: CrmField): TemplateResult {
  const value = typeof host.value === 'string' ? host.value : ''
  const placeholder = html`<option value="" ?selected=${value === ''}>${host.field.required ? host.t('choose') : '—'}</option>`
  return html`<select class="select" part="control" id="control" name=${host.name} ?disabled=${host.isDisabled} aria-required=${host.field.required ? 'true' : nothing}
    aria-invalid=${host.invalid} aria-describedby=${host.describedBy} @change=${(event: Event) => host.change((event.target as HTMLSelectElement).value || null)}>
    ${host.field.required && value !== '' ? nothing : placeholder}
    ${offered(host.field, [value]).map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${optionLabel(host.field, option.value, host.language)}</option>`)}
  </select>`
}

function renderSegments(host: CrmField): TemplateResult {
  return html`<span class="seg" part="control" id="control" role="radiogroup" aria-labelledby="label" aria-required="true" aria-invalid=${host.invalid} aria-describedby=${host.describedBy}>
    ${offered(host.field, asList(host.value)).map(
      (
        option,
      ) => html`<label><input type="radio" name="choice" value=${option.value} .checked=${option.value === host.value} ?disabled=${host.isDisabled}
        @change=${() => host.change(option.value)} /><span class="clip">${optionLabel(host.field, option.value, host.language)}</span></label>`,
    )}
  </span>`
}

function renderPicks(host: CrmField): TemplateResult {
  const chosen = asList(host.value)
  const toggle = (value: string) => host.change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return html`<div class="picks" part="control" id="control" role="group" aria-labelledby="label" aria-describedby=${host.describedBy}>
    ${offered(host.field, chosen).map(
      (option) => html`<label class="pick"><input type="checkbox" .checked=${chosen.includes(option.value)} ?disabled=${host.isDisabled}
        @change=${() => toggle(option.value)} />${icon('check')}<span>${optionLabel(host.field, option.value, host.language)}</span></label>`,
    )}
  </div>`
}

function renderSwitch(host: CrmField): TemplateResult {
  return html`<label class="line"><input class="switch" part="control" id="control" type="checkbox" role="switch" name=${host.name} .checked=${host.value === true} ?disabled=${host.isDisabled}
    aria-labelledby="label" aria-invalid=${host.invalid} aria-describedby=${host.describedBy} @change=${(event: Event) => host.change((event.target as HTMLInputElement).checked)} />
    <span aria-hidden="true">${host.t(host.value === true ? 'yes' : 'no')}</span></label>`
}
