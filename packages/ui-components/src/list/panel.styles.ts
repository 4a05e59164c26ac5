import { css } from 'lit'

/** The small dialogs of a list. */
export const panelStyles = css`
.menu.panel { width: 300px; padding: 10px; max-height: min(480px, 76vh); overflow: visible; }
.panel-form { display: grid; gap: 8px; }
.panel-foot { justify-content: flex-end; padding-top: 8px; }
.panel .switch { align-self: flex-start; margin-top: 2px; }
.picker { display: grid; max-height: min(320px, 50vh); overflow-y: auto; scrollbar-width: thin; margin: 4px 0; }
.pair { display: grid; gap: 8px; }
.column-row { gap: 0; }
.advanced { width: min(1080px, calc(100vw - 32px)); }
@media (max-width: 640px) { .advanced { width: 100vw; } }
.advanced > .advanced-foot { flex: none; padding: 10px 16px; border-top: 1px solid var(--crm-border-subtle); }
`
