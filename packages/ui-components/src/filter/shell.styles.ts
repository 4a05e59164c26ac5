import { css } from 'lit'

/** What is seen before the rest is there. */
export const filterShellStyles = css`
:host { background: var(--crm-surface); min-height: 132px; }
.view { container: view / inline-size; }
.filter-skel { display: grid; gap: 12px; padding: 16px; }
.row-skel { height: 30px; border-radius: var(--crm-radius-md); }
`
