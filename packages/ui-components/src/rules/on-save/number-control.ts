import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formatNumber } from '../../format/number.ts'
import { renderControl } from '../control.ts'
import { hintOf, isKept, labelOf, type ParamPlace, put } from './param-place.ts'

/** A number: fixed, or, where the action allows it, that of a field. */
export function renderNumber(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const { host, object, view } = writing
  const value = action.params[param.name]
  const numbers = param.isExpression
    ? (object?.fields ?? []).filter(({ kind }) => kind === 'integer' || (!param.isWhole && kind === 'number'))
    : []
  const found = isKept(value) ? (value as { readonly var?: unknown }).var : undefined
  const known = numbers.find(({ name }) => name === found)
  const input = (event: Event) => {
    const { value: text } = event.target as HTMLInputElement
    put(place, text === '' ? undefined : bounded(param, Number(text)))
  }
  const choose = (event: Event) => {
    const { value: name } = event.target as HTMLSelectElement
    if (name !== 'kept') put(place, name === '' ? undefined : { var: name })
  }
  const hint = hintOf(place) || limitsText(place)
  return renderControl(writing, { label: labelOf(place), path, hint, isOptional: !param.isRequired }, ({ id, invalid, describedBy }) => {
    const number = html`<input class="input" type="number" id=${id} min=${param.minimum ?? nothing} max=${param.maximum ?? nothing} step=${param.isWhole ? 1 : 'any'} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(isKept(value) ? '' : String(value ?? ''))} @change=${input} />`
    if (numbers.length === 0 && !isKept(value)) return number
    return html`<div class="set-parts"><select class="select set-how" aria-label=${host.t('rules.set.how')} @change=${choose}>
      <option value="" ?selected=${!isKept(value)}>${host.t('rules.how.value')}</option>
      ${numbers.map(({ name, label }) => html`<option value=${name} ?selected=${name === known?.name}>${host.words(label)}</option>`)}
      ${isKept(value) && !known ? html`<option value="kept" selected>${(object && view.words.value(object, value, true)) || host.t('rules.how.kept')}</option>` : nothing}</select>${isKept(value) ? nothing : number}</div>`
  })
}

function bounded({ isWhole, minimum, maximum }: ParamPlace['param'], value: number): number {
  const whole = isWhole ? Math.round(value) : value
  return Math.min(maximum ?? Number.POSITIVE_INFINITY, Math.max(minimum ?? Number.NEGATIVE_INFINITY, whole))
}

function limitsText({ writing, param }: ParamPlace): string {
  const { minimum, maximum } = param
  if (minimum === null || maximum === null) return ''
  const number = (value: number) => formatNumber(value, writing.host.language)
  return writing.host.t('rules.param.between', { from: number(minimum), to: number(maximum) })
}
