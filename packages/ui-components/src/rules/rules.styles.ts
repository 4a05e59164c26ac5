import { css } from 'lit'

/** The list, the head of a rule and its life, blocks, tables and dialogs. */
export const rulesStyles = css`
h3 { margin: 0; font-size: var(--crm-text-sm); font-weight: var(--crm-weight-strong); }
/* As wide as what stands below, so that the buttons end where the tables do. */
.head, .body, .page-banner { max-width: 1360px; }
h4 { margin: 8px 0 4px; font-weight: var(--crm-weight-regular); }
.head { flex-wrap: wrap; }
.head .title { white-space: normal; overflow-wrap: anywhere; }
.head > .btn-ghost { margin-inline-start: -8px; }
.body { display: grid; gap: 16px; padding: 0 var(--crm-page-x) 32px; min-width: 0; align-content: start; }
.body > .empty { min-height: 280px; }
.tabs { display: inline-flex; max-width: 100%; overflow-x: auto; scrollbar-width: none; padding: 2px; gap: 2px; border-radius: var(--crm-radius-md); background: var(--crm-surface-active); }
.tabs button { flex: none; min-height: max(var(--crm-target), var(--crm-control-sm)); padding: 0 12px; border-radius: var(--crm-radius-sm); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
.tabs [aria-current] { background: var(--crm-surface); color: var(--crm-text); box-shadow: var(--crm-shadow-card); }
.page-banner { padding: 0 var(--crm-page-x) 12px; }
.block { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); min-width: 0; }
.block-head { display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 6px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.pad { padding: 12px 16px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 8px 12px; text-align: start; vertical-align: top; font-weight: var(--crm-weight-regular); }
.list th:first-child, .list td:first-child { padding-inline-start: 16px; }
thead th { font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-medium); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--crm-border-subtle); }
.n { text-align: end; white-space: nowrap; }
.name { font-weight: var(--crm-weight-medium); overflow-wrap: anywhere; text-align: start; }
.when { white-space: nowrap; }
.link { text-align: start; overflow-wrap: anywhere; min-height: var(--crm-target); }
.up { color: var(--crm-success-text); }
ins { text-decoration: none; }
del { color: var(--crm-text-tertiary); }
details summary { cursor: pointer; font-size: var(--crm-text-xs); color: var(--crm-accent-text); min-height: var(--crm-target); align-content: center; border-radius: var(--crm-radius-sm); }
.left { display: grid; gap: 2px; padding-inline-start: 12px; }
.acts { text-align: end; }
.asked { display: flex; align-items: center; justify-content: flex-end; gap: 6px; flex-wrap: wrap; }
.asked p { flex: 1 1 220px; text-align: start; }
.run-row:focus { outline: none; box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }

.life-block { margin: 4px var(--crm-page-x) 14px; max-width: 1320px; }
.life { display: grid; grid-template-columns: repeat(5, 1fr); }
.life li { position: relative; display: grid; grid-template-columns: 18px auto 1fr; gap: 0 8px; align-items: center; }
.life li::after { content: ""; height: 1.5px; margin-inline-end: 12px; background: var(--crm-border); }
.life li:last-child::after { display: none; }
.life .is-done::after { background: var(--crm-accent-text); }
.life b { font-weight: var(--crm-weight-medium); color: var(--crm-text-secondary); white-space: nowrap; }
.life small { grid-column: 2 / -1; font-size: var(--crm-text-xs); line-height: 18px; min-height: 18px; color: var(--crm-text-tertiary); grid-row: 2; }
.life-dot { width: 18px; height: 18px; border-radius: 99px; box-shadow: inset 0 0 0 1.5px var(--crm-border-strong); display: grid; place-items: center; }
.life-dot .icon { width: 11px; height: 11px; stroke-width: 2.4; }
.is-done .life-dot { background: var(--crm-accent); box-shadow: none; color: var(--crm-on-accent); }
.is-now .life-dot { box-shadow: inset 0 0 0 5px var(--crm-accent-text); }
.life .is-now b, .life .is-live b { color: var(--crm-text); font-weight: var(--crm-weight-strong); }
.is-live .life-dot { background: var(--crm-success-solid); color: var(--crm-surface); box-shadow: none; }
.life-now { display: flex; align-items: center; gap: 8px 16px; flex-wrap: wrap; padding-top: 8px; }
.life-now > p { flex: 1 1 360px; color: var(--crm-text-secondary); }
.life-now:focus { outline: none; box-shadow: none; }
.life-acts { display: flex; gap: 6px; flex-wrap: wrap; }
.life-times { display: flex; align-items: center; flex-wrap: wrap; gap: 4px 8px; color: var(--crm-text-secondary); min-height: 30px; }
.kinds { display: grid; gap: 4px; }
.kind { display: flex; align-items: center; gap: 8px; min-height: max(var(--crm-target), 28px); cursor: pointer; }
.kind input { accent-color: var(--crm-accent); width: 16px; height: 16px; }
.newer { color: var(--crm-warning-text); font-weight: var(--crm-weight-medium); }

.pilot { display: grid; gap: 6px; }
@container view (max-width: 640px) {
  .life { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .life small:empty { display: none; }
  .life li { grid-template-columns: 18px auto; }
  .life li::after { display: none; }
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list tr { display: grid; gap: 4px; padding: 10px 16px; }
  .list th, .list td, .list th:first-child, .list td:first-child { display: block; padding: 0; text-align: start; }
  .list td[data-head] { display: flex; justify-content: space-between; gap: 8px; }
  .list td[data-head]::before { content: attr(data-head); font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
  .list .asked { justify-content: flex-start; }
  .life-acts { width: 100%; }
}
`
