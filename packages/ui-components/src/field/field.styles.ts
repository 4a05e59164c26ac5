import { css } from 'lit'

export const fieldStyles = css`
:host { min-width: 0; font-size: var(--crm-text-sm); contain: layout style; }
:host([wide]) { grid-column: 1 / -1; }
.field > * + * { margin-top: 4px; }
.line { display: flex; gap: 8px; align-items: center; min-height: var(--crm-control); cursor: pointer; }
.line span { color: var(--crm-text-secondary); }
.readonly { background: var(--crm-surface-sunken); border-style: dashed; border-color: var(--crm-border-strong); color: var(--crm-text-secondary); padding-block: 4px; cursor: default; overflow-wrap: anywhere; }
.fact { display: grid; grid-template-columns: minmax(96px, 30%) minmax(0, 1fr); gap: 0 12px; margin: 0; }
.fact dt { color: var(--crm-text-tertiary); line-height: 20px; padding: 4px 0; }
.fact dd { min-height: 28px; line-height: 20px; padding: 4px 0; overflow-wrap: anywhere; }
:host([wide]) .fact { grid-template-columns: minmax(96px, calc(15% - 3px)) minmax(0, 1fr); }
.tags { flex-wrap: wrap; gap: 4px; }
.prose { white-space: pre-wrap; }
.btn-clear { margin-right: -6px; }
.counter { justify-self: end; }
.foot { display: flex; gap: 8px; justify-content: space-between; }
:host([bare]) .label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:host([bare]) .error { position: absolute; top: calc(100% + 4px); left: 0; z-index: 3; padding: 5px 9px; max-width: 320px; white-space: normal; border-radius: var(--crm-radius-sm); background: var(--crm-surface-raised); box-shadow: var(--crm-shadow-menu); }
@container view (max-width: 560px) { .fact { grid-template-columns: 96px minmax(0, 1fr); } }
@media (pointer: coarse) { .input, .select, .textarea { font-size: var(--crm-text-lg); } }
`
