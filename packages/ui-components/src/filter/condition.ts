import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { renderAddInside } from './add.ts'
import { openPicker } from './field-picker.ts'
import { renderHow, renderOf } from './figure.ts'
import type { FilterView } from './filter-view.ts'
import type { Comparison } from './model/comparisons.ts'
import { type Compared, comparedOf, inside, type Source } from './model/fields.ts'
import { leavesOutEmpty } from './model/hints.ts'
import { allComparisons, takenBy } from './model/plugin-operators.ts'
import { fitting, withField } from './model/start.ts'
import { type Condition, type FigureSubject, type Group, groupOf, nothing as none, type Rows } from './model/tree.ts'
import { renderProblem, renderUnfinished } from './notes.ts'
import { renderMore } from './part-menu.ts'
import { sayComparison, sayPath, saySubject } from './say.ts'
import { renderValue } from './value.ts'

/** One comparison: what is looked at, how, and with what. */
export function renderCondition(view: FilterView, source: Source, condition: Condition, isInside: boolean): TemplateResult {
  const { subject } = condition
  const compared = comparedOf(source, subject)
  const name = saySubject(view, source, subject)
  const label = sayPath(view, source, subject.path)
  const body = html`<div class="cond" part="condition" role="group" aria-label=${name}>
    <div class="cond-b">
      ${renderSubject(view, source, condition, label, isInside)}
      ${compared ? renderComparison(view, source, condition, compared, name) : nothing}
      ${compared ? renderValue(view, source, condition, takenBy(source, condition.comparison, compared), name) : html`<span class="error" part="error">${icon('warn')}${view.host.t('cond.gone', { name: label })}</span>`}
    </div>
    ${renderMore(view, condition, name)}
  </div>`
  const where = subject.is === 'figure' ? renderWhere(view, source, subject) : nothing
  return html`${body}${where}${renderNotes(view, source, condition)}`
}

/** A field; or a figure in the order of the language: “the sum of deals’ amount”, 「商机 的 金额 合计」. */
function renderSubject(view: FilterView, source: Source, condition: Condition, label: string, isInside: boolean): TemplateResult {
  const { subject } = condition
  const token = renderToken(view, source, condition, label, isInside)
  if (subject.is === 'field') return token
  const [how, of] = [renderHow(view, source, condition, subject), renderOf(view, source, condition, subject)]
  return view.host.language === 'en' ? html`${how}${token}${of}` : html`${token}${of}${how}`
}

/** Child records: some, none or all of them, and what is asked of them. */
export function renderRowsPart(view: FilterView, source: Source, rows: Rows): TemplateResult {
  const name = sayPath(view, source, rows.path)
  return html`<div class="cond" part="condition" role="group" aria-label=${name}>
      <div class="cond-b">${renderHow(view, source, rows, null)}${renderToken(view, source, rows, name, false)}</div>
      ${renderMore(view, rows, name)}
    </div>
    ${renderWhere(view, source, rows)}${renderUnfinished(view, rows.id)}${renderProblem(view, rows.id)}`
}

function renderWhere(view: FilterView, source: Source, { path, where }: Rows | FigureSubject): TemplateResult | typeof nothing {
  const within = inside(source, path)
  if (!within) return html`<p class="error" part="error">${icon('warn')}<span>${view.host.t('cond.gone', { name: path })}</span></p>`
  if (where.parts.length > 0) return html`<div class="sub">${view.renderGroup(view, within, where, 'inside', true)}</div>`
  return view.isOpen ? html`<div class="sub-add">${renderAddInside(view, within, where)}</div>` : nothing
}

/** The field, as a word that opens the choice of another. */
function renderToken(view: FilterView, source: Source, part: Condition | Rows, label: string, isInside: boolean): TemplateResult {
  const change = (event: Event) =>
    void openPicker(view, source, { isInside, anchor: event.currentTarget as HTMLElement }, (chosen) => {
      const next = { ...chosen, id: part.id }
      view.replace(
        part.id,
        chosen.is === 'condition' && part.is === 'condition' ? withField(source, part, chosen) : next,
        `[data-part="${part.id}"] [data-token]`,
      )
    })
  return html`<button type="button" class="tok" part="token" data-token aria-haspopup="dialog" title=${label} ?disabled=${!view.isOpen} @click=${change}>
    <span class="clip">${label}</span>${icon('down')}
  </button>`
}

function renderComparison(view: FilterView, source: Source, condition: Condition, compared: Compared, name: string): TemplateResult {
  const { host } = view
  const { subject, comparison } = condition
  const offered = allComparisons(source, subject, compared)
  const onChange = (event: Event) => {
    const next = (event.target as HTMLSelectElement).value as Comparison
    view.replace(condition.id, fitting(source, condition, next), `[data-part="${condition.id}"] [data-comparison]`)
  }
  const option = (one: Comparison) =>
    html`<option value=${one} .selected=${live(one === comparison)}>${sayComparison(view, source, one, compared)}</option>`
  return html`<select class="select tok" part="token" data-comparison aria-label=${`${host.t('cond.comparison')}${host.t('colon')}${name}`}
    ?disabled=${!view.isOpen} @change=${onChange}>${offered.map(option)}</select>`
}

function renderNotes(view: FilterView, source: Source, condition: Condition): TemplateResult {
  return html`${renderUnfinished(view, condition.id)}${renderProblem(view, condition.id)}${renderHint(view, source, condition)}`
}

/** Empty values have no place in an order: say so, and offer to take them in. */
function renderHint(view: FilterView, source: Source, condition: Condition): TemplateResult | typeof nothing {
  const parent = view.parent(condition.id)
  if (!parent || view.checks.isUnfinished(condition.id) || !leavesOutEmpty(source, condition, parent)) return nothing
  const { host } = view
  const run = () => {
    const empty: Condition = { is: 'condition', id: view.ids.next(), subject: condition.subject, comparison: 'empty', value: none }
    if (parent.match === 'any') return view.setGroup(parent.id, (found) => insertAfter(found, condition.id, empty))
    const either = groupOf(view.ids, 'any', [condition, empty])
    view.replace(condition.id, either, `[data-part="${condition.id}"] [data-comparison]`)
  }
  return html`<p class="note" part="hint"><span class="dim">${host.t('cond.hint.empty')}</span>
    ${view.isOpen ? renderButton({ label: host.t('cond.hint.add'), look: 'ghost sm', run }) : nothing}</p>`
}

function insertAfter(group: Group, id: number, part: Condition): Group {
  return { ...group, parts: group.parts.flatMap((one) => (one.id === id ? [one, part] : [one])) }
}
