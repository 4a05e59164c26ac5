import { html, nothing, type TemplateResult } from 'lit'
import { isPercent } from '../../format/option.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import type { FieldRenderer } from '../registry.ts'

/** Whole and fractional numbers. */
export const numberControl: FieldRenderer = {
  test: ({ kind }) => kind === 'integer' || kind === 'number' || kind === 'decimal',
  rank: 1,
  render: renderNumber,
}

function renderNumber(host: CrmField): TemplateResult {
  const { kind, minimum, maximum } = host.field
  const whole = kind === 'integer'
  const text = host.typed ?? (host.value === null || host.value === undefined ? '' : String(host.value))
  const control = html`<input
    ${controlAttributes(host, text)}
    class="input num"
    type="number"
    inputmode=${whole ? 'numeric' : 'decimal'}
    step=${whole ? '1' : 'any'}
    min=${minimum ?? nothing}
    max=${maximum ?? nothing}
    @wheel=${release}
    @input=${(event: Event) => onNumber(host, event)}
  />`
  return isPercent(host.field)
    ? html`<span class=${host.boxClass}>${control}<span class="affix" aria-hidden="true">%</span></span>`
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
