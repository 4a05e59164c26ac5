import { css } from 'lit'

/** A cell that is edited. */
export const cellStyles = css`
.is-editing { position: relative; overflow: visible; z-index: 2; padding: 2px !important; background: var(--crm-surface) !important; }
.is-editing.c-name { z-index: 3; }
.cell-editor { position: relative; min-width: 100%; margin-top: -4px; cursor: auto; text-align: left; }
.cell-conflict { position: absolute; width: max-content; top: 0; left: 0; z-index: 5; display: grid; gap: 8px; padding: 10px 12px; border-radius: var(--crm-radius-md); background: var(--crm-surface-raised); box-shadow: var(--crm-shadow-menu); white-space: nowrap; }
`
