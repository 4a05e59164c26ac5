import { css } from 'lit'

export const fieldStyles = css`
:host { min-width: 0; font-size: var(--crm-text-sm); contain: layout style; }
:host([wide]) { grid-column: 1 / -1; }
.field > * + * { margin-top: 4px; }
.line { display: flex; gap: 8px; align-items: center; min-height: var(--crm-control); cursor: pointer; }
.line span { color: var(--crm-text-secondary); }
.btn-clear { margin-right: -6px; }
:host([bare]) .label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (pointer: coarse) { .input, .select, .textarea { font-size: var(--crm-text-lg); } }
`
