import { html, nothing, type TemplateResult } from 'lit'
import { isMoney } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { renderMoney } from '../display/money.ts'
import { formatNumber } from '../format/number.ts'
import type { Figures } from '../group/figures.ts'
import type { Group } from '../group/groups.ts'
import { icon } from '../icon/icon.ts'
import type { CrmList } from './list.ts'
import type { ListView } from './parts.ts'

export { readFigures } from '../group/figures.ts'
export { namedGroups } from '../group/groups.ts'
export { sumsStyles } from './sums.styles.ts'

/** The head of a group, with its sums. */
export function renderGroup(list: CrmList, view: ListView, group: Group, folded: boolean, index: number): TemplateResult {
  const name = group.label || list.t('group.blank')
  const fold = { label: list.t(folded ? 'group.unfold' : 'group.fold', { name }), run: () => list.foldGroup(group.key, !folded) }
  const [, ...rest] = view.columns
  return html`<tr class="group" part="group" data-row=${index} data-group=${group.key} aria-rowindex=${index + 2}>
    <th scope="rowgroup" class="c-name" colspan=${list.selectable ? 2 : 1}>
      <button type="button" class="open row fold" tabindex=${index === view.active ? 0 : -1} aria-expanded=${!folded} title=${fold.label} @click=${fold.run}>
        ${icon(folded ? 'right' : 'down')}<b class="clip">${name}</b><span class="count">${group.figures.count.toLocaleString(list.language)}</span>
      </button>
    </th>${rest.map((column) => html`<td class=${column.numeric ? 'num' : ''}>${renderSum(list, column.field, group.figures)}</td>`)}
  </tr>`
}

/** The sums over everything that matches. */
export function renderTotals(list: CrmList, { columns }: ListView, totals: Figures): TemplateResult {
  const [, ...rest] = columns
  return html`<tfoot part="totals"><tr>
    <th scope="row" class="c-name" colspan=${list.selectable ? 2 : 1} title=${list.t('totals.all')}>${list.t('group.count', { count: totals.count })}</th>
    ${rest.map((column) => html`<td class=${column.numeric ? 'num' : ''}>${renderSum(list, column.field, totals)}</td>`)}
  </tr></tfoot>`
}

/** The largest currency first, the others on hover and aloud. */
function renderSum(list: CrmList, field: FieldView, { sums }: Figures): TemplateResult | typeof nothing | string {
  const [first, ...others] = sums.get(field.name) ?? []
  if (first === undefined) return nothing
  const text = (sum: typeof first) => (isMoney(sum) ? renderMoney(sum, list.language) : formatNumber(sum, list.language))
  const more = html`<span class="others" aria-hidden="true">+${others.length}</span><span class="sr">${others.map(text)}</span>`
  return html`${text(first)}${others.length > 0 ? more : nothing}`
}
