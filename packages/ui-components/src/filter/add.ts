import { html, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import { openPicker } from './field-picker.ts'
import type { FilterView } from './filter-view.ts'
import type { Source } from './model/fields.ts'
import { type Group, groupOf, type Part } from './model/tree.ts'

/** The way to another condition, and to another group. */
export function renderAdd(view: FilterView, source: Source, group: Group, isInside: boolean): TemplateResult {
  const { host } = view
  const addCondition = (event: Event) =>
    void openPicker(view, source, { isInside, anchor: event.currentTarget as HTMLElement }, (part) => {
      view.setGroup(group.id, (found) => ({ ...found, parts: [...found.parts, part] }), focusOf(part))
    })
  const addGroup = () => {
    const added = groupOf(view.ids, group.match === 'any' ? 'all' : 'any')
    view.setGroup(group.id, (found) => ({ ...found, parts: [...found.parts, added] }), `[data-add="${added.id}"]`)
  }
  const condition = html`<button type="button" class="btn btn-ghost btn-sm" part="button" data-add=${group.id} aria-haspopup="dialog"
    aria-label=${host.t('cond.add.name')} @click=${addCondition}>${icon('plus')}<span>${host.t('cond.add')}</span></button>`
  const nested = html`<button type="button" class="btn btn-ghost btn-sm" part="button" aria-label=${host.t('cond.add.group.name')}
    @click=${addGroup}>${icon('group')}<span>${host.t('cond.add.group')}</span></button>`
  return html`${condition}${nested}`
}

/** What has the focus when a part has just come. */
export function focusOf(part: Part): string {
  return part.is === 'rows' || (part.is === 'condition' && part.subject.is === 'figure')
    ? `[data-part="${part.id}"] [data-how]`
    : `[data-part="${part.id}"] [data-comparison]`
}

/** A button that adds the first condition on child records. */
export function renderAddInside(view: FilterView, within: Source, where: Group): TemplateResult {
  const add = (event: Event) =>
    void openPicker(view, within, { isInside: true, anchor: event.currentTarget as HTMLElement }, (part) => {
      view.setGroup(where.id, (found) => ({ ...found, parts: [...found.parts, part] }), focusOf(part))
    })
  return html`<button type="button" class="btn btn-ghost btn-sm" part="button" data-add=${where.id} aria-haspopup="dialog" @click=${add}>
    ${icon('filter')}<span>${view.host.t('cond.add.inside')}</span>
  </button>`
}
