import { css } from 'lit'

/** Records in a narrow place. */
export const cardsStyles = css`
.lcard { display: grid; gap: 4px; width: 100%; height: 72px; align-content: center; padding: 0 16px; border-bottom: 1px solid var(--crm-border-subtle); font-size: var(--crm-text-md); line-height: var(--crm-leading-md); border-radius: 0; }
.lcard b { font-weight: var(--crm-weight-medium); }
.lcard > :last-child { font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
.lcard:active { background: var(--crm-surface-hover); }
.lgroup { background: var(--crm-surface-sunken); }
`
