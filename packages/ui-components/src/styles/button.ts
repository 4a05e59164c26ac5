import { css } from 'lit'

/** Buttons: one primary per view, the others quiet. What answers the pointer comes with the later look. */
export const button = css`
.btn { display: inline-flex; align-items: center; justify-content: center; gap: 6px; height: var(--crm-control); padding: 0 12px; border-radius: var(--crm-radius-md); border: 1px solid var(--crm-border); background: var(--crm-surface); box-shadow: var(--crm-shadow-card); font-weight: var(--crm-weight-medium); white-space: nowrap; color: var(--crm-text); transition: background var(--crm-duration-fast) var(--crm-ease); flex: none; }
.btn .icon { color: var(--crm-text-secondary); margin-inline: -2px 0; }
.btn > .icon:last-child:not(:first-child) { margin-inline: 0 -4px; width: 14px; height: 14px; }
.btn:focus-visible { border-radius: var(--crm-radius-md); }
.btn-primary { background: var(--crm-accent); border-color: transparent; color: var(--crm-on-accent); }
.btn-primary .icon { color: inherit; }
.btn-danger { color: var(--crm-danger-text); }
.btn-danger .icon { color: inherit; }
.btn-ghost { background: transparent; border-color: transparent; box-shadow: none; color: var(--crm-text-secondary); }
.btn-icon { width: var(--crm-control); padding: 0; }
.btn-icon .icon { margin: 0; }
.btn-sm { height: var(--crm-control-sm); padding: 0 8px; font-size: var(--crm-text-xs); border-radius: var(--crm-radius-sm); gap: 4px; }
.btn-sm.btn-icon { width: var(--crm-control-sm); padding: 0; }
.btn-sm .icon { width: 14px; height: 14px; }
.link { color: var(--crm-accent-text); }
`
