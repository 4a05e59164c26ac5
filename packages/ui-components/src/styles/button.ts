import { css } from 'lit'

/** Buttons: one primary per view, the others quiet. */
export const button = css`
.btn { display: inline-flex; align-items: center; justify-content: center; gap: 6px; height: var(--crm-control); padding: 0 12px; border-radius: var(--crm-radius-md); border: 1px solid var(--crm-border); background: var(--crm-surface); box-shadow: var(--crm-shadow-card); font-weight: var(--crm-weight-medium); white-space: nowrap; color: var(--crm-text); transition: background var(--crm-duration-fast) var(--crm-ease); flex: none; }
.btn:hover { background: var(--crm-surface-hover); border-color: var(--crm-border-strong); }
.btn:active { background: var(--crm-surface-active); }
.btn .icon { color: var(--crm-text-secondary); margin-inline: -2px 0; }
.btn > .icon:last-child:not(:first-child) { margin-inline: 0 -4px; width: 14px; height: 14px; }
.btn:focus-visible { border-radius: var(--crm-radius-md); }
.btn-primary { background: var(--crm-accent); border-color: transparent; color: var(--crm-on-accent); }
.btn-primary:hover { background: var(--crm-accent-hover); border-color: transparent; }
.btn-primary:active { background: var(--crm-accent-active); }
.btn-primary .icon { color: inherit; }
.btn-danger { color: var(--crm-danger-text); }
.btn-danger .icon { color: inherit; }
.btn-ghost { background: transparent; border-color: transparent; box-shadow: none; color: var(--crm-text-secondary); }
.btn-ghost:hover { background: var(--crm-surface-active); border-color: transparent; color: var(--crm-text); }
.btn-ghost.btn-danger:hover { background: var(--crm-danger-soft); color: var(--crm-danger-text); }
.btn-icon { width: var(--crm-control); padding: 0; }
.btn-icon .icon { margin: 0; }
.btn-sm { height: var(--crm-control-sm); padding: 0 8px; font-size: var(--crm-text-xs); border-radius: var(--crm-radius-sm); gap: 4px; }
.btn-sm.btn-icon { width: var(--crm-control-sm); padding: 0; }
.btn-sm .icon { width: 14px; height: 14px; }
.btn:disabled { background: var(--crm-surface-sunken); border-color: var(--crm-border-subtle); color: var(--crm-text-disabled); box-shadow: none; cursor: default; }
.btn:disabled .icon { color: inherit; }
.btn-ghost:disabled { background: none; border-color: transparent; }
.btn[aria-busy="true"] { cursor: progress; }
.link { color: var(--crm-accent-text); }
.link:hover { text-decoration: underline; text-underline-offset: 3px; }
`
