import { css } from 'lit'

export const listStyles = css`
:host { background: var(--crm-canvas); height: clamp(420px, 80dvh, 1000px); }
.view { container: view / inline-size; position: relative; display: flex; flex-direction: column; height: 100%; min-height: 0; }
.head .count { font-size: var(--crm-text-sm); }
.scroller { flex: 1; min-height: 0; overflow: auto; background: var(--crm-surface); border-top: 1px solid var(--crm-border); scrollbar-width: thin; overflow-anchor: none; position: relative; }
.scroller:focus-visible { border-radius: 0; box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
table { border-collapse: separate; border-spacing: 0; width: 100%; table-layout: fixed; }
th, td { height: var(--crm-row); padding: 0 var(--crm-cell-x); text-align: left; white-space: nowrap; border-bottom: 1px solid var(--crm-border-subtle); font-weight: var(--crm-weight-regular); overflow: hidden; }
th:first-child, td:first-child { padding-left: var(--crm-page-x); }
th:last-child, td:last-child { padding-right: var(--crm-page-x); }
thead th { height: 34px; position: sticky; top: 0; z-index: 3; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-medium); background: var(--crm-surface); border-bottom-color: var(--crm-border); }
.num { text-align: right; }
.th { display: inline-flex; align-items: center; gap: 5px; height: 28px; max-width: 100%; padding: 0 6px; margin: 0 -6px; border-radius: var(--crm-radius-sm); font-weight: var(--crm-weight-medium); }
.num .th { flex-direction: row-reverse; }
.th:hover, .is-sorted { color: var(--crm-text); }
.th:hover { background: var(--crm-surface-active); }
.th:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
.th .icon { width: 13px; height: 13px; }
tbody tr { cursor: pointer; }
tbody tr:hover > * { background: var(--crm-surface-hover); }
tbody tr:focus-within > * { background: var(--crm-surface-hover); }
.spacer > td, tbody .spacer:hover > td { padding: 0; border: 0; background: none; cursor: auto; }
.c-name { position: sticky; left: 0; z-index: 1; background: var(--crm-surface); font-weight: var(--crm-weight-medium); }
thead .c-name { z-index: 4; }
.open { max-width: 100%; min-height: 26px; border-radius: var(--crm-radius-sm); }
.open.row { font-weight: var(--crm-weight-medium); padding: 0 6px; margin: 0 -6px; }
.open:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
td > .clip { display: flow-root; }
td .row { display: inline-flex; max-width: 100%; vertical-align: middle; }
.tags { gap: 4px; overflow: hidden; }
.foot-line { display: flex; gap: 7px; align-items: center; justify-content: center; padding: 10px 12px; bottom: 0; background: var(--crm-surface); z-index: 4; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); position: sticky; left: 0; }
.skel-rows { padding: 34px 0 0; }
.skel-row { display: grid; grid-template-columns: 2fr 1fr 1fr 1fr; gap: 40px; align-items: center; height: var(--crm-row); padding: 0 var(--crm-page-x); border-bottom: 1px solid var(--crm-border-subtle); }
.skel-row .skel { width: 70%; }
.lcard { display: grid; gap: 4px; width: 100%; height: 72px; align-content: center; padding: 0 16px; border-bottom: 1px solid var(--crm-border-subtle); font-size: var(--crm-text-md); line-height: var(--crm-leading-md); border-radius: 0; }
.lcard b { font-weight: var(--crm-weight-medium); }
.lcard > :last-child { font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
.lcard:active { background: var(--crm-surface-hover); }
.fill { position: absolute; inset: 0; display: grid; align-content: center; }
.tabs { display: flex; gap: 2px; align-items: center; min-width: 0; }
.tab { display: inline-flex; align-items: center; border-radius: var(--crm-radius-sm); flex: none; border: 1px solid transparent; }
.tab > button { display: inline-flex; align-items: center; gap: 6px; height: var(--crm-control-sm); padding: 0 8px; max-width: 180px; color: var(--crm-text-secondary); border-radius: var(--crm-radius-sm); }
.tab > button:hover { color: var(--crm-text); }
.tab.is-current { background: var(--crm-surface); border-color: var(--crm-border); box-shadow: var(--crm-shadow-card); }
.tab.is-current > button { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.tab-more { padding: 0 4px !important; min-width: 24px; justify-content: center; }
.tab-more .icon { width: 14px; height: 14px; }
.dot { width: 6px; height: 6px; border-radius: 9px; background: var(--crm-accent-text); flex: none; }
.chip.is-broken { border-color: var(--crm-warning-border); background: var(--crm-warning-soft); }
.chip.is-broken .icon { color: var(--crm-warning-text); }
.filters { min-width: 60px; }
.toolbar .btn { flex: none; }
.c-sel { padding: 0 !important; text-align: center; overflow: visible; }
.c-sel .check { vertical-align: middle; }
th.c-sel, td.c-sel { position: sticky; left: 0; z-index: 1; background: var(--crm-surface); padding-left: 12px !important; }
thead th.c-sel { z-index: 4; }
.c-sel + .c-name { left: 40px; padding-left: 6px; }
.check:indeterminate { background: var(--crm-accent); border-color: var(--crm-accent); }
.check:indeterminate::before { content: ""; width: 8px; height: 0; border-top: 2px solid var(--crm-on-accent); }
tbody tr.is-chosen > * { background: var(--crm-surface-selected); }
td[data-col], th[data-col] { position: relative; }
th[data-col].c-name { position: sticky; }
td[data-col]:focus { outline: none; box-shadow: inset 0 0 0 2px var(--crm-focus-ring); border-radius: 0; }
.name-cell { display: flex; }
.name-cell .open { flex: 0 1 auto; min-width: 0; }
.pen { position: absolute; right: 2px; top: 50%; translate: 0 -50%; width: 24px; height: 24px; display: none; place-items: center; border-radius: var(--crm-radius-sm); color: var(--crm-text-tertiary); background: var(--crm-surface-hover); box-shadow: 0 0 0 1px var(--crm-border); }
.pen .icon { width: 13px; height: 13px; }
.pen:hover { color: var(--crm-text); }
td:hover > .pen, th:hover > .name-cell > .pen, td:focus > .pen { display: grid; }
.is-editing { overflow: visible; z-index: 2; padding: 2px !important; background: var(--crm-surface) !important; }
.is-editing.c-name { z-index: 3; }
.cell-editor { position: relative; min-width: 100%; cursor: auto; text-align: left; }
.cell-conflict { position: absolute; width: max-content; top: 0; left: 0; z-index: 5; display: grid; gap: 8px; padding: 10px 12px; border-radius: var(--crm-radius-md); background: var(--crm-surface-raised); box-shadow: var(--crm-shadow-menu); white-space: nowrap; }
.blank > td { padding-left: var(--crm-page-x); }
.group > *, tbody tr.group:hover > * { background: var(--crm-surface-sunken); cursor: default; color: var(--crm-text-secondary); }
.group > .c-name { padding-left: 12px; }
.group b { font-weight: var(--crm-weight-strong); color: var(--crm-text); }
.group > td { font-size: var(--crm-text-xs); }
tfoot > tr > * { position: sticky; bottom: 0; z-index: 3; height: 36px; background: var(--crm-surface); border-top: 1px solid var(--crm-border); border-bottom: 0; font-weight: var(--crm-weight-medium); color: var(--crm-text-secondary); }
tfoot .c-name { z-index: 4; }
.others { margin-left: 5px; padding: 0 4px; border-radius: var(--crm-radius-xs); background: var(--crm-surface-active); font-size: var(--crm-text-2xs); }
thead th { overflow: visible; }
thead th > .clip { display: block; }
.width { position: absolute; right: 0; top: 4px; bottom: 4px; width: 9px; cursor: col-resize; touch-action: none; z-index: 5; }
.width::after { content: ""; position: absolute; right: 0; top: 4px; bottom: 4px; width: 1px; background: var(--crm-border); }
.width:hover::after, .width:focus-visible::after, .width:active::after { width: 3px; background: var(--crm-accent-text); }
.panel { width: 300px; padding: 10px; max-height: min(480px, 76vh); overflow: visible; }
.panel-form { display: grid; gap: 8px; }
.panel-foot { justify-content: flex-end; padding-top: 8px; }
.panel .switch { align-self: flex-start; margin-top: 2px; }
.picker { display: grid; max-height: min(320px, 50vh); overflow-y: auto; scrollbar-width: thin; margin: 4px 0; }
.pair { display: grid; gap: 8px; }
.column-row { gap: 0; }
.bulk { position: absolute; left: 50%; bottom: 18px; translate: -50%; width: min(720px, calc(100% - 32px)); background: var(--crm-surface-raised); border-radius: var(--crm-radius-xl); box-shadow: var(--crm-shadow-dialog); z-index: 6; }
.bulk-main { display: flex; align-items: center; gap: 8px; padding: 8px 10px 8px 16px; white-space: nowrap; overflow-x: auto; scrollbar-width: none; }
.bulk-plan { display: grid; gap: 8px; border-top: 1px solid var(--crm-border-subtle); padding: 10px 16px 12px; }
.bulk-plan p { display: flex; gap: 8px; }
.bulk-plan p .icon { margin-top: 2px; color: var(--crm-text-tertiary); }
.bulk-field { max-width: 360px; }
.bulk-lines li { font-size: var(--crm-text-xs); line-height: 22px; padding-left: 24px; min-width: 0; }
.bulk-lines .icon { width: 13px; height: 13px; color: var(--crm-text-tertiary); }
.has-bulk table, .has-bulk .cards { margin-bottom: 76px; }
.lgroup { background: var(--crm-surface-sunken); }
@container view (max-width: 640px) {
  .head { flex-wrap: wrap; }
  .tabs { order: 3; width: 100%; }
  .filters { width: calc(100% + 16px); }
  .bulk { bottom: 8px; width: calc(100% - 16px); }
  .head { padding: 12px 16px 8px; }
  .toolbar { padding: 0 16px 10px; gap: 6px; flex-wrap: wrap; }
  .toolbar .find { width: 100%; }
  .toolbar .scroll-x { margin-left: -10px; }
  .skel-row { height: 72px; grid-template-columns: 1fr 1fr; }
}
`
