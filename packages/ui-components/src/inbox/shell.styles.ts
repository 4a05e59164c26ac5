import { css } from 'lit'

/** What is seen before the rest is there: the bell, or grey lines. */
export const inboxShellStyles = css`
:host { background: var(--crm-canvas); min-height: 360px; }
:host([mode="bell"]) { display: inline-block; background: none; color: inherit; min-height: 0; vertical-align: middle; }
:host([mode="bell"]) :is(.menu, dialog) { color: var(--crm-text); }
.view { container: view / inline-size; min-height: inherit; display: flex; flex-direction: column; }
:host([mode="bell"]) .view { container-type: normal; display: inline-flex; }
.bell { position: relative; display: inline-grid; place-items: center; width: var(--crm-control); height: var(--crm-control); border-radius: var(--crm-radius-md); color: inherit; }
.bell:hover { background: color-mix(in srgb, currentColor 12%, transparent); }
.bell .icon { width: 20px; height: 20px; }
.bell-count { position: absolute; inset-block-start: 0; inset-inline-end: 0; min-width: 16px; height: 16px; padding: 0 4px; border-radius: var(--crm-radius-full); background: var(--crm-danger-solid); color: #fff; font-size: var(--crm-text-2xs); line-height: 16px; font-weight: var(--crm-weight-strong); text-align: center; }
.shell-skel { display: grid; gap: 22px; padding: 20px var(--crm-page-x); }
.skel-line { display: grid; gap: 8px; }
`
