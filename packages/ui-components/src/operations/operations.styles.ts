import { css } from 'lit'

export const operationsStyles = css`
h3 { margin: 0; font-size: var(--crm-text-sm); font-weight: var(--crm-weight-strong); }
.head .title { flex: 1; }
.tabs { display: inline-flex; max-width: 100%; overflow-x: auto; scrollbar-width: none; padding: 2px; gap: 2px; border-radius: var(--crm-radius-md); background: var(--crm-surface-active); }
.tabs button { flex: none; min-height: max(var(--crm-target), var(--crm-control-sm)); padding: 0 12px; border-radius: var(--crm-radius-sm); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
.tabs [aria-current] { background: var(--crm-surface); color: var(--crm-text); box-shadow: var(--crm-shadow-card); }
.toolbar { flex-wrap: wrap; }
.toolbar .select { width: auto; max-width: 100%; }
.body { display: grid; gap: 16px; padding: 0 var(--crm-page-x) 32px; min-width: 0; max-width: 1180px; align-content: start; }
.body > .empty { min-height: 240px; }
.block { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); min-width: 0; overflow: hidden; }
.block h3 { padding: 10px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.block-scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 8px 12px; text-align: start; vertical-align: top; font-weight: var(--crm-weight-regular); }
th:first-child, td:first-child { padding-inline-start: 16px; }
thead th { font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-medium); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--crm-border-subtle); }
.n { text-align: end; white-space: nowrap; }
.name { font-weight: var(--crm-weight-medium); overflow-wrap: anywhere; }
.why { max-width: 46ch; overflow-wrap: anywhere; color: var(--crm-text-secondary); }
.when { white-space: nowrap; }
.acts { text-align: end; }
.acts > div { display: inline-flex; gap: 4px; flex-wrap: wrap; justify-content: flex-end; }
.waiting-hint { padding: 8px 16px 0; }
.broken-list { display: grid; gap: 4px; padding-top: 4px; }
.broken-list .link { display: inline; text-align: start; }
.more { display: flex; justify-content: center; padding: 12px; }
@container view (max-width: 640px) {
  .list thead, .figures thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list tr { display: grid; gap: 4px; padding: 10px 16px; }
  .list th, .list td, .list td:first-child { display: block; padding: 0; text-align: start; }
  .figures tr { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 24px; padding: 10px 16px; }
  .figures .name { grid-column: 1 / -1; padding: 0; }
  .figures .n { display: flex; justify-content: space-between; gap: 8px; padding: 0; }
  .figures .n::before { content: attr(data-head); font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
  .waiting-hint { padding-bottom: 8px; }
  .waiting td[data-head] { display: flex; justify-content: space-between; gap: 8px; }
  .waiting td[data-head]::before { content: attr(data-head); font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
  .list .acts > div { justify-content: flex-start; margin-top: 4px; }
}
`
