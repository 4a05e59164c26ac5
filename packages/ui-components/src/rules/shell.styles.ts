import { css } from 'lit'

/** What is seen before the rest is there. */
export const rulesShellStyles = css`
:host { background: var(--crm-canvas); min-height: 420px; }
.view { container: view / inline-size; min-height: inherit; display: flex; flex-direction: column; }
.shell-skel { display: grid; gap: 22px; padding: 20px var(--crm-page-x); }
.skel-line { display: flex; justify-content: space-between; gap: 16px; }
`
