import { html, nothing, svg, type TemplateResult } from 'lit'
import { isMoney, nameOf, readField, relatedOf } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderAvatar } from '../display/avatar.ts'
import { renderMoney } from '../display/money.ts'
import { daysUntil, formatDate, formatDay } from '../format/date.ts'
import { formatMoney } from '../format/money.ts'
import { formatDaysAgo } from '../format/relative.ts'
import { icon } from '../icon/icon.ts'
import type { CrmBoard } from './board.ts'
import type { BoardColumn } from './columns.ts'
import { type Idle, idleOf } from './idle.ts'

const DASH = html`<span class="dim" aria-hidden="true">—</span>`

/** What the card is called: the customer first, then the record's own name. */
export function cardTitles(board: CrmBoard, record: CrmRecord): { readonly title: string; readonly about: string } {
  const { customer, about } = board.cardFields
  const name = nameOf(board.definition, record) || board.t('untitled')
  const whom = customer ? (relatedOf(record, customer.name)[0]?.name ?? '') : ''
  if (whom) return { title: whom, about: name === whom ? '' : name }
  const text = about && readField(record, about.name)
  return { title: name, about: typeof text === 'string' ? text : '' }
}

/** Four lines of fixed height: who, what, how much and when, how it goes. */
export function renderCardBody(board: CrmBoard, column: BoardColumn, record: CrmRecord, more: unknown): TemplateResult {
  const { title, about } = cardTitles(board, record)
  const { amount, progress, since } = board.cardFields
  const sum = amount && readField(record, amount.name)
  const isClosed = column.outcome === 'won' || column.outcome === 'lost'
  const moved = (progress && readField(record, progress.name)) ?? (since && readField(record, since.name)) ?? null
  const idle = isClosed ? null : idleOf(moved, column.idleLimitDays, board.session.now())
  return html`<div class="card-head" part="card-header"><b class="clip">${title}</b>${more}${renderOwner(record)}</div>
    <p class="clip card-about">${about}</p>
    <p class="card-nums">${isMoney(sum) ? renderMoney(sum, board.language) : DASH}${isClosed ? nothing : renderDay(board, record)}</p>
    <p class="card-foot" part="next-step">${isClosed ? renderClosed(board, record) : renderPulse(board, record, moved, idle)}</p>
    ${idle ? renderIdleLine(idle) : nothing}`
}

function renderOwner(record: CrmRecord): TemplateResult | typeof nothing {
  const owner = relatedOf(record, 'ownerId')[0]
  return owner ? renderAvatar(owner.id, owner.name ?? owner.id) : nothing
}

/** The day it is due; past days say so. */
function renderDay(board: CrmBoard, record: CrmRecord): TemplateResult | typeof nothing {
  const { day } = board.cardFields
  const value = day && readField(record, day.name)
  if (typeof value !== 'string') return nothing
  const now = board.session.now()
  const left = daysUntil(value, now)
  if (left !== null && left < 0)
    return html`<span class="sig sig-danger">${icon('calendar')}${board.t('card.overdue', { count: -left })}</span>`
  return html`<span class="sig">${formatDate(value, board.language, now)}</span>`
}

/** Progress or the lack of it, in words. */
function renderPulse(board: CrmBoard, record: CrmRecord, moved: unknown, idle: Idle | null): TemplateResult {
  if (idle?.level === 'over') return html`<span class="sig sig-danger">${icon('clock')}${board.t('card.idle', { count: idle.days })}</span>`
  if (idle?.level === 'near')
    return html`<span class="sig sig-warning">${icon('clock')}${board.t('card.stale', { count: idle.limit - idle.days })}</span>`
  const now = board.session.now()
  const { progress } = board.cardFields
  const at = typeof moved === 'number' ? moved : record.updatedAt
  if (at === undefined) return html``
  const key =
    progress && readField(record, progress.name) === at ? 'card.progress' : typeof moved === 'number' ? 'card.since' : 'card.updated'
  return html`<span class="sig">${icon('history')}<span class="clip">${board.t(key, { time: formatDaysAgo(at, board.language, now) })}</span></span>`
}

function renderClosed(board: CrmBoard, record: CrmRecord): TemplateResult {
  const at = typeof record.closedAt === 'number' ? record.closedAt : record.updatedAt
  return at === undefined
    ? html``
    : html`<span class="sig">${icon('flag')}${board.t('card.closed', { day: formatDay(at, board.language, board.session.now()) })}</span>`
}

function renderIdleLine({ share, level }: Idle): TemplateResult {
  const bar = svg`<rect width=${(share * 100).toFixed(1)} height="2"/>`
  return html`<svg class="idle is-${level}" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">${bar}</svg>`
}

/** All of a card in one sentence, for those who hear it. */
export function cardLabel(board: CrmBoard, record: CrmRecord): string {
  const { title, about } = cardTitles(board, record)
  const { amount } = board.cardFields
  const sum = amount && readField(record, amount.name)
  return [title, about, isMoney(sum) ? formatMoney(sum, board.language) : ''].filter(Boolean).join(board.t('list.separator'))
}
