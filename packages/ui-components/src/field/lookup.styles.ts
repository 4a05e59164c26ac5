import { css } from 'lit'

/** The list of a lookup, over what all menus look like. */
export const lookupStyles = css`
.menu[data-choices] { max-width: none; max-height: none; overflow: visible; }
[data-choices] ul { max-height: min(352px, 58vh); overflow-y: auto; scrollbar-width: thin; }
mark { background: none; color: var(--crm-accent-text); font-weight: var(--crm-weight-strong); }
`
