import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isBlank, isMoney, nameOf, readField, relatedOf } from '../client/record.ts'
import type { CrmRecord, FieldView, ObjectView } from '../client/types.ts'
import type { Range } from '../controllers/window.ts'
import { renderAvatar, renderEmblem } from '../display/avatar.ts'
import { renderMoney } from '../display/money.ts'
import { renderValue } from '../display/value.ts'
import { formatValue, optionLabel } from '../format/value.ts'
import { icon } from '../icon/icon.ts'
import type { ListColumn } from './columns.ts'
import type { Filters } from './filters.ts'
import type { CrmList } from './list.ts'

/** What the rows of a list are drawn from. */
export interface ListView {
  readonly object: ObjectView
  readonly columns: readonly ListColumn[]
  readonly ids: readonly string[]
  readonly range: Range
  readonly step: number
  readonly total: number
  readonly active: number
}

/** A filter that is set shows what it is set to; one that is not, only its name. */
export function renderFilter(list: CrmList, field: FieldView, filters: Filters): TemplateResult {
  const label = list.words(field.label)
  const values = filters.get(field.name) ?? []
  const open = (event: Event) => list.openFilter(field, event.currentTarget as HTMLElement)
  if (values.length === 0) {
    return html`<button type="button" class="btn btn-ghost btn-sm" part="filter" aria-haspopup="menu" @click=${open}>${icon('plus')}<span>${label}</span></button>`
  }
  const shown = values.map((value) =>
    field.kind === 'user' ? (list.session.person(value)?.name ?? value) : optionLabel(field, value, list.language),
  )
  return html`<span class="chip" part="filter"><button type="button" aria-haspopup="menu" @click=${open}><span>${label}</span><b class="clip">${shown.join(list.t('list.separator'))}</b></button>
    <button type="button" aria-label=${list.t('filter.remove', { name: label })} @click=${() => list.clearFilter(field.name)}>${icon('close')}</button></span>`
}

/** The rows in view, between two spacers that stand for the others. */
export function renderTable(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { columns, ids, range, step, total } = view
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  return html`<table part="table" aria-rowcount=${total + 1} aria-busy=${busy} .style=${`min-width:${width}px`}>
    <caption class="sr">${list.words(view.object.pluralLabel)}</caption>
    <colgroup>${columns.map((column) => html`<col .style=${`width:${column.width}px`} />`)}</colgroup>
    <thead><tr aria-rowindex="1">${columns.map((column) => renderHeading(list, column))}</tr></thead>
    <tbody>
      ${renderSpacer(range.start * step, columns.length)}
      ${repeat(
        ids.slice(range.start, range.end),
        (id) => id,
        (id, index) => renderRow(list, view, id, range.start + index),
      )}
      ${renderSpacer((ids.length - range.end) * step, columns.length)}
    </tbody>
  </table>`
}

function renderSpacer(height: number, span: number): TemplateResult | typeof nothing {
  return height > 0 ? html`<tr class="spacer" aria-hidden="true"><td colspan=${span} .style=${`height:${height}px`}></td></tr>` : nothing
}

function renderHeading(list: CrmList, { field, isName, numeric }: ListColumn): TemplateResult {
  const sorted = list.sort.replace('-', '') === field.name
  const descending = sorted && list.sort.startsWith('-')
  const label = list.words(field.label)
  const classes = `${isName ? 'c-name' : ''} ${numeric ? 'num' : ''}`
  if (!field.sortable) return html`<th scope="col" class=${classes}><span class="clip">${label}</span></th>`
  return html`<th scope="col" class=${classes} aria-sort=${sorted ? (descending ? 'descending' : 'ascending') : 'none'}>
    <button type="button" class="th ${sorted ? 'is-sorted' : ''}" @click=${() => list.sortBy(field)}><span class="clip">${label}</span>${sorted ? icon(descending ? 'arrow-down' : 'arrow-up') : nothing}</button></th>`
}

function renderRow(list: CrmList, view: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(view.object.name, id)
  return html`<tr data-row=${index} part="row" aria-rowindex=${index + 2} @click=${() => list.activate(id)}>
    ${view.columns.map((column) => renderCell(list, view, column, record, index))}
  </tr>`
}

function renderCell(
  list: CrmList,
  view: ListView,
  { field, isName, numeric }: ListColumn,
  record: CrmRecord | null,
  index: number,
): TemplateResult {
  const value = readField(record, field.name)
  if (!isName)
    return html`<td class=${numeric ? 'num' : ''}><div class="clip">${renderValue(field, value, list.reading(record))}</div></td>`
  const name = nameOf(view.object, record) || list.t('untitled')
  return html`<th scope="row" class="c-name"><button type="button" class="open row" tabindex=${index === view.active ? 0 : -1} title=${name}>${renderEmblem(record?.id ?? '', name)}<span class="clip">${name}</span></button></th>`
}

/** Two lines a record, for narrow places. */
export function renderCards(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { ids, range, step } = view
  return html`<ul class="cards" part="cards" role="list" aria-label=${list.words(view.object.pluralLabel)} aria-busy=${busy} .style=${`padding-top:${range.start * step}px;padding-bottom:${(ids.length - range.end) * step}px`}>
    ${repeat(
      ids.slice(range.start, range.end),
      (id) => id,
      (id, index) => renderCard(list, view, id, range.start + index),
    )}
  </ul>`
}

function renderCard(list: CrmList, { object, columns, total }: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(object.name, id)
  const reading = list.reading(record)
  const filled = columns
    .map((column) => column.field)
    .filter((field) => field.name !== object.nameField && !isBlank(readField(record, field.name)))
  const find = (...kinds: readonly string[]) => filled.find((field) => kinds.includes(field.kind))
  const [badge, owner, money, about, day] = [
    find('choice'),
    find('user'),
    find('money'),
    find('reference', 'text', 'phone', 'integer'),
    find('date', 'instant'),
  ]
  const sum = money && readField(record, money.name)
  return html`<li data-row=${index} aria-setsize=${total} aria-posinset=${index + 1}><button type="button" class="lcard open" part="card" @click=${() => list.activate(id)}>
    <span class="row"><b class="clip grow">${nameOf(object, record) || list.t('untitled')}</b>${badge ? renderValue(badge, readField(record, badge.name), reading) : nothing}
      ${owner ? renderAvatar(String(readField(record, owner.name)), relatedOf(record, owner.name)[0]?.name ?? '') : nothing}</span>
    <span class="row soft">${isMoney(sum) ? renderMoney(sum, list.language) : nothing}<span class="dim clip grow">${about ? formatValue(about, readField(record, about.name), reading) : ''}</span>
      ${day ? html`<span class="dim">${formatValue(day, readField(record, day.name), reading)}</span>` : nothing}</span>
  </button></li>`
}

/** The list before its first page is there. */
export function renderListSkeleton(list: CrmList): TemplateResult {
  const row = html`<div class="skel-row"><i class="skel w20"></i><i class="skel w30"></i><i class="skel w20"></i><i class="skel w20"></i></div>`
  return html`<div class="skel-rows" role="status" aria-busy="true" aria-label=${list.t('loading')}>${Array.from({ length: 12 }, () => row)}</div>`
}
