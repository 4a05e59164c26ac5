import { html, nothing, type TemplateResult } from 'lit'
import type { FieldView, ObjectView } from '../client/types.ts'
import type { RecordFeed } from '../controllers/record-feed.ts'
import type { Range } from '../controllers/window.ts'
import { renderButton } from '../display/button.ts'
import { optionLabel } from '../format/value.ts'
import { icon, spinner } from '../icon/icon.ts'
import { renderEmpty } from '../state/state-view.ts'
import type { ListColumn } from './columns.ts'
import type { CrmList } from './list.ts'

/** What the rows of a list are drawn from. */
export interface ListView {
  readonly object: ObjectView
  readonly columns: readonly ListColumn[]
  readonly ids: readonly string[]
  readonly range: Range
  readonly step: number
  readonly total: number
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
    <span class="grow"></span><slot name="actions"></slot>${list.may('create', object) ? renderButton(create) : nothing}
  </div>`
}

/** A filter that is set shows what it is set to; one that is not, only its name. */
export function renderFilter(list: CrmList, field: FieldView): TemplateResult {
  const name = list.words(field.label)
  const values = list.filters.get(field.name) ?? []
  const run = (event: Event) => void list.openFilter(field, event.currentTarget as HTMLElement)
  if (values.length === 0) return renderButton({ label: name, icon: 'plus', look: 'ghost sm', part: 'filter', opensMenu: true, run })
  const label = (value: string) =>
    field.kind === 'user' ? (list.session.person(value)?.name ?? value) : optionLabel(field, value, list.language)
  return html`<span class="chip" part="filter">
    <button type="button" aria-haspopup="menu" @click=${run}>
      <span>${name}</span><b class="clip">${values.map(label).join(list.t('list.separator'))}</b>
    </button>
    <button type="button" aria-label=${list.t('filter.remove', { name })} @click=${() => list.clearFilter(field.name)}>${icon('close')}</button>
  </span>`
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
  return html`<div class="fill">${content}</div>`
}

/** What comes after the last row. */
export function renderEnd(list: CrmList, feed: RecordFeed): TemplateResult | typeof nothing {
  if (feed.state === 'more') return html`<p class="foot-line">${spinner}${list.t('loading.more')}</p>`
  if (feed.state !== 'failed') return nothing
  const retry = renderButton({ label: list.t('retry'), look: 'sm', run: () => void feed.retry() })
  return html`<p class="foot-line" role="alert">${list.t('failed.more')}${retry}</p>`
}

/** The list before its first page is there. */
export function renderListSkeleton(list: CrmList): TemplateResult {
  const row = html`<div class="skel-row"><i class="skel"></i><i class="skel"></i><i class="skel"></i><i class="skel"></i></div>`
  return html`<div class="skel-rows" role="status" aria-busy="true" aria-label=${list.t('loading')}>${Array.from({ length: 12 }, () => row)}</div>`
}
