import { html, nothing, svg, type TemplateResult } from 'lit'
import { isMoney, nameOf, readField, relatedOf } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderAvatar } from '../display/avatar.ts'
import { renderMoney } from '../display/money.ts'
import { daysUntil, formatDate, formatDay } from '../format/date.ts'
import { formatMoney } from '../format/money.ts'
import { formatDaysAgo } from '../format/relative.ts'
import { icon } from '../icon/icon.ts'
import type { Language } from '../messages/locale.ts'
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

/** What a card is read with. */
export interface Reading {
  readonly board: CrmBoard
  readonly column: BoardColumn
  readonly language: Language
  readonly now: number
}

/** What opens it, and four lines of fixed height: who, what, how much and when, how it goes. One template: a board draws many. */
export function renderCardContent(reading: Reading, record: CrmRecord, tab: number): TemplateResult {
  const { board, column, language, now } = reading
  const { title, about } = cardTitles(board, record)
  const { amount, progress, since } = board.cardFields
  const sum = amount && readField(record, amount.name)
  const isClosed = column.outcome === 'won' || column.outcome === 'lost'
  const moved = (progress && readField(record, progress.name)) ?? (since && readField(record, since.name)) ?? null
  const idle = isClosed ? null : idleOf(moved, column.idleLimitDays, now)
  const label = cardLabel(board, record)
  // No blanks between tags: each would be a node of every card.
  return html`<button type="button" class="card-open" tabindex=${tab} aria-label=${label} aria-describedby=${board.mayMove ? 'move-help' : nothing}></button
    ><div class="card-head" part="card-header"><b class="clip" .textContent=${title}></b>${board.mayMove ? renderMore(board, label, tab) : nothing}${renderOwner(record)}</div
    ><p class="clip card-about" .textContent=${about}></p
    ><p class="card-nums">${isMoney(sum) ? renderMoney(sum, language) : DASH}${isClosed ? nothing : renderDay(reading, record)}</p
    ><p class="card-foot" part="next-step">${isClosed ? renderClosed(reading, record) : renderPulse(reading, record, moved, idle)}</p
    >${idle ? renderIdleLine(idle) : nothing}`
}

function renderMore(board: CrmBoard, name: string, tab: number): TemplateResult {
  return html`<button type="button" class="card-more" part="card-menu" tabindex=${tab} aria-haspopup="menu" aria-label=${board.t('move.menu', { name })}></button>`
}

function renderOwner(record: CrmRecord): TemplateResult | typeof nothing {
  const owner = relatedOf(record, 'ownerId')[0]
  return owner ? renderAvatar(owner.id, owner.name ?? owner.id) : nothing
}

/** The day it is due; past days say so. */
function renderDay({ board, language, now }: Reading, record: CrmRecord): TemplateResult | typeof nothing {
  const { day } = board.cardFields
  const value = day && readField(record, day.name)
  if (typeof value !== 'string') return nothing
  const left = daysUntil(value, now)
  if (left !== null && left < 0)
    return html`<span class="sig sig-danger">${icon('calendar')}${board.t('card.overdue', { count: -left })}</span>`
  return html`<span class="sig" .textContent=${formatDate(value, language, now)}></span>`
}

/** Progress or the lack of it, in words. */
function renderPulse({ board, language, now }: Reading, record: CrmRecord, moved: unknown, idle: Idle | null): unknown {
  if (idle?.level === 'over') return html`<span class="sig sig-danger">${icon('clock')}${board.t('card.idle', { count: idle.days })}</span>`
  if (idle?.level === 'near')
    return html`<span class="sig sig-warning">${icon('clock')}${board.t('card.stale', { count: idle.limit - idle.days })}</span>`
  const { progress } = board.cardFields
  const at = typeof moved === 'number' ? moved : record.updatedAt
  if (at === undefined) return nothing
  const key =
    progress && readField(record, progress.name) === at ? 'card.progress' : typeof moved === 'number' ? 'card.since' : 'card.updated'
  return html`<span class="sig">${icon('history')}<span class="clip">${board.t(key, { time: formatDaysAgo(at, language, now) })}</span></span>`
}

function renderClosed({ board, language, now }: Reading, record: CrmRecord): unknown {
  const at = typeof record.closedAt === 'number' ? record.closedAt : record.updatedAt
  if (at === undefined) return nothing
  return html`<span class="sig">${icon('flag')}${board.t('card.closed', { day: formatDay(at, language, now) })}</span>`
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
