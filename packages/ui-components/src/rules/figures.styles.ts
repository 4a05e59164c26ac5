import { css } from 'lit'

/** What a rule would do, and would have done. */
export const figuresStyles = css`
.side-body { display: grid; gap: 10px; padding: 12px 16px 16px; }
.big { color: var(--crm-text-secondary); }
.big b { font-size: 1.625rem; line-height: 2.125rem; font-weight: var(--crm-weight-strong); color: var(--crm-text); }
.breaches { display: grid; gap: 2px; color: var(--crm-warning-text); }
.shares th, .shares td, .per th, .per td { padding: 5px 0; vertical-align: middle; }
.shares .n, .per .n { padding-inline-start: 12px; }
.shares thead th { padding-bottom: 4px; }
.cases { display: grid; gap: 8px; }
.cases li { padding-top: 8px; border-top: 1px solid var(--crm-border-subtle); }
.cases li:first-child { border: 0; padding-top: 0; }
.cases p { color: var(--crm-text-secondary); overflow-wrap: anywhere; }
.change { display: flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; }
.change del, .change ins { display: inline-flex; }
.skel-lines { display: grid; gap: 12px; padding: 16px 0; }
.bt-ask { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 12px; padding: 12px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.bt-ask .control { flex: 0 1 190px; }
.bt { padding: 0 16px 16px; }
.bt-scope { padding: 12px 0 4px; }
.bt-grid { display: grid; grid-template-columns: 190px minmax(0, 1fr) 380px; gap: 24px; align-items: start; }
.bt-sum { display: grid; }
.bt-sum:focus { outline: none; box-shadow: none; }
.bt-sum > div { display: grid; grid-template-columns: 1fr auto; align-items: baseline; padding: 8px 0; border-bottom: 1px solid var(--crm-border-subtle); color: var(--crm-text-secondary); }
.bt-sum > div:last-child { border: 0; }
.bt-sum dd { font-size: var(--crm-text-lg); font-weight: var(--crm-weight-strong); color: var(--crm-text); white-space: nowrap; }
.bt-sum .small { font-weight: var(--crm-weight-regular); white-space: normal; grid-column: 1 / -1; font-size: var(--crm-text-xs); line-height: 18px; color: var(--crm-text-tertiary); text-align: end; }
.bt-per { display: grid; gap: 20px; min-width: 0; }
.per .div { width: 34%; padding-inline-start: 16px; }
.diverging { width: 100%; height: 14px; display: block; }
.diverging path { stroke: var(--crm-border-strong); stroke-width: 1; }
.diverging .neg { fill: var(--crm-danger-solid); }
.diverging .pos { fill: var(--crm-success-solid); }
.bt-most h3 { font-weight: var(--crm-weight-regular); padding: 4px 0; }
.bt-most li { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 10px; padding: 8px 0; border-bottom: 1px solid var(--crm-border-subtle); }
.bt-most li:last-child { border: 0; }
.bt-most del { text-decoration-thickness: 1px; }
.diff-mark { width: 20px; height: 20px; display: grid; place-items: center; border-radius: var(--crm-radius-xs); background: var(--crm-surface-active); color: var(--crm-text-secondary); }
.diff-mark .icon { width: 12px; height: 12px; stroke-width: 2; }
.diff-mark.is-added { background: var(--crm-danger-soft); color: var(--crm-danger-text); }
.diff-mark.is-gone { background: var(--crm-success-soft); color: var(--crm-success-text); }
.versions { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 16px; align-items: start; }
.versions ol > li { padding: 12px 16px; border-top: 1px solid var(--crm-border-subtle); display: grid; gap: 4px; }
.versions ol > li:first-child { border: 0; }
.versions .row { flex-wrap: wrap; }
.vdiff { display: grid; gap: 8px; padding-top: 4px; }
.vdiff > div { display: grid; grid-template-columns: 140px minmax(0, 1fr); gap: 12px; }
.vdiff dt { color: var(--crm-text-tertiary); }
.vdiff dd { display: grid; gap: 2px; overflow-wrap: anywhere; }
.vdiff ins { color: var(--crm-text); }
@container view (max-width: 1100px) { .bt-grid { grid-template-columns: minmax(0, 1fr); } .bt-sum { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0 24px; } .versions { grid-template-columns: minmax(0, 1fr); } }
@container view (max-width: 640px) { .bt-ask .control { flex: 1 1 130px; } .bt-ask .btn { flex: 1 1 100%; } .vdiff > div { grid-template-columns: minmax(0, 1fr); gap: 0; } .per .div { width: 22%; } }
`
