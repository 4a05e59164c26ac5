import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import { icon } from '../icon/icon.ts'
import { renderAdd } from './add.ts'
import { renderCondition, renderRowsPart } from './condition.ts'
import type { FilterView } from './filter-view.ts'
import type { Source } from './model/fields.ts'
import type { Group, Kept, Match, Part } from './model/tree.ts'
import { renderProblem } from './notes.ts'
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
  const option = (match: Match) =>
    html`<option value=${match} .selected=${live(match === group.match)}>${host.t(`cond.match.${match}`)}</option>`
  return html`<div class="join">
    <span>${host.t(place === 'inside' ? 'cond.where.inside' : 'cond.where')}</span>
    <select class="select tok" part="token" data-match=${group.id} aria-label=${host.t('cond.match')} ?disabled=${!view.isOpen} @change=${onChange}>
      ${matches.map(option)}
    </select>
    <span>${host.t('cond.where.end')}</span>
    ${place === 'part' ? html`<span class="grow"></span>${renderMore(view, group, host.t('cond.group', { match: host.t(`cond.match.${group.match}`) }))}` : nothing}
  </div>`
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
