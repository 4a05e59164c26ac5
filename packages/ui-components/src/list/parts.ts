import { html, nothing, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { ObjectView } from '../client/types.ts'
import type { Range } from '../controllers/window.ts'
import { renderButton } from '../display/button.ts'
import { groupFields } from '../group/group-fields.ts'
import { spinner } from '../icon/icon.ts'
import { renderEmpty } from '../state/state-view.ts'
import type { ListColumn } from './columns.ts'
import { renderFilters } from './filter-bar.ts'
import type { LaterParts } from './later-parts.ts'
import type { CrmList } from './list.ts'
import type { ListData } from './list-data.ts'
import type { ListRows } from './rows.ts'

/** What the rows of a list are drawn from. */
export interface ListView {
  readonly object: ObjectView
  readonly columns: readonly ListColumn[]
  readonly rows: ListRows
  readonly range: Range
  readonly step: number
  /** The row that the Tab key reaches. */
  readonly active: number
}

/** What the list is of, how many there are, and the way to a new record. */
export function renderHead(list: CrmList, object: ObjectView, total: number | null): TemplateResult {
  const name = list.noun(object.pluralLabel)
  const count = html`${total?.toLocaleString(list.language)}<span class="sr">${list.t('list.count', { count: total ?? 0, name })}</span>`
  const create = {
    label: list.t('new.name', { name: list.noun(object.label) }),
    icon: 'plus',
    look: 'primary',
    run: () => list.create(),
  } as const
  return html`<div class="head">
    <slot name="title"><h2 class="title">${list.words(object.pluralLabel)}</h2></slot>
    <span class="count" role="status">${total === null ? nothing : count}</span>
    ${list.parts.views?.render() ?? nothing}<span class="grow"></span><slot name="actions"></slot>${list.may('create', object) ? renderButton(create) : nothing}
  </div>`
}

/** Search, conditions, and how the rows are arranged. */
export function renderToolbar(list: CrmList, object: ObjectView, search: TemplateResult): TemplateResult {
  const field = list.groupBy ? fieldOf(object, list.groupBy) : undefined
  const group = field ? list.t('group.by', { name: list.words(field.label) }) : list.t('group.title')
  const count = list.shownColumns.length
  const at = (use: Parameters<LaterParts['open']>[1]) => (event: Event) => list.parts.open(event, use)
  const canExport = list.may('read', object)
  const down = list.sort.startsWith('-')
  const sorted = fieldOf(object, list.sort.slice(+down))
  const arrangement = html`${renderButton({ label: list.t('sort.by', { name: sorted ? list.words(sorted.label) : '–' }), icon: down ? 'arrow-down' : 'arrow-up', look: 'ghost sm', opens: 'menu', run: at(({ openSort }, anchor) => openSort(list, anchor)) })}
    ${groupFields(object).length > 0 ? renderButton({ label: group, icon: 'group', look: 'ghost sm', opens: 'menu', run: at(({ openGroups }, anchor) => openGroups(list, anchor)) }) : nothing}
    ${list.narrow ? nothing : renderButton({ label: list.t('columns.count', { count }), icon: 'columns', look: 'ghost sm', opens: 'dialog', run: at(({ openColumns }, anchor) => openColumns(list, anchor)) })}
    ${canExport ? renderButton({ label: list.t('export.menu'), icon: 'download', look: 'ghost sm', bare: true, opens: 'menu', run: at(({ openExport }, anchor) => openExport(list, anchor, false)) }) : nothing}`
  // In a narrow place all of it is one line that scrolls.
  if (list.narrow) return html`<div class="toolbar">${search}${renderFilters(list, object, arrangement)}</div>`
  return html`<div class="toolbar">${search}${renderFilters(list, object)}<span class="grow"></span>${arrangement}</div>`
}

/** No records at all, or none that match. */
export function renderNone(list: CrmList, object: ObjectView): TemplateResult {
  const name = list.noun(object.pluralLabel)
  const clear = { label: list.t('nomatch.clear'), run: () => list.clearAll() }
  const create = {
    label: list.t('new.name', { name: list.noun(object.label) }),
    icon: 'plus',
    look: 'primary',
    run: () => list.create(),
  } as const
  const content = list.isNarrowedDown
    ? renderEmpty('filter', list.t('nomatch.title', { name }), list.t('nomatch.text'), clear)
    : renderEmpty('inbox', list.t('empty.title', { name }), '', list.may('create', object) ? create : undefined)
  return html`<div class="fill">${list.isNarrowedDown ? content : html`<slot name="empty">${content}</slot>`}</div>`
}

/** What comes after the last row. */
export function renderEnd(list: CrmList, data: ListData): TemplateResult | typeof nothing {
  if (data.state === 'more') return html`<p class="foot-line">${spinner}${list.t('loading.more')}</p>`
  if (data.state !== 'failed') return nothing
  const retry = renderButton({ label: list.t('retry'), look: 'sm', run: () => void data.retry() })
  return html`<p class="foot-line" role="alert">${list.t('failed.more')}${retry}</p>`
}

/** The list before its first page is there. */
export function renderListSkeleton(list: CrmList): TemplateResult {
  const row = html`<div class="skel-row"><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i></div>`
  return html`<div class="skel-rows" role="status" aria-busy="true" aria-label=${list.t('loading')}>${Array.from({ length: 12 }, () => row)}</div>`
}
