import { css } from 'lit'

/** Head and toolbar of a view with many records. Stands on `surface`. */
export const toolbar = css`
.head { display: flex; align-items: center; gap: 12px; padding: 14px var(--crm-page-x) 8px; min-width: 0; }
.toolbar { display: flex; align-items: center; gap: 8px; padding: 0 var(--crm-page-x) 12px; min-width: 0; }
.scroll-x { overflow-x: auto; scrollbar-width: none; padding: 4px; margin: -4px; }
.find { width: 220px; min-height: var(--crm-control-sm); flex: none; }
.find .input { height: calc(var(--crm-control-sm) - 2px); font-size: var(--crm-text-xs); }
.find .input::-webkit-search-cancel-button { display: none; }
.find button { display: grid; place-items: center; width: 24px; height: 24px; margin-right: -8px; color: var(--crm-text-tertiary); border-radius: var(--crm-radius-sm); }
.find button .icon { width: 12px; height: 12px; }
`
