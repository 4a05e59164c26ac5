import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { renderButton } from '../display/button.ts'
import { renderMoney } from '../display/money.ts'
import { renderStageMark } from '../display/stage-mark.ts'
import type { CrmBoard } from './board.ts'
import { renderCards } from './column-cards.ts'
import type { BoardColumn } from './columns.ts'
import { renderOthers } from './others.ts'
import { placeOf } from './place.ts'
import { mainSum, weighted } from './totals.ts'

/** A stage: its figures, and the cards in view. */
export function renderColumn(board: CrmBoard, column: BoardColumn): TemplateResult {
  const { key, label } = column
  const over = isOver(board, key)
  const classes = `col ${over ? 'is-target' : ''} ${board.stage === key ? 'is-stage' : ''}`
  return html`<section class=${classes} part="column" data-column=${key} aria-label=${label}>
    <header class="col-head" part="column-header">${renderColumnHead(board, column)}</header>
    <div class="col-body" part="column-body" data-body=${key} @scroll=${() => board.reach.scrolled(key)}>
      ${renderCards(board, column, key)}
    </div>
  </section>`
}

/** Left alone where its figures are the same. */
function renderColumnHead(board: CrmBoard, column: BoardColumn): unknown {
  const { data, currency } = board
  return guard(
    [column, data.columnTotal(column.key), data.lanes.isCounted, currency],
    () => html`${renderTitle(board, column)}${renderSum(board, column)}`,
  )
}

/** A folded stage: name and count on a rail, still a place to drop on. */
export function renderRail(board: CrmBoard, { key, label, ...stage }: BoardColumn): TemplateResult {
  return html`<button
    type="button"
    class="rail ${board.carry !== null && placeOf(board.carry.over).column === key ? 'is-target' : ''}"
    part="column-rail"
    data-column=${key}
    aria-expanded="false"
    title=${board.t('board.unfold', { name: label })}
    @click=${() => board.unfold(key)}
  >${renderStageMark(stage)}<span>${label}</span><b>${countOf(board, key)}</b></button>`
}

/** One stage at a time, for narrow places. */
export function renderStageSwitcher(board: CrmBoard, columns: readonly BoardColumn[]): TemplateResult {
  return html`<nav class="stages" part="stage-switcher" aria-label=${board.t('board.stages')}>
    ${columns.map(
      (column) => html`<button
        type="button"
        aria-current=${board.stage === column.key ? 'true' : nothing}
        @click=${() => board.showStage(column.key)}
      >${renderMark(column)}${column.label} <span class="count">${countOf(board, column.key)}</span></button>`,
    )}
  </nav>`
}

/** For lanes: would the card in hand land there? */
export function isOver({ carry, cardFields }: CrmBoard, key: string): boolean {
  return carry !== null && carry.over === key && (carry.from !== key || (cardFields.rank !== null && carry.index !== carry.fromIndex))
}

function countOf(board: CrmBoard, key: string): string {
  return board.data.lanes.isCounted ? board.data.columnTotal(key).count.toLocaleString(board.language) : '–'
}

/** Options of a choice have no ring: nothing is known of their probability. */
function renderMark(column: BoardColumn): TemplateResult | typeof nothing {
  return column.probability !== null || column.outcome !== null ? renderStageMark(column) : nothing
}

/** For lanes: a column's name, its count and what can be done with it. */
export function renderTitle(board: CrmBoard, column: BoardColumn): TemplateResult {
  const { key, label, outcome } = column
  const create = { label: board.t('board.create', { name: label }), icon: 'plus', run: () => board.create(key) } as const
  const fold = { label: board.t('board.fold', { name: label }), icon: 'close', run: () => board.fold(key) } as const
  const action = outcome === 'lost' ? fold : board.mayCreate ? create : null
  return html`<div class="row row-6">
    ${renderMark(column)}<h3 class="clip">${label}</h3><span class="count">${countOf(board, key)}</span><span class="grow"></span>
    ${action ? renderButton({ ...action, look: 'ghost sm', bare: true }) : nothing}
  </div>`
}

/** For lanes: what a column is worth. */
export function renderSum(board: CrmBoard, { key, probability, outcome }: BoardColumn): TemplateResult | typeof nothing {
  if (!board.cardFields.amount) return nothing
  if (!board.data.lanes.isCounted) return html`<div class="col-sum">–</div>`
  const { money, others } = mainSum(board.data.columnTotal(key), board.currency)
  const share = probability !== null && outcome !== 'won' && outcome !== 'lost' ? weighted(money, probability) : null
  return html`<div class="col-sum">
    <b>${renderMoney(money, board.language)}${renderOthers(board, others)}</b>
    ${share ? html`<span title=${board.t('board.weighted')}>${probability}% → ${renderMoney(share, board.language)}</span>` : nothing}
  </div>`
}
