import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { icon } from '../icon/icon.ts'
import { renderCondition, renderRowsPart } from './condition.ts'
import { openPicker } from './field-picker.ts'
import type { FilterView } from './filter-view.ts'
import type { Source } from './model/fields.ts'
import { type Group, groupOf, type Kept, type Match, type Part } from './model/tree.ts'
import { renderMore } from './part-menu.ts'
import { sayPart } from './say.ts'

const matches: readonly Match[] = ['all', 'any', 'none', 'notAll']

/** Where a group stands: the outermost, one among parts, or what is asked of child records. */
export type Place = 'root' | 'part' | 'inside'

/** Everything: the outermost group, and the whole of it as a sentence. */
export function renderRoot(view: FilterView, source: Source): TemplateResult {
  const { host, root } = view
  const isEmpty = root.parts.length === 0
  const problem = view.checks.problem?.part === null ? view.checks.problem.message : null
  return html`<section class="builder" part="builder" aria-label=${host.t('cond.title')}>
    <slot name="title"><h2 class="title">${host.t('cond.title')}</h2></slot>
    ${isEmpty ? html`<p class="none dim" part="empty">${host.t('cond.none', { name: host.noun(source.object.pluralLabel) })}</p>` : nothing}
    ${renderGroup(view, source, root, 'root', false)}
    ${problem ? html`<p class="error" part="error" role="alert">${icon('warn')}<span>${problem}</span></p>` : nothing}
    ${isEmpty ? nothing : html`<p class="say" part="explanation">${icon('info')}<span>${view.sentence}</span></p>`}
  </section>`
}

/** A group: how its parts belong together, the parts, and the way to more. */
export function renderGroup(view: FilterView, source: Source, group: Group, place: Place, isInside: boolean): TemplateResult {
  const { host } = view
  const label = host.t('cond.group', { match: host.t(`cond.match.${group.match}`) })
  return html`<div class="group is-${place} ${group.match === 'none' || group.match === 'notAll' ? 'is-not' : ''}" part="group" role="group" aria-label=${label}>
    ${place === 'root' && group.parts.length === 0 ? nothing : renderJoin(view, group, place)}
    <ul>
      ${repeat(
        group.parts,
        (part) => part.id,
        (part) => html`<li data-part=${part.id}>${renderPart(view, source, part, isInside)}</li>`,
      )}
      ${view.isOpen ? html`<li class="add">${renderAdd(view, source, group, isInside)}</li>` : nothing}
    </ul>
  </div>`
}

function renderJoin(view: FilterView, group: Group, place: Place): TemplateResult {
  const { host } = view
  const onChange = (event: Event) => {
    const match = (event.target as HTMLSelectElement).value as Match
    view.setGroup(group.id, (found) => ({ ...found, match }), `[data-match="${group.id}"]`)
  }
  const option = (match: Match) => html`<option value=${match} ?selected=${match === group.match}>${host.t(`cond.match.${match}`)}</option>`
  return html`<div class="join">
    <span>${host.t(place === 'inside' ? 'cond.where.inside' : 'cond.where')}</span>
    <select class="select tok" part="token" data-match=${group.id} aria-label=${host.t('cond.match')} ?disabled=${!view.isOpen} @change=${onChange}>
      ${matches.map(option)}
    </select>
    <span>${host.t('cond.where.end')}</span>
    ${place === 'part' ? html`<span class="grow"></span>${renderMore(view, group, host.t('cond.group', { match: host.t(`cond.match.${group.match}`) }))}` : nothing}
  </div>`
}

function renderAdd(view: FilterView, source: Source, group: Group, isInside: boolean): TemplateResult {
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

function renderPart(view: FilterView, source: Source, part: Part, isInside: boolean): TemplateResult {
  switch (part.is) {
    case 'group':
      return html`<div class="sub">${renderGroup(view, source, part, 'part', isInside)}${renderProblem(view, part.id)}</div>`
    case 'rows':
      return renderRowsPart(view, source, part)
    case 'condition':
      return renderCondition(view, source, part, isInside)
    case 'kept':
      return renderKept(view, source, part)
  }
}

function renderKept(view: FilterView, source: Source, part: Kept): TemplateResult {
  const words = sayPart(view, source, part)
  return html`<div class="cond is-kept" part="kept">
    <div class="cond-b">${icon('lock')}<span><span class="dim">${view.host.t('cond.kept')}</span> <b>${words}</b></span></div>
    ${renderMore(view, part, words)}
  </div>${renderProblem(view, part.id)}`
}

/** What the checker says of a part. */
export function renderProblem(view: FilterView, part: number): TemplateResult | typeof nothing {
  const message = view.checks.messageFor(part)
  return message ? html`<p class="error" part="error" id="problem-${part}">${icon('warn')}<span>${message}</span></p>` : nothing
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
