import { html, nothing, type TemplateResult } from 'lit'
import { classMap } from 'lit/directives/class-map.js'
import { repeat } from 'lit/directives/repeat.js'
import { renderMoney } from '../display/money.ts'
import { renderStageMark } from '../display/stage-mark.ts'
import { formatMoney } from '../format/money.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmBoard } from './board.ts'
import { cardLabel, renderCardBody } from './card.ts'
import type { BoardColumn } from './columns.ts'
import { mainSum, type Total, weighted } from './totals.ts'

/** A stage: its figures, and the cards in view. */
export function renderColumn(board: CrmBoard, column: BoardColumn): TemplateResult {
  const over = board.carry !== null && board.carry.over === column.key && board.carry.from !== column.key
  const classes = { col: true, 'is-target': over, 'is-stage': board.stage === column.key }
  return html`<section class=${classMap(classes)} part="column" data-column=${column.key} aria-label=${column.label}>
    <header class="col-head" part="column-header">${renderColumnTitle(board, column)}${renderColumnSum(board, column)}</header>
    <div class="col-body" part="column-body" data-body=${column.key} @scroll=${() => board.reach.scrolled(column.key)}>${over ? html`<div class="insert" part="drop-indicator"></div>` : nothing}${renderCards(board, column)}</div>
  </section>`
}

/** A folded stage: name and count on a rail, still a place to drop on. */
export function renderRail(board: CrmBoard, column: BoardColumn): TemplateResult {
  const over = board.carry?.over === column.key && board.carry.from !== column.key
  return html`<button type="button" class="rail ${over ? 'is-target' : ''}" part="column-rail" data-column=${column.key} aria-expanded="false" title=${board.t('board.unfold', { name: column.label })} @click=${() => board.unfold(column.key)}>
    ${renderStageMark(column)}<span>${column.label}</span><b>${board.totalOf(column.key).count.toLocaleString(board.language)}</b></button>`
}

/** One stage at a time, for narrow places. */
export function renderStageSwitcher(board: CrmBoard, columns: readonly BoardColumn[]): TemplateResult {
  return html`<nav class="stages" part="stage-switcher" aria-label=${board.t('board.stages')}>${columns.map(
    (
      column,
    ) => html`<button type="button" aria-current=${board.stage === column.key ? 'true' : nothing} @click=${() => board.showStage(column.key)}>${isStage(column) ? renderStageMark(column) : nothing}${column.label}
      <span class="count">${board.totalOf(column.key).count.toLocaleString(board.language)}</span></button>`,
  )}</nav>`
}

/** Options of a choice have no ring: nothing is known of their probability. */
function isStage({ probability, outcome }: BoardColumn): boolean {
  return probability !== null || outcome !== null
}

function renderColumnTitle(board: CrmBoard, column: BoardColumn): TemplateResult {
  const create = () => board.create(column.key)
  return html`<div class="row row-6">${isStage(column) ? renderStageMark(column) : nothing}<h3 class="clip">${column.label}</h3><span class="count">${board.totalOf(column.key).count.toLocaleString(board.language)}</span><span class="grow"></span>
    ${column.outcome === 'lost' ? html`<button type="button" class="btn btn-ghost btn-icon btn-sm" part="button" aria-label=${board.t('board.fold', { name: column.label })} @click=${() => board.fold(column.key)}>${icon('close')}</button>` : nothing}
    ${board.mayCreate && column.outcome !== 'lost' ? html`<button type="button" class="btn btn-ghost btn-icon btn-sm" part="button" aria-label=${board.t('board.create', { name: column.label })} @click=${create}>${icon('plus')}</button>` : nothing}</div>`
}

function renderColumnSum(board: CrmBoard, column: BoardColumn): TemplateResult | typeof nothing {
  if (!board.cardFields.amount) return nothing
  const { money, others } = mainSum(board.totalOf(column.key), board.currency)
  const isOpen = column.probability !== null && column.outcome !== 'won' && column.outcome !== 'lost'
  return html`<div class="col-sum"><b>${renderMoney(money, board.language)}${others.length > 0 ? html`<span class="others" title=${others.map((one) => formatMoney(one, board.language)).join('\n')}>+${others.length}</span>` : nothing}</b>
    ${isOpen ? html`<span title=${board.t('board.weighted')}>${column.probability}%<i> → </i>${renderMoney(weighted(money, column.probability ?? 0), board.language)}</span>` : nothing}</div>`
}

function renderCards(board: CrmBoard, column: BoardColumn): TemplateResult {
  const feed = board.feedOf(column.key)
  const ids = feed?.ids ?? []
  if (ids.length === 0)
    return feed?.state === 'failed' && feed.error
      ? renderRetry(board, column)
      : feed?.state === 'ready'
        ? renderNoCards(board, column)
        : renderCardSkeletons(board)
  const window = board.reach.windowOf(column.key)
  const range = window.range(ids.length)
  const space = `padding-top:${range.start * window.step}px;padding-bottom:${(ids.length - range.end) * window.step}px`
  return html`<ol class="cards" role="list" aria-label=${column.label} .style=${space}>${repeat(
    ids.slice(range.start, range.end),
    (id) => id,
    (id, index) => renderCard(board, column, id, range.start + index),
  )}</ol>${renderEnd(board, column)}`
}

function renderCard(board: CrmBoard, column: BoardColumn, id: string, index: number): TemplateResult {
  const record = board.recordOf(id)
  if (!record) return html`<li class="card card-skel" data-card=${id}></li>`
  const carried = board.carry?.id === id
  const classes = {
    card: true,
    'is-ghost': carried && board.carry?.by === 'pointer',
    'is-carried': carried && board.carry?.by === 'keyboard',
    'is-busy': board.isMoving(id),
  }
  const reach = board.reach.isReached(column.key, id, index) ? 0 : -1
  const more = board.mayMove
    ? html`<button type="button" class="card-more" part="card-menu" tabindex=${reach} aria-haspopup="menu" aria-label=${board.t('move.menu', { name: cardLabel(board, record) })} @click=${(event: Event) => board.openMoveMenu(id, event)}>${icon('more')}</button>`
    : nothing
  return html`<li class=${classMap(classes)} part="card" data-card=${id} aria-setsize=${board.totalOf(column.key).count || -1} aria-posinset=${index + 1}>
    <button type="button" class="card-open" tabindex=${reach} aria-describedby=${board.mayMove ? 'move-help' : nothing} @click=${() => board.activate(id)} @focus=${() => board.reach.reach(column.key, id)}><span class="sr">${cardLabel(board, record)}</span></button>
    ${renderCardBody(board, column, record, more)}</li>`
}

function renderNoCards(board: CrmBoard, column: BoardColumn): TemplateResult {
  return html`<div class="empty">${icon(column.outcome === 'won' ? 'flag' : 'inbox')}<p>${board.t(board.isSearching ? 'board.nomatch' : 'board.empty', { name: column.label })}</p></div>`
}

function renderRetry(board: CrmBoard, column: BoardColumn): TemplateResult {
  const feed = board.feedOf(column.key)
  return html`<div class="empty" role="alert">${icon('warn')}<p>${feed?.error ? reasonOf(board, feed.error) : ''}</p><button type="button" class="btn btn-sm" part="button" @click=${() => feed?.retry()}>${board.t('retry')}</button></div>`
}

function renderEnd(board: CrmBoard, column: BoardColumn): TemplateResult | typeof nothing {
  const feed = board.feedOf(column.key)
  if (feed?.state === 'more') return html`<p class="more">${spinner}${board.t('loading.more')}</p>`
  if (feed?.state === 'failed')
    return html`<p class="more" role="alert">${board.t('failed.more')}<button type="button" class="btn btn-sm" part="button" @click=${() => feed.retry()}>${board.t('retry')}</button></p>`
  return nothing
}

/** Cards on their way. */
export function renderCardSkeletons(board: CrmBoard): TemplateResult {
  const card = html`<div class="card card-skel"><i class="skel w45"></i><i class="skel w60"></i><i class="skel w30"></i><i class="skel w45"></i></div>`
  return html`<div class="cards" role="status" aria-busy="true" aria-label=${board.t('loading')}>${Array.from({ length: 4 }, () => card)}</div>`
}
