import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { renderMoney } from '../display/money.ts'
import { icon } from '../icon/icon.ts'
import type { CrmBoard } from './board.ts'
import { renderCardSkeletons } from './column-cards.ts'
import { type BoardColumn, type BoardLayout, stageName } from './columns.ts'
import { renderOthers } from './others.ts'
import { mainSum, sumOf, type Total } from './totals.ts'

/** What the board is of, which pipeline, and the way to a new record. No move changes any of it. */
export function renderHead(board: CrmBoard, definition: ObjectView): unknown {
  const { data, language, isNarrow } = board
  return guard([definition, data.layout, data.laneField, language, isNarrow], () => renderTop(board, definition))
}

function renderTop(board: CrmBoard, definition: ObjectView): TemplateResult {
  const label = board.t('new.name', { name: board.noun(definition.label) })
  return html`<div class="head">
    <slot name="title"><h2 class="title">${board.words(definition.pluralLabel)}</h2></slot>
    ${renderPipelines(board)}${renderLaneChoice(board)}<span class="grow"></span><slot name="actions"></slot>
    ${board.mayCreate ? renderButton({ label, icon: 'plus', look: 'primary', run: () => board.create() }) : nothing}
  </div>`
}

function renderPipelines(board: CrmBoard): TemplateResult | typeof nothing {
  const { pipelines = [], pipelineId } = board.data.layout ?? {}
  const current = pipelines.find((one) => one.id === pipelineId)
  if (!current || pipelines.length < 2) return nothing
  return html`<button type="button" class="btn btn-ghost" part="button" aria-haspopup="menu" @click=${(event: Event) => board.parts.open(event, ({ openPipelines }, anchor) => openPipelines(board, anchor))}>
    <span>${stageName(current, board.language)}</span>${icon('down')}
  </button>`
}

function renderLaneChoice(board: CrmBoard): TemplateResult | typeof nothing {
  const { laneField, definition } = board.data
  if (!definition || board.laneFields.length === 0) return nothing
  const run = (event: Event) => board.parts.open(event, ({ openLanes }, anchor) => openLanes(board, anchor))
  const label = laneField ? board.t('lane.by', { name: board.words(laneField.label) }) : board.t('lane.title')
  return renderButton({ label, icon: 'group', look: 'ghost', bare: board.isNarrow, opens: 'menu', run })
}

/** The search box, and the figures of all open columns: won and lost are decided. */
export function renderToolbar(board: CrmBoard, definition: ObjectView, layout: BoardLayout, search: TemplateResult): TemplateResult {
  const head = html`${search}${renderFilters(board)}`
  if (board.data.failure || !board.data.lanes.isCounted) return html`<div class="toolbar">${head}</div>`
  const open = layout.columns.filter((column) => column.outcome !== 'won' && column.outcome !== 'lost')
  const totals = open.map((column) => board.data.columnTotal(column.key))
  return html`<div class="toolbar">${head}<span class="grow"></span>${guard([layout, board.currency, ...totals], () => renderTotal(board, definition, open, sumOf(totals)))}</div>`
}

function renderTotal(board: CrmBoard, definition: ObjectView, open: readonly BoardColumn[], total: Total): TemplateResult {
  const name = board.t('board.count', { count: total.count, one: board.noun(definition.label), many: board.noun(definition.pluralLabel) })
  const { money, others } = mainSum(total, board.currency)
  const sum = html`<i></i><b>${renderMoney(money, board.language, 'short')}</b>${renderOthers(board, others)}`
  return html`<p class="total">
    <span><b>${total.count.toLocaleString(board.language)}</b> ${name}</span>
    ${board.cardFields.amount ? sum : nothing}${renderWeighted(board, open, money.currency)}
  </p>`
}

/** The conditions as chips, and the way to another. */
function renderFilters(board: CrmBoard): TemplateResult {
  return html`<div class="row row-6 scroll-x filters">${board.parts.conditions?.renderChips(board)}
    ${renderButton({ label: board.t('filter.add'), icon: 'filter', look: 'ghost sm', opens: 'dialog', run: (event) => board.editFilter(event, null) })}</div>`
}

function renderWeighted(board: CrmBoard, columns: readonly BoardColumn[], currency: string): TemplateResult | typeof nothing {
  if (!board.cardFields.amount || columns.every((column) => column.probability === null)) return nothing
  const hundredfold = columns.reduce(
    (sum, { key, probability }) => sum + (board.data.columnTotal(key).sums.get(currency) ?? 0) * (probability ?? 0),
    0,
  )
  const money = { minor: Math.round(hundredfold / 100), currency }
  return html`<i></i><span>${board.t('board.weighted')} <b>${renderMoney(money, board.language, 'short')}</b></span>`
}

/** A board before anything is known of it. */
export function renderBoardSkeleton(board: CrmBoard): TemplateResult {
  const column = html`<section class="col is-stage">
    <header class="col-head"><i class="skel w45 title-skel"></i><i class="skel w60"></i></header>
    <div class="col-body">${renderCardSkeletons(board)}</div>
  </section>`
  return html`<div class="head"><i class="skel w20"></i></div><div class="toolbar"><i class="skel w30"></i></div>
    <div class="columns" aria-busy="true">${Array.from({ length: 5 }, () => column)}</div>`
}
