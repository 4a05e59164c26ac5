import { css } from 'lit'

/** The saved views. */
export const viewStyles = css`
.tabs { display: flex; gap: 2px; align-items: center; min-width: 0; }
.tab { display: inline-flex; align-items: center; border-radius: var(--crm-radius-sm); flex: none; border: 1px solid transparent; }
.tab > button { display: inline-flex; align-items: center; gap: 6px; height: var(--crm-control-sm); padding: 0 8px; max-width: 180px; color: var(--crm-text-secondary); border-radius: var(--crm-radius-sm); }
.tab > button:hover { color: var(--crm-text); }
.tab.is-current { background: var(--crm-surface); border-color: var(--crm-border); box-shadow: var(--crm-shadow-card); }
.tab.is-current > button { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.tab-more { padding: 0 4px !important; min-width: 24px; justify-content: center; }
.tab-more .icon { width: 14px; height: 14px; }
.dot { width: 6px; height: 6px; border-radius: 9px; background: var(--crm-accent-text); flex: none; }
@container view (max-width: 640px) {
  .tabs { order: 3; width: 100%; }
}
`
