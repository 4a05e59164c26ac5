import { css } from 'lit'

export const filterStyles = css`
.cols { display: grid; grid-template-columns: minmax(0, 1fr); align-items: start; }
.builder { padding: 14px 16px 16px; min-width: 0; }
.builder .title { font-size: var(--crm-text-md); line-height: var(--crm-leading-md); margin-bottom: 8px; }
.none { padding-bottom: 4px; }
.group { min-width: 0; }
.group > ul { display: grid; gap: 6px; margin-inline-start: 6px; padding-inline-start: 10px; border-inline-start: 1px solid var(--crm-border); }
.group > ul > li { min-width: 0; }
.join { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding-bottom: 6px; color: var(--crm-text-secondary); }
.sub { padding: 8px; border-radius: var(--crm-radius-md); background: var(--crm-surface-sunken); }
.group > ul > li > .sub ~ .note, .cond ~ .sub { margin-block-start: 4px; }
.cond ~ .sub { margin-inline-start: 12px; }
.sub .sub { background: var(--crm-surface); }
.sub-add { margin-inline-start: 12px; }
.is-not > .join > .tok { color: var(--crm-danger-text); border-color: var(--crm-danger-border); }
.cond { display: flex; align-items: flex-start; gap: 6px; min-width: 0; padding: 2px; margin: -2px; border-radius: var(--crm-radius-md); }
.cond:hover { background: var(--crm-surface-hover); }
.cond-b { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; flex: 1; min-width: 0; }
.is-kept .cond-b { flex-wrap: nowrap; align-items: flex-start; padding: 4px 8px; border: 1px dashed var(--crm-border-strong); border-radius: var(--crm-radius-md); background: var(--crm-surface-sunken); overflow-wrap: anywhere; }
.is-kept .icon { margin-top: 2px; color: var(--crm-text-tertiary); }
.is-kept b { font-weight: var(--crm-weight-medium); }
.tok { display: inline-flex; align-items: center; gap: 2px; width: auto; max-width: min(260px, 100%); min-height: 30px; height: 30px; padding: 0 8px; border: 1px solid var(--crm-border); border-radius: var(--crm-radius-sm); background-color: var(--crm-surface); font-weight: var(--crm-weight-medium); }
.tok:hover { border-color: var(--crm-border-strong); background-color: var(--crm-surface-hover); }
.select.tok { field-sizing: content; padding-right: 22px; background-size: 4px 4px; background-position: right 12px center, right 8px center; }
.tok .icon { width: 14px; height: 14px; color: var(--crm-text-tertiary); margin-inline-end: -3px; }
.tok:disabled { color: var(--crm-text); background-color: var(--crm-surface-sunken); }
.val-tok { background-color: var(--crm-accent-soft); border-color: var(--crm-accent-border); color: var(--crm-accent-text); }
.val-tok:hover { background-color: var(--crm-accent-soft-hover); }
.val { width: 180px; max-width: 100%; flex: none; }
input.val { height: 30px; }
.val.amount { width: 72px; text-align: right; }
.note .btn { color: var(--crm-accent-text); height: 24px; padding: 0 6px; }
.val-integer, .val-number, .val-decimal { width: 120px; }
.val-date { width: 150px; }
.val-instant { width: 206px; }
.val-multiChoice, .val-links { width: auto; min-width: min(220px, 100%); flex: 0 1 auto; }
.lines { min-height: 52px; }
.people { display: contents; }
.until, .of { color: var(--crm-text-secondary); }
.add { display: flex; gap: 2px; flex-wrap: wrap; margin-inline-start: -6px; }
.note { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; padding-inline-start: 2px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); }
.say { display: flex; gap: 8px; margin: 14px -16px -16px; padding: 10px 16px; background: var(--crm-surface-sunken); border-top: 1px solid var(--crm-border-subtle); color: var(--crm-text-secondary); overflow-wrap: anywhere; }
.say .icon { margin-top: 2px; color: var(--crm-text-tertiary); }
.segments { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 10px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.segments .tok { max-width: 240px; }
.side { display: grid; gap: 12px; padding: 14px 16px 16px; align-content: start; }
.panel-box { display: grid; gap: 8px; padding: 12px 14px; border: 1px solid var(--crm-border); border-radius: var(--crm-radius-lg); background: var(--crm-surface); min-width: 0; }
.panel-box h3 { font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); font-weight: var(--crm-weight-strong); }
.big { display: flex; flex-wrap: wrap; align-items: baseline; gap: 8px; min-height: 34px; color: var(--crm-text-tertiary); }
.big b { font-size: 26px; line-height: 34px; font-weight: var(--crm-weight-strong); color: var(--crm-text); }
.bar { display: block; width: 100%; height: 4px; border-radius: 2px; overflow: hidden; }
.bar .track { fill: var(--crm-surface-active); }
.bar .fill { fill: var(--crm-accent); }
.bar .fill-b { fill: var(--crm-warning-solid); }
.lap { height: 14px; }
.sample { display: grid; gap: 2px; }
.sample li { display: flex; align-items: center; gap: 8px; min-height: 30px; min-width: 0; }
.sample li > .icon { color: var(--crm-success-text); }
.sample .link { min-height: 24px; }
.answer { display: flex; gap: 8px; overflow-wrap: anywhere; }
.answer .icon { margin-top: 2px; }
.answer.is-in .icon, .answer.is-in b { color: var(--crm-success-text); }
.answer.is-out .icon, .answer.is-out b { color: var(--crm-danger-text); }
.figures { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 12px; }
.figures dt { display: flex; align-items: center; gap: 6px; color: var(--crm-text-secondary); min-width: 0; overflow-wrap: anywhere; }
.figures dd { text-align: right; font-weight: var(--crm-weight-medium); }
.dot { width: 8px; height: 8px; border-radius: 2px; flex: none; background: var(--crm-accent); }
.dot-b { background: var(--crm-warning-solid); }
.panel { width: 300px; padding: 10px; max-height: min(480px, 76vh); overflow: visible; }
.panel-form { display: grid; gap: 8px; }
.panel-foot { justify-content: flex-end; padding-top: 8px; }
.panel .switch { align-self: flex-start; margin-top: 2px; }
.picker { display: grid; max-height: min(320px, 50vh); overflow-y: auto; scrollbar-width: thin; margin: 4px 0 0; }
.pair-item { display: flex; align-items: center; gap: 2px; }
.picking .back { color: var(--crm-text-secondary); margin-top: 4px; }
.turned { display: inline-flex; rotate: 180deg; }
@container view (min-width: 960px) { .cols.has-side { grid-template-columns: minmax(0, 1fr) 320px; } .side { padding: 14px 16px 16px 0; } }
@container view (max-width: 560px) {
  .cond-b > .val { width: 100%; }
  .cond-b > .val.amount { width: 72px; }
  .cond-b > .val-integer, .cond-b > .val-number, .cond-b > .val-decimal { width: 120px; }
  .group > ul { margin-inline-start: 2px; padding-inline-start: 8px; }
  .cond ~ .sub, .sub-add { margin-inline-start: 0; }
  .sub { padding: 8px 6px; }
}
@media (pointer: coarse) { .tok, input.val { height: 40px; } .input.val, .textarea.val { font-size: var(--crm-text-lg); } .more { min-height: 40px; min-width: 40px; } }
`
