import { html, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { ObjectView } from '../client/types.ts'
import { icon } from '../icon/icon.ts'
import { type Condition, isAnswerable } from './condition.ts'
import type { ConditionHost } from './condition-host.ts'
import { sayComparison, sayValue } from './describe.ts'

export { chip as chipStyles } from '../styles/chip.ts'

/** A condition in words: press to change it, or take it away. */
export function renderChip(list: ConditionHost, object: ObjectView, condition: Condition, index: number): TemplateResult {
  if (condition.is === 'where') return renderAdvanced(list, index)
  const field = fieldOf(object, condition.field)
  const name = list.words(field?.label) || condition.field
  const edit = (event: Event) => list.editFilter(event, index)
  if (!field || !isAnswerable(object, condition)) {
    const broken = list.t('filter.broken', { name })
    return html`<span class="chip is-broken" part="filter"><span title=${broken}>${icon('warn')}<span>${name}</span><span class="sr">${broken}</span></span>
      <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => removeAt(list, index)}>${icon('close')}</button></span>`
  }
  const words = sayComparison(list, field, condition)
  const value = sayValue(list, field, condition)
  return html`<span class="chip" part="filter">
    <button type="button" aria-haspopup="dialog" title=${list.t('filter.edit', { name })} @click=${edit}>
      <span>${name}</span>${words ? html`<span class="dim">${words}</span>` : ''}${value ? html`<b class="clip">${value}</b>` : ''}
    </button>
    <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => removeAt(list, index)}>${icon('close')}</button>
  </span>`
}

/** The condition that is an expression: its words are in the builder. */
function renderAdvanced(list: ConditionHost, index: number): TemplateResult {
  const name = list.t('filter.advanced')
  const edit = (event: Event) => list.editFilter(event, index)
  return html`<span class="chip" part="filter">
    <button type="button" aria-haspopup="dialog" title=${list.t('filter.edit', { name })} @click=${edit}>${icon('group')}<span>${name}</span></button>
    <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => removeAt(list, index)}>${icon('close')}</button>
  </span>`
}

const removeAt = (list: ConditionHost, index: number): void => list.setFilters(list.filters.filter((_, at) => at !== index))
