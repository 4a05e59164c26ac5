import { html, nothing, type TemplateResult } from 'lit'
import { renderMoney } from '../display/money.ts'
import { icon } from '../icon/icon.ts'
import type { CrmBoard } from './board.ts'
import { isOver, renderRail, renderSum, renderTitle } from './column.ts'
import { renderCards } from './column-cards.ts'
import type { BoardColumn } from './columns.ts'
import { renderOthers } from './others.ts'
import { placeKey, placeOf } from './place.ts'
import type { SwimLane } from './swim-lanes.ts'
import { mainSum, sumOf, type Total } from './totals.ts'

export { laneStyles } from './lane.styles.ts'
export { swimLanes } from './swim-lanes.ts'

/** The board in lanes: the heads of its columns, and every lane across them. */
export function renderLanes(board: CrmBoard, columns: readonly BoardColumn[], isRail: (column: BoardColumn) => boolean): TemplateResult {
  const open = columns.filter((column) => !isRail(column))
  return html`<div class="lane-heads">${columns.map((column) => (isRail(column) ? renderRail(board, column) : renderLaneHead(board, column)))}</div>
    ${board.data.swimLanes.map((lane) => renderLane(board, open, columns.length - open.length, lane))}`
}

/** Name and figures of a column above the lanes. */
function renderLaneHead(board: CrmBoard, column: BoardColumn): TemplateResult {
  const classes = `col lane-head ${board.stage === column.key ? 'is-stage' : ''}`
  return html`<div class=${classes}><header class="col-head" part="column-header">${renderTitle(board, column)}${renderSum(board, column)}</header></div>`
}

/** A swim lane: its name and figures, its crossing with each column, and the room that folded columns take above. */
function renderLane(board: CrmBoard, columns: readonly BoardColumn[], rails: number, lane: SwimLane): TemplateResult {
  const label = lane.label || board.t('lane.blank')
  const total = laneTotal(board, lane.key)
  const folded = board.foldedLanes.has(lane.key)
  const sum = mainSum(total, board.currency)
  return html`<section class="lane" part="lane" data-lane=${lane.key} aria-label=${label}>
    <h3 class="lane-title"><button type="button" class="row" aria-expanded=${!folded} title=${board.t(folded ? 'lane.unfold' : 'lane.fold', { name: label })} @click=${() => foldLane(board, lane.key)}>
      ${icon(folded ? 'right' : 'down')}<b class="clip">${label}</b><span class="count">${total.count.toLocaleString(board.language)}</span>
      ${board.cardFields.amount ? html`<span class="soft">${renderMoney(sum.money, board.language, 'short')}${renderOthers(board, sum.others)}</span>` : nothing}
    </button></h3>
    ${folded ? nothing : html`<div class="lane-cells">${columns.map((column) => renderCrossing(board, column, lane))}${Array.from({ length: rails }, () => html`<i class="rail-space"></i>`)}</div>`}
  </section>`
}

/** Count and sums of a lane, over all columns. */
function laneTotal(board: CrmBoard, lane: string): Total {
  return sumOf([...board.data.lanes.totals].filter(([key]) => placeOf(key).lane === lane).map(([, total]) => total))
}

function foldLane(board: CrmBoard, key: string): void {
  const next = new Set(board.foldedLanes)
  if (!next.delete(key)) next.add(key)
  board.foldedLanes = next
}

function renderCrossing(board: CrmBoard, column: BoardColumn, lane: SwimLane): TemplateResult {
  const place = placeKey(column.key, lane.key)
  const classes = `col cell ${isOver(board, place) ? 'is-target' : ''} ${board.stage === column.key ? 'is-stage' : ''}`
  return html`<div class=${classes} part="column" data-column=${place} role="group" aria-label=${board.columnLabel(place)}>
    <div class="col-body" part="column-body" data-body=${place} @scroll=${() => board.reach.scrolled(place)}>${renderCards(board, column, place)}</div>
  </div>`
}
