import { css } from 'lit'

/** What is seen before the rest is there. */
export const importShellStyles = css`
:host { background: var(--crm-canvas); min-height: 420px; }
.view { container: view / inline-size; }
.shell-skel { display: grid; gap: 16px; padding: 20px var(--crm-page-x); }
.drop-skel { height: 160px; border-radius: var(--crm-radius-lg); }
`
