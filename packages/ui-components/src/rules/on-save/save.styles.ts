import { css } from 'lit'

/** Where a rule on save is written. */
export const saveStyles = css`
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { padding: 0 0 4px; }
.sorts { display: grid; grid-template-columns: repeat(auto-fit, minmax(232px, 1fr)); gap: 8px; }
.sorts legend { grid-column: 1 / -1; }
.sort { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 10px; align-items: start; padding: 10px 12px; border: 1px solid var(--crm-border); border-radius: var(--crm-radius-md); cursor: pointer; }
.sort:hover { border-color: var(--crm-border-strong); }
.sort:has(:checked) { border-color: var(--crm-accent-border); background: var(--crm-accent-soft); }
.sort:has(:focus-visible) { box-shadow: 0 0 0 2px var(--crm-surface), 0 0 0 4px var(--crm-focus-ring); }
.sort input { accent-color: var(--crm-accent); width: 16px; height: 16px; margin: 2px 0 0; outline: none; }
.sort b { display: block; font-weight: var(--crm-weight-medium); }
.sort small { display: block; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-secondary); }
.moments { display: grid; gap: 8px; }
.kinds.is-row { display: flex; flex-wrap: wrap; gap: 4px 24px; }
.chosen { display: flex; flex-wrap: wrap; gap: 6px; padding-top: 4px; }
.chosen:empty { display: none; }
.unpick { display: inline-grid; place-items: center; width: 20px; height: 20px; margin-inline: 2px -4px; border-radius: var(--crm-radius-full); position: relative; }
.unpick::after { content: ""; position: absolute; inset: -3px; }
.unpick .icon { width: 12px; height: 12px; }
.rule-does { display: grid; gap: 8px; justify-items: start; }
.rule-does > ol { display: grid; gap: 10px; width: 100%; }
.action { display: grid; gap: 12px; padding: 10px 16px 16px; border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); min-width: 0; }
.action.is-plain { padding: 0; border: 0; }
.action > .hint { margin-top: -8px; }
.action.is-plain > .hint { margin-top: -4px; }
.action > .control { max-width: 640px; }
.words { display: grid; gap: 4px; }
.words > .pair { width: 100%; }
.words.rule-sets { justify-items: start; }
.words > .error, .action > .error { padding: 0; }
.textarea.is-line { min-height: var(--crm-control); height: var(--crm-control); resize: none; overflow: hidden; white-space: nowrap; }
.control .set-parts { width: 100%; }
.details summary { font-size: var(--crm-text-sm); }
.details-body { display: grid; gap: 12px; padding-top: 8px; }
.opt { margin-inline-start: 6px; }
.problems ul { display: grid; gap: 4px; }
.problems .link { display: inline; text-decoration: underline; text-underline-offset: 2px; color: inherit; font: inherit; min-height: 0; }
.problems:focus { outline: none; box-shadow: none; }
.is-tried .bt-grid { grid-template-columns: minmax(0, 1fr); gap: 12px; }
.is-tried .empty { min-height: 0; padding: 8px 0; }
.broken-list { display: grid; gap: 4px; padding-top: 4px; }
.broken-list .link { display: inline; }
@container view (max-width: 640px) { .sorts { grid-template-columns: minmax(0, 1fr); } .action { padding: 8px 12px 12px; } }
`
