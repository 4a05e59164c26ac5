import { html, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { type Condition, isAnswerable } from './condition.ts'
import { sayComparison, sayValue } from './describe.ts'
import type { CrmList } from './list.ts'
import { openFilter, openQuickFilter } from './openers.ts'

const AT_MOST = 3
const MANY_OPTIONS = 20

/** The conditions as chips, then the fields worth a quick filter, then the way to every other condition. */
export function renderFilters(list: CrmList, object: ObjectView, after: unknown = ''): TemplateResult {
  const set = new Set(list.filters.map(({ field }) => field))
  const quick = quickFields(object, list.shownColumns).filter(({ name }) => !set.has(name))
  const add = (event: Event) => void openFilter(list, null, event.currentTarget as HTMLElement)
  return html`<div class="row row-6 scroll-x filters">
    ${list.filters.map((condition, index) => renderChip(list, object, condition, index))}
    ${quick.map((field) => renderQuick(list, field))}
    ${renderButton({ label: list.t('filter.add'), icon: 'filter', look: 'ghost sm', opens: 'dialog', run: add })}${after}
  </div>`
}

function renderChip(list: CrmList, object: ObjectView, condition: Condition, index: number): TemplateResult {
  const field = fieldOf(object, condition.field)
  const name = list.words(field?.label) || condition.field
  const edit = (event: Event) => void openFilter(list, index, event.currentTarget as HTMLElement)
  if (!field || !isAnswerable(object, condition)) {
    const broken = list.t('filter.broken', { name })
    return html`<span class="chip is-broken" part="filter"><span title=${broken}>${icon('warn')}<span>${name}</span><span class="sr">${broken}</span></span>
      <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => list.removeFilter(index)}>${icon('close')}</button></span>`
  }
  const words = sayComparison(list, field, condition)
  const value = sayValue(list, field, condition)
  return html`<span class="chip" part="filter">
    <button type="button" aria-haspopup="dialog" title=${list.t('filter.edit', { name })} @click=${edit}>
      <span>${name}</span>${words ? html`<span class="dim">${words}</span>` : ''}${value ? html`<b class="clip">${value}</b>` : ''}
    </button>
    <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => list.removeFilter(index)}>${icon('close')}</button>
  </span>`
}

function renderQuick(list: CrmList, field: FieldView): TemplateResult {
  const run = (event: Event) => void openQuickFilter(list, field, event.currentTarget as HTMLElement)
  return renderButton({ label: list.words(field.label), icon: 'plus', look: 'ghost sm', part: 'filter', opens: 'menu', run })
}

/** Fields worth a quick filter: choices shown as columns first, and who owns the record. */
function quickFields(object: ObjectView, columns: readonly string[]): readonly FieldView[] {
  const choices = object.fields.filter(isQuick)
  const shown = choices.filter((field) => columns.includes(field.name))
  const rest = choices.filter((field) => !columns.includes(field.name) && field.layer !== 'system')
  const owner = fieldOf(object, 'ownerId')
  return [...[...shown, ...rest].slice(0, AT_MOST), ...(owner ? [owner] : [])]
}

/** Is one press on a value of this field enough? */
function isQuick(field: FieldView): boolean {
  const count = field.options?.length ?? 0
  const can = !field.operators || field.operators.includes('in') || field.operators.includes('hasAny')
  return (field.kind === 'choice' || field.kind === 'multiChoice') && count > 1 && count <= MANY_OPTIONS && can
}
