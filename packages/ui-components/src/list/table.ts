import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { nameOf, readField } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderEmblem } from '../display/avatar.ts'
import { renderValue } from '../display/value.ts'
import { icon } from '../icon/icon.ts'
import type { ListColumn } from './columns.ts'
import type { CrmList } from './list.ts'
import type { ListView } from './parts.ts'

/** The rows in view, between two spacers that stand for the others. */
export function renderTable(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { object, columns, ids, range, step, total } = view
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const rows = repeat(
    ids.slice(range.start, range.end),
    (id) => id,
    (id, index) => renderRow(list, view, id, range.start + index),
  )
  return html`<table part="table" aria-rowcount=${total + 1} aria-busy=${busy} .style=${`min-width:${width}px`}>
    <caption class="sr">${list.words(object.pluralLabel)}</caption>
    <colgroup>${columns.map((column) => html`<col .style=${`width:${column.width}px`} />`)}</colgroup>
    <thead><tr aria-rowindex="1">${columns.map((column) => renderHeading(list, column))}</tr></thead>
    <tbody>${renderSpacer(range.start * step, columns.length)}${rows}${renderSpacer((ids.length - range.end) * step, columns.length)}</tbody>
  </table>`
}

function renderSpacer(height: number, span: number): TemplateResult | typeof nothing {
  if (height <= 0) return nothing
  return html`<tr class="spacer" aria-hidden="true"><td colspan=${span} .style=${`height:${height}px`}></td></tr>`
}

function renderHeading(list: CrmList, { field, isName, numeric }: ListColumn): TemplateResult {
  const label = html`<span class="clip">${list.words(field.label)}</span>`
  const classes = `${isName ? 'c-name' : ''} ${numeric ? 'num' : ''}`
  if (!field.sortable) return html`<th scope="col" class=${classes}>${label}</th>`
  const order = list.sort === field.name ? 'ascending' : list.sort === `-${field.name}` ? 'descending' : 'none'
  const arrow = order === 'none' ? nothing : icon(order === 'ascending' ? 'arrow-up' : 'arrow-down')
  return html`<th scope="col" class=${classes} aria-sort=${order}>
    <button type="button" class="th ${order === 'none' ? '' : 'is-sorted'}" @click=${() => list.sortBy(field)}>${label}${arrow}</button>
  </th>`
}

function renderRow(list: CrmList, view: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(view.object.name, id)
  return html`<tr data-row=${index} part="row" aria-rowindex=${index + 2} @click=${() => list.activate(id)}>
    ${view.columns.map((column) => (column.isName ? renderName(list, view, record, index) : renderCell(list, column, record)))}
  </tr>`
}

function renderName(list: CrmList, view: ListView, record: CrmRecord | null, index: number): TemplateResult {
  const name = nameOf(view.object, record) || list.t('untitled')
  return html`<th scope="row" class="c-name">
    <button type="button" class="open row" tabindex=${index === view.active ? 0 : -1} title=${name}>
      ${renderEmblem(record?.id ?? '', name)}<span class="clip">${name}</span>
    </button>
  </th>`
}

function renderCell(list: CrmList, { field, numeric }: ListColumn, record: CrmRecord | null): TemplateResult {
  const value = renderValue(field, readField(record, field.name), list.reading(record))
  return html`<td class=${numeric ? 'num' : ''}><div class="clip">${value}</div></td>`
}
