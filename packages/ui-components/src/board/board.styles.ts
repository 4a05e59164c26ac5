import { css } from 'lit'

/** Of what each card has, little is positioned, clipped or see-through: each would be a layer the browser keeps and sorts. */
export const boardStyles = css`
:host { background: var(--crm-canvas); height: clamp(440px, 84dvh, 1100px); }
.view { container: view / inline-size; display: flex; flex-direction: column; height: 100%; min-height: 0; position: relative; }
.total { color: var(--crm-text-secondary); white-space: nowrap; display: flex; align-items: center; gap: 6px; flex: none; }
.total b { color: var(--crm-text); font-weight: var(--crm-weight-strong); }
.total > i { width: 3px; height: 3px; border-radius: 9px; background: var(--crm-chart-axis); }
.others { margin-left: 5px; padding: 0 4px; border-radius: var(--crm-radius-xs); background: var(--crm-surface-active); color: var(--crm-text-secondary); font-size: var(--crm-text-2xs); font-weight: var(--crm-weight-medium); }
.columns { display: flex; gap: 8px; flex: 1; min-height: 0; padding: 0 var(--crm-page-x) 16px; overflow-x: auto; scrollbar-width: thin; }
.col { flex: 1 0 var(--crm-board-column); max-width: 340px; min-width: 0; display: flex; flex-direction: column; background: var(--crm-surface-sunken); border-radius: var(--crm-radius-lg); position: relative; contain: layout style; transition: background var(--crm-duration) var(--crm-ease); }
.col-head { padding: 8px 6px 8px 12px; min-height: 62px; }
.col-head h3 { font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); font-weight: var(--crm-weight-strong); }
.col-head .row { min-height: 26px; }
.col-sum { display: flex; justify-content: space-between; gap: 8px; padding-right: 6px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-tertiary); white-space: nowrap; }
.col-sum b { color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
.col-sum > span { overflow: clip; text-overflow: ellipsis; }
.col-body { position: relative; flex: 1; min-height: 0; overflow: hidden auto; scrollbar-width: thin; padding: 2px 8px 12px; overflow-anchor: none; }
.cards { display: flex; flex-direction: column; gap: var(--crm-gap-card); }
.card { position: relative; height: var(--crm-board-card); flex: none; padding: 9px var(--crm-pad-card) 8px; background: var(--crm-surface); border-radius: var(--crm-radius-md); border: var(--crm-border-width) solid var(--crm-border-subtle); box-shadow: var(--crm-shadow-card); contain: size layout style; cursor: grab; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
.card:hover { border-color: var(--crm-border-strong); }
.no-move .card { cursor: pointer; }
.card-open { position: absolute; inset: 0; cursor: inherit; border-radius: inherit; }
.card-open:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); border-radius: calc(var(--crm-radius-md) - 1px); }
.card-head { display: flex; align-items: center; gap: 6px; height: 20px; }
.card-head b { font-weight: var(--crm-weight-strong); flex: 1; }
.card-more { position: relative; width: 24px; height: 24px; margin: -2px; border-radius: var(--crm-radius-sm); color: var(--crm-text-tertiary); }
.card-more:hover { background-color: var(--crm-surface-active); color: var(--crm-text); }
.card-more::before { display: block; width: 15px; height: 4px; margin: auto; background: radial-gradient(circle, currentColor 1.4px, transparent 1.9px) 0 0 / 5px 4px; }
.card:hover .card-more::before, .card:focus-within .card-more::before { content: ""; }
@media (pointer: coarse) { .card-more { width: 44px; height: 36px; margin: -8px; } .card-more::before { content: ""; } }
.card-about { height: 18px; margin-block: 2px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-secondary); }
.card-nums { height: calc(100% - 62px); margin-bottom: 2px; display: flex; align-items: center; justify-content: space-between; gap: 8px; font-weight: var(--crm-weight-medium); }
.card-foot { height: 18px; }
.sig { display: flex; align-items: center; gap: 4px; min-width: 0; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); font-weight: var(--crm-weight-regular); color: var(--crm-text-tertiary); white-space: nowrap; }
.sig .icon { width: 13px; height: 13px; stroke-width: 1.7; }
.sig-warning { color: var(--crm-warning-text); font-weight: var(--crm-weight-medium); }
.sig-danger { color: var(--crm-danger-text); font-weight: var(--crm-weight-medium); }
.card > .idle { position: absolute; inset: auto 5px 0; width: calc(100% - 10px); height: 2px; pointer-events: none; }
.idle rect { fill: var(--crm-border); }
.idle.is-near rect { fill: var(--crm-warning-solid); }
.idle.is-over rect { fill: var(--crm-danger-solid); }
.card-skel { display: grid; align-content: center; gap: 10px; cursor: default; box-shadow: none; }
.more { display: flex; gap: 7px; align-items: center; justify-content: center; padding: 10px 6px; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
.col .empty { padding: 40px 12px; }
.rail { flex: 0 0 40px; display: flex; flex-direction: column; align-items: center; gap: 8px; padding: 14px 0; border-radius: var(--crm-radius-lg); background: var(--crm-surface-sunken); color: var(--crm-text-secondary); }
.rail span { writing-mode: vertical-rl; letter-spacing: .12em; font-weight: var(--crm-weight-medium); }
.rail b { font-weight: 400; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
.rail:hover { background: var(--crm-surface-active); }
.fill { flex: 1; display: grid; align-content: center; }
.filters { min-width: 60px; }
.title-skel { margin: 8px 0 14px; }
.stages { display: none; }
@container view (max-width: 640px) {
  .head { padding: 12px 16px 8px; flex-wrap: wrap; gap: 4px 8px; }
  .toolbar { padding: 0 16px 6px; flex-wrap: wrap; gap: 8px; }
  .toolbar > * { width: 100%; }
  .total { order: -1; flex-wrap: wrap; }
  .toolbar > .grow { display: none; }
  .stages { display: flex; gap: 18px; overflow-x: auto; padding: 0 16px; border-bottom: 1px solid var(--crm-border); scrollbar-width: none; flex: none; }
  .stages button { display: inline-flex; align-items: center; gap: 6px; height: 44px; white-space: nowrap; color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); flex: none; }
  .stages [aria-current] { color: var(--crm-text); box-shadow: inset 0 -2px var(--crm-text); }
  .stages button:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
  .columns { padding: 8px 16px 0; overflow: hidden; }
  .col { display: none; max-width: none; background: none; }
  .col.is-stage { display: flex; box-shadow: none; }
  .col-head { padding: 4px 0 8px; min-height: 58px; }
  .col-body { padding-inline: 1px; }
  .rail, .insert { display: none; }
  .card { height: 128px; padding: 11px 12px 10px; font-size: var(--crm-text-md); cursor: pointer; }
  .card-head { height: 24px; }
  .card-about { height: 20px; }
  .card-nums { height: calc(100% - 72px); }
  .card-foot { height: 22px; }
  .card-more::before { content: ""; }
  .card-about, .sig { font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
}
`
