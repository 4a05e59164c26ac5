import { css } from 'lit'

/** The ring of a stage. */
export const stage = css`
.stage { width: 14px; height: 14px; flex: none; }
.stage .ring { fill: none; stroke: var(--crm-accent-text); stroke-width: 1.5; opacity: .6; }
.stage .pie { fill: none; stroke: var(--crm-accent-text); stroke-width: 4; }
.stage .full { fill: var(--crm-success-solid); }
.stage-lost .full { fill: var(--crm-chart-axis); }
.stage path { fill: none; stroke: var(--crm-surface); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
`
