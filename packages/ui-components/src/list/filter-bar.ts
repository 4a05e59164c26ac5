import { html, nothing, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import type { CrmList } from './list.ts'

const AT_MOST = 3
const MANY_OPTIONS = 20

/** The conditions as chips, then the fields worth a quick filter, then the way to every other condition. */
export function renderFilters(list: CrmList, object: ObjectView, after: unknown = ''): TemplateResult {
  const set = new Set(list.filters.map(({ field }) => field))
  const quick = quickFields(object, list.shownColumns).filter(({ name }) => !set.has(name))
  // In a narrow place what arranges all of the list comes before ways to one value.
  const shortcuts = quick.map((field) => renderQuick(list, field))
  const add = (event: Event) => list.editFilter(event, null)
  return html`<div class="row row-6 scroll-x filters">
    ${list.filters.map((condition, index) => list.parts.chips?.renderChip(list, object, condition, index))}
    ${list.narrow ? nothing : shortcuts}
    ${renderButton({ label: list.t('filter.add'), icon: 'filter', look: 'ghost sm', opens: 'dialog', run: add })}${after}${list.narrow ? shortcuts : nothing}
  </div>`
}

function renderQuick(list: CrmList, field: FieldView): TemplateResult {
  const run = (event: Event) => list.parts.open(event, ({ openQuickFilter }, anchor) => openQuickFilter(list, field, anchor))
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
