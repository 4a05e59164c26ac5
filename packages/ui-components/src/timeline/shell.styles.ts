import { css } from 'lit'

/** What is seen before the rest is there. */
export const timelineShellStyles = css`
:host { background: var(--crm-surface); min-height: 200px; }
.view { container: view / inline-size; min-height: inherit; }
.shell-skel { display: grid; gap: 20px; padding: 16px var(--crm-page-x); }
.skel-event { display: grid; grid-template-columns: 24px 1fr; gap: 12px; align-items: center; }
.skel-event > .skel { width: 24px; height: 24px; border-radius: 99px; }
.skel-event div { display: grid; gap: 8px; }
`
