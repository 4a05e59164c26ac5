import { css } from 'lit'

/** Heads of groups, and sums. */
export const sumsStyles = css`
.group > *, tbody tr.group:hover > * { background: var(--crm-surface-sunken); cursor: default; color: var(--crm-text-secondary); }
.group > .c-name { padding-left: 12px; }
.group b { font-weight: var(--crm-weight-strong); color: var(--crm-text); }
.group > td { font-size: var(--crm-text-xs); }
tfoot > tr > * { position: sticky; bottom: 0; z-index: 3; height: 36px; background: var(--crm-surface); border-top: 1px solid var(--crm-border); border-bottom: 0; font-weight: var(--crm-weight-medium); color: var(--crm-text-secondary); }
tfoot .c-name { z-index: 4; }
.others { margin-left: 5px; padding: 0 4px; border-radius: var(--crm-radius-xs); background: var(--crm-surface-active); font-size: var(--crm-text-2xs); }
`
