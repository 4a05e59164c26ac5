import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import type { RecordStore } from '../client/store.ts'
import type { Range } from '../controllers/window.ts'
import { renderButton } from '../display/button.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmBoard } from './board.ts'
import { type Reading, renderCardContent } from './card.ts'
import type { BoardColumn } from './columns.ts'

/** The cards of a column that are in view, or why there are none. Left alone where nothing of it has changed: most moves concern two columns. */
export function renderCards(board: CrmBoard, column: BoardColumn, key: string): unknown {
  const feed = board.feedOf(key)
  const ids = feed?.ids ?? []
  const window = board.reach.windowOf(key)
  const range = window.range(ids.length)
  const drawn = ids.slice(range.start, range.end)
  const look = lookOf(board, column, key, board.reach.reachedOf(key, drawn))
  const { carry } = board
  const inHand = carry && (carry.over === key || ids.includes(carry.id)) ? carry : null
  // Language, rights and fields come anew with the column.
  const shows = [
    column,
    ids,
    feed?.state,
    range.start,
    window.step,
    look.reached,
    look.total,
    inHand,
    board.isSearching,
    board.data.swimLanes,
  ]
  const records = drawn.flatMap((id) => [look.store.get(board.object, id), board.isMoving(id)])
  return guard([...shows, ...records], () => renderColumnCards(look, key, drawn, range))
}

function renderColumnCards(look: Look, key: string, drawn: readonly string[], { start, end }: Range): TemplateResult {
  const { board, column } = look
  const count = board.feedOf(key)?.ids.length ?? 0
  if (count === 0) return html`${renderInsert(board, key)}${renderNone(board, column, key)}`
  const { step } = board.reach.windowOf(key)
  const space = `padding-top:${start * step}px;padding-bottom:${(count - end) * step}px`
  const cards = repeat(
    drawn,
    (id) => id,
    (id, index) => renderCard(look, id, start + index),
  )
  return html`${renderInsert(board, key)}<ol class="cards" role="list" aria-label=${board.columnLabel(key)} .style=${space}>${cards}</ol>${renderEnd(board, key)}`
}

/** Where the card in hand would land. */
function renderInsert({ carry, reach, cardFields }: CrmBoard, key: string): TemplateResult | typeof nothing {
  if (!carry || carry.over !== key) return nothing
  const isOwn = carry.from === key
  if (isOwn && (!cardFields.rank || carry.index === carry.fromIndex)) return nothing
  // Below the card that stands there now, when the card in hand comes from above it.
  const line = isOwn && carry.index > carry.fromIndex ? carry.index + 1 : carry.index
  return html`<div class="insert" part="drop-indicator" .style=${`top:${Math.max(1, line * reach.windowOf(key).step - 2)}px`}></div>`
}

/** What the cards of a column have in common. */
interface Look extends Reading {
  readonly reached: string | undefined
  readonly total: number
  readonly store: RecordStore
}

function lookOf(board: CrmBoard, column: BoardColumn, key: string, reached: string | undefined): Look {
  const { session, language } = board
  return { board, column, reached, total: board.totalOf(key).count, store: session.store, language, now: session.now() }
}

function renderCard(look: Look, id: string, index: number): TemplateResult {
  const { board, column, language } = look
  const { carry, mayMove, definition, cardFields } = board
  const record = look.store.get(board.object, id)
  if (!record) return html`<li class="card card-skel" data-card=${id}></li>`
  const by = carry?.id === id ? carry.by : null
  const classes = `card${by === 'pointer' ? ' is-ghost' : ''}${by === 'keyboard' ? ' is-carried' : ''}${board.isMoving(id) ? ' is-busy' : ''}`
  const tab = id === look.reached ? 0 : -1
  // Where only its place or its neighbours have changed, what the card says is left alone.
  const says = [record, column, tab, mayMove, language, definition, cardFields]
  // No blanks between tags: each would be a node of every card.
  return html`<li class=${classes} part="card" data-card=${id} aria-setsize=${look.total || -1} aria-posinset=${index + 1}
    >${guard(says, () => renderCardContent(look, record, tab))}</li>`
}

function renderNone(board: CrmBoard, { label, outcome }: BoardColumn, key: string): TemplateResult {
  const feed = board.feedOf(key)
  if (feed?.state === 'failed' && feed.error) {
    const retry = renderButton({ label: board.t('retry'), look: 'sm', run: () => void feed.retry() })
    return html`<div class="empty" role="alert">${icon('warn')}<p>${reasonOf(board, feed.error)}</p>${retry}</div>`
  }
  if (board.data.laneField && board.totalOf(key).count === 0) return html``
  if (feed?.state !== 'ready') return renderCardSkeletons(board)
  const sentence = board.t(board.isSearching ? 'board.nomatch' : 'board.empty', { name: label })
  return html`<div class="empty">${icon(outcome === 'won' ? 'flag' : 'inbox')}<p>${sentence}</p></div>`
}

function renderEnd(board: CrmBoard, key: string): TemplateResult | typeof nothing {
  const feed = board.feedOf(key)
  if (feed?.state === 'more') return html`<p class="more">${spinner}${board.t('loading.more')}</p>`
  if (feed?.state !== 'failed') return nothing
  const retry = renderButton({ label: board.t('retry'), look: 'sm', run: () => void feed.retry() })
  return html`<p class="more" role="alert">${board.t('failed.more')}${retry}</p>`
}

/** Cards on their way. */
export function renderCardSkeletons(board: CrmBoard): TemplateResult {
  const lines = ['w45', 'w60', 'w30', 'w45'].map((width) => html`<i class="skel ${width}"></i>`)
  const card = html`<div class="card card-skel">${lines}</div>`
  return html`<div class="cards" role="status" aria-busy="true" aria-label=${board.t('loading')}>${Array.from({ length: 4 }, () => card)}</div>`
}
