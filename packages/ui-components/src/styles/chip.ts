import { css } from 'lit'

/** Something set, with a way to change it and one to take it away. */
export const chip = css`
.chip { display: inline-flex; align-items: center; height: var(--crm-control-sm); border: 1px solid var(--crm-border); border-radius: var(--crm-radius-sm); background: var(--crm-surface); font-size: var(--crm-text-xs); white-space: nowrap; flex: none; }
.chip > * { height: 100%; min-width: 24px; padding: 0 7px; display: inline-flex; align-items: center; justify-content: center; gap: 4px; color: var(--crm-text-secondary); }
.chip > * + * { border-left: 1px solid var(--crm-border-subtle); }
.chip b { font-weight: var(--crm-weight-medium); color: var(--crm-text); max-width: 180px; }
.chip .icon { width: 12px; height: 12px; color: var(--crm-text-tertiary); }
.chip button:hover { background: var(--crm-surface-hover); color: var(--crm-text); }
.chip.is-broken { border-color: var(--crm-warning-border); background: var(--crm-warning-soft); }
.chip.is-broken .icon { color: var(--crm-warning-text); }
`
