import { css } from 'lit'

/** Problems and conflicts. */
export const answersStyles = css`
.summary:focus, .conflict:focus { outline: none; }
.summary ul { margin-top: 2px; }
.summary .link { color: var(--crm-danger-text); text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; line-height: 24px; }
.conflict table { border-collapse: collapse; margin-top: 8px; width: 100%; table-layout: fixed; }
.conflict th { text-align: left; font-weight: var(--crm-weight-medium); padding: 2px 8px 2px 0; }
.conflict thead th { font-size: var(--crm-text-xs); color: var(--crm-text-secondary); font-weight: var(--crm-weight-regular); }
.conflict thead .sr { position: static; clip-path: none; visibility: hidden; width: 26%; }
.conflict td { padding: 2px 8px 2px 0; }
.conflict .btn { max-width: 100%; box-shadow: none; }
.conflict .btn[aria-pressed="true"] { background: var(--crm-accent); border-color: transparent; color: var(--crm-on-accent); --crm-text-tertiary: currentColor; }
.conflict .btn[aria-pressed="true"] .icon { color: inherit; }
`
