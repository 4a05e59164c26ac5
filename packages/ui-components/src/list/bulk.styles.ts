import { css } from 'lit'

/** What is chosen, and the bar for it. */
export const bulkStyles = css`
.check:indeterminate { background: var(--crm-accent); border-color: var(--crm-accent); }
.check:indeterminate::before { content: ""; width: 8px; height: 0; border-top: 2px solid var(--crm-on-accent); }
tbody tr.is-chosen > * { background: var(--crm-surface-selected); }
.bulk { position: absolute; left: 50%; bottom: 18px; translate: -50%; width: min(720px, calc(100% - 32px)); background: var(--crm-surface-raised); border-radius: var(--crm-radius-xl); box-shadow: var(--crm-shadow-dialog); z-index: 6; }
.bulk-main { display: flex; align-items: center; gap: 8px; padding: 8px 10px 8px 16px; white-space: nowrap; overflow-x: auto; scrollbar-width: none; }
.bulk-plan { display: grid; gap: 8px; border-top: 1px solid var(--crm-border-subtle); padding: 10px 16px 12px; }
.bulk-plan p { display: flex; gap: 8px; }
.bulk-plan p .icon { margin-top: 2px; color: var(--crm-text-tertiary); }
.bulk-field { max-width: 360px; }
.bulk-lines li { font-size: var(--crm-text-xs); line-height: 22px; padding-left: 24px; min-width: 0; }
.bulk-lines .icon { width: 13px; height: 13px; color: var(--crm-text-tertiary); }
.has-bulk table, .has-bulk .cards { margin-bottom: 76px; }
@container view (max-width: 640px) {
  .bulk { bottom: 8px; width: calc(100% - 16px); }
}
`
