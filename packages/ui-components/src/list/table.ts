import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import { nameOf, readField } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { renderEmblem } from '../display/avatar.ts'
import { renderValue } from '../display/value.ts'
import { icon } from '../icon/icon.ts'
import { renderWidthHandle } from './column-width.ts'
import type { ListColumn } from './columns.ts'
import type { CrmList } from './list.ts'
import type { ListView } from './parts.ts'

const SELECT_WIDTH = 40

/** The lines in view, between two spacers that stand for the others. */
export function renderTable(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { object, columns, rows, range, step } = view
  const width = columns.reduce((sum, column) => sum + column.width, list.selectable ? SELECT_WIDTH : 0)
  const span = columns.length + (list.selectable ? 1 : 0)
  const indexes = Array.from({ length: range.end - range.start }, (_, offset) => range.start + offset)
  const keyOf = (index: number) => {
    const row = rows.at(index)
    return row.kind === 'record' ? row.id : row.kind === 'group' ? `group ${row.group.key}` : index
  }
  const lines = repeat(indexes, keyOf, (index) => guard(lineDependsOn(list, view, index), () => renderLine(list, view, index, span)))
  return html`<table part="table" role="grid" class=${width > list.room ? 'is-wide' : ''} aria-rowcount=${rows.count + 1} aria-busy=${busy} aria-multiselectable=${list.selectable ? 'true' : nothing} .style=${`min-width:${width}px`}>
    <caption class="sr">${list.words(object.pluralLabel)}</caption>
    <colgroup>${list.selectable ? html`<col .style=${`width:${SELECT_WIDTH}px`} />` : nothing}${columns.map((column) => html`<col .style=${`width:${column.width}px`} />`)}</colgroup>
    <thead><tr aria-rowindex="1">${list.selectable ? renderSelectAll(list) : nothing}${columns.map((column) => renderHeading(list, column))}</tr></thead>
    <tbody>${renderSpacer(range.start * step, span)}${lines}${renderSpacer((rows.count - range.end) * step, span)}</tbody>
    ${list.totals && list.data.sums ? list.data.sums.renderTotals(list, view, list.totals) : nothing}
  </table>`
}

function renderSpacer(height: number, span: number): TemplateResult | typeof nothing {
  if (height <= 0) return nothing
  return html`<tr class="spacer" aria-hidden="true"><td colspan=${span} .style=${`height:${height}px`}></td></tr>`
}

function renderSelectAll(list: CrmList): TemplateResult {
  const { all, some } = list.parts.chosen?.ofLoaded ?? { all: false, some: false }
  return html`<th scope="col" class="c-sel"><input
      type="checkbox" class="check" aria-label=${list.t('select.page')} .checked=${all} .indeterminate=${some && !all} @change=${() => list.parts.choose((chosen) => chosen.toggleLoaded())}
    /></th>`
}

function renderHeading(list: CrmList, column: ListColumn): TemplateResult {
  const { field, isName, numeric } = column
  const label = html`<span class="clip">${list.words(field.label)}</span>`
  const classes = `${isName ? 'c-name' : ''} ${numeric ? 'num' : ''}`
  const handle = renderWidthHandle(list, column)
  if (!field.sortable) return html`<th scope="col" class=${classes} part="column-header">${label}${handle}</th>`
  const order = list.sort === field.name ? 'ascending' : list.sort === `-${field.name}` ? 'descending' : 'none'
  const arrow = order === 'none' ? nothing : icon(order === 'ascending' ? 'arrow-up' : 'arrow-down')
  return html`<th scope="col" class=${classes} part="column-header" aria-sort=${order}>
    <button type="button" class="th ${order === 'none' ? '' : 'is-sorted'}" @click=${() => list.sortBy(field)} @keydown=${(event: KeyboardEvent) => onHeadKey(list, column, event)}>${label}${arrow}</button>${handle}
  </th>`
}

/** Shift and an arrow make a column wider or narrower, without a pointer. */
function onHeadKey(list: CrmList, { field, width }: ListColumn, event: KeyboardEvent): void {
  const step = { ArrowLeft: -8, ArrowRight: 8 }[event.key]
  if (step === undefined || !event.shiftKey) return
  event.preventDefault()
  list.setWidth(field.name, width + step)
}

/** Everything a line shows: while none of it has changed, the line is left alone. */
function lineDependsOn(list: CrmList, view: ListView, index: number): unknown[] {
  const row = view.rows.at(index)
  const { cells, chosen } = list.parts
  const common = [index, view.columns, view.object, index === view.active, list.language, list.selectable, list.mayUpdate]
  if (row.kind === 'group') return [row.group, row.folded, list.data.sums, ...common]
  if (row.kind === 'blank') return common
  const edited = cells?.current?.id === row.id ? cells.current : null
  return [list.session.store.get(view.object.name, row.id), edited, chosen?.has(row.id) ?? false, ...common]
}

function renderLine(list: CrmList, view: ListView, index: number, span: number): TemplateResult {
  const row = view.rows.at(index)
  if (row.kind === 'group') return list.data.sums?.renderGroup(list, view, row.group, row.folded, index) ?? html``
  if (row.kind === 'record') return renderRow(list, view, row.id, index)
  return html`<tr class="blank" data-row=${index} aria-rowindex=${index + 2} aria-busy="true"><td colspan=${span}><i class="skel w30"></i></td></tr>`
}

function renderRow(list: CrmList, view: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(view.object.name, id)
  const chosen = list.selectable && (list.parts.chosen?.has(id) ?? false)
  const name = nameOf(view.object, record) || list.t('untitled')
  const cells = view.columns.map((column) =>
    column.isName ? renderName(list, view, column, record, name, index) : renderCell(list, column, record, id),
  )
  return html`<tr
    data-row=${index} data-id=${id} part="row" class=${chosen ? 'is-chosen' : ''} aria-rowindex=${index + 2} aria-selected=${list.selectable ? chosen : nothing}
    @click=${() => list.activate(id)}
  >${list.selectable ? renderCheck(list, view, id, name, chosen, index) : nothing}${cells}</tr>`
}

function renderCheck(list: CrmList, view: ListView, id: string, name: string, chosen: boolean, index: number): TemplateResult {
  const onClick = (event: MouseEvent) => {
    event.stopPropagation()
    list.parts.choose((all) => all.toggle(id, index, event.shiftKey))
  }
  return html`<td class="c-sel" @click=${(event: Event) => event.stopPropagation()}><input
      type="checkbox" class="check" tabindex=${index === view.active ? 0 : -1} aria-label=${list.t('select.row', { name })} .checked=${chosen} @click=${onClick}
    /></td>`
}

function renderName(
  list: CrmList,
  view: ListView,
  { field }: ListColumn,
  record: CrmRecord | null,
  name: string,
  index: number,
): TemplateResult {
  const id = record?.id ?? ''
  const editor = list.parts.cells?.isAt(id, field) ? list.parts.renderEditor(record) : null
  return html`<th scope="row" class="c-name ${editor ? 'is-editing' : ''}" data-col=${field.name}>${
    editor ??
    html`<span class="row name-cell"><button type="button" class="open row" tabindex=${index === view.active ? 0 : -1} title=${name}>
      ${renderEmblem(id, name)}<span class="clip">${name}</span>
    </button>${renderPen(list, field, id)}</span>`
  }</th>`
}

function renderCell(list: CrmList, { field, numeric }: ListColumn, record: CrmRecord | null, id: string): TemplateResult {
  const isOpen = list.parts.cells?.isAt(id, field) ?? false
  const value = isOpen ? list.parts.renderEditor(record) : renderValue(field, readField(record, field.name), list.reading(record))
  return html`<td class="${numeric ? 'num' : ''} ${isOpen ? 'is-editing' : ''}" data-col=${field.name} tabindex="-1">${
    isOpen ? value : html`<div class="clip">${value}</div>${renderPen(list, field, id)}`
  }</td>`
}

/** Seen where the pointer or the focus is; by keyboard it is F2 or Enter on the cell. */
function renderPen(list: CrmList, field: FieldView, id: string): TemplateResult | typeof nothing {
  if (!list.mayEdit(field)) return nothing
  const onClick = (event: Event) => {
    event.stopPropagation()
    list.edit(id, field.name)
  }
  return html`<button type="button" class="pen" tabindex="-1" aria-label=${list.t('cell.edit', { name: list.words(field.label) })} @click=${onClick}>${icon('edit')}</button>`
}
