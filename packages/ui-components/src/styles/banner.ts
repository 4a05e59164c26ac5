import { css } from 'lit'

/** A sentence across a view that has to be seen. */
export const banner = css`
.banner { display: flex; align-items: flex-start; gap: 8px; padding: 8px 12px; border-radius: var(--crm-radius-md); border: 1px solid var(--crm-border); background: var(--crm-surface); }
.banner > .icon { margin-top: 2px; }
.banner b { font-weight: var(--crm-weight-strong); }
.banner-danger { background: var(--crm-danger-soft); border-color: var(--crm-danger-border); }
.banner-danger > .icon { color: var(--crm-danger-text); }
.banner-warning { background: var(--crm-warning-soft); border-color: var(--crm-warning-border); }
.banner-warning > .icon { color: var(--crm-warning-text); }
.banner-accent { background: var(--crm-accent-soft); border-color: var(--crm-accent-border); }
.banner-accent > .icon { color: var(--crm-accent-text); }
`
