import { css } from 'lit'

/** The title of a view, and what is said in an empty place. */
export const surface = css`
.title { font-size: var(--crm-text-lg); line-height: var(--crm-leading-lg); font-weight: var(--crm-weight-strong); white-space: nowrap; }
.empty { display: grid; justify-items: center; align-content: center; text-align: center; gap: 4px; padding: 32px 16px; color: var(--crm-text-tertiary); }
.empty b { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.empty > .icon { width: 22px; height: 22px; stroke-width: 1.25; margin-bottom: 4px; }
.empty .btn { margin-top: 8px; }
.empty p { max-width: 34em; text-wrap: balance; overflow-wrap: anywhere; }
`
