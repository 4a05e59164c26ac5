import { css } from 'lit'

/** Columns stand still only where the table is wider than its place, and a cell is positioned only while its pen is seen: each would be a layer. */
export const listStyles = css`
:host { background: var(--crm-canvas); height: clamp(420px, 80dvh, 1000px); }
.view { container: view / inline-size; position: relative; display: flex; flex-direction: column; height: 100%; min-height: 0; }
.head .count { font-size: var(--crm-text-sm); }
.scroller { flex: 1; min-height: 0; overflow: auto; background: var(--crm-surface); border-top: 1px solid var(--crm-border); scrollbar-width: thin; overflow-anchor: none; position: relative; }
.scroller:focus-visible { border-radius: 0; box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
table { border-collapse: separate; border-spacing: 0; width: 100%; table-layout: fixed; }
th, td { height: var(--crm-row); padding: 0 var(--crm-cell-x); text-align: left; white-space: nowrap; border-bottom: 1px solid var(--crm-border-subtle); font-weight: var(--crm-weight-regular); overflow: clip; }
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
.c-name { font-weight: var(--crm-weight-medium); }
:where(.is-wide) .c-name { position: sticky; left: 0; z-index: 1; background: var(--crm-surface); }
:where(.is-wide) thead .c-name { z-index: 4; }
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
.fill { position: absolute; inset: 0; display: grid; align-content: center; }
.filters { min-width: 60px; }
.toolbar .btn { flex: none; }
.c-sel { padding: 0 !important; text-align: center; overflow: visible; }
.c-sel .check { vertical-align: middle; }
.c-sel { padding-left: 12px !important; }
:where(.is-wide) .c-sel { position: sticky; left: 0; z-index: 1; background: var(--crm-surface); }
:where(.is-wide) thead .c-sel { z-index: 4; }
.c-sel + .c-name { left: 40px; padding-left: 6px; }
:where([data-col]:hover, [data-col]:focus-within) { position: relative; }
td[data-col]:focus { outline: none; box-shadow: inset 0 0 0 2px var(--crm-focus-ring); border-radius: 0; }
.name-cell { display: flex; }
.name-cell .open { flex: 0 1 auto; min-width: 0; }
.pen { position: absolute; right: 2px; top: 50%; translate: 0 -50%; width: 24px; height: 24px; display: none; place-items: center; border-radius: var(--crm-radius-sm); color: var(--crm-text-tertiary); background: var(--crm-surface-hover); box-shadow: 0 0 0 1px var(--crm-border); }
.pen .icon { width: 13px; height: 13px; }
.pen:hover { color: var(--crm-text); }
td:hover > .pen, th:hover > .name-cell > .pen, td:focus > .pen { display: grid; }
.blank > td { padding-left: var(--crm-page-x); }
thead th { overflow: visible; }
thead th > .clip { display: block; }
.width { position: absolute; right: 0; top: 4px; bottom: 4px; width: 9px; cursor: col-resize; touch-action: none; z-index: 5; }
.width::after { content: ""; position: absolute; right: 0; top: 4px; bottom: 4px; width: 1px; background: var(--crm-border); }
.width:hover::after, .width:focus-visible::after, .width:active::after { width: 3px; background: var(--crm-accent-text); }
@container view (max-width: 640px) {
  .head { flex-wrap: wrap; }
  .filters { width: calc(100% + 16px); }
  .head { padding: 12px 16px 8px; }
  .toolbar { padding: 0 16px 10px; gap: 6px; flex-wrap: wrap; }
  .toolbar .find { width: 100%; }
  .toolbar .scroll-x { margin-left: -10px; }
  .skel-row { height: 72px; grid-template-columns: 1fr 1fr; }
}
`
