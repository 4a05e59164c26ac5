import { css } from 'lit'

export const webhookStyles = css`
.hook-head { display: flex; align-items: center; gap: 8px; padding: 10px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.block .hook-head h3 { flex: 1; min-width: 0; padding: 0; border: 0; overflow-wrap: anywhere; }
.hook-body { display: grid; gap: 10px; padding: 12px 16px; }
.hook-url, .hook code { overflow-wrap: anywhere; font-size: var(--crm-text-xs); color: var(--crm-text-secondary); }
.hook dl { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0; }
.hook dl > div { display: grid; gap: 2px; min-width: 0; align-content: start; }
.hook-filter { min-height: 0; background: none; border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-md); }
.hook dt { font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
.hook dd { margin: 0; overflow-wrap: anywhere; }
.hook-error { display: block; color: var(--crm-danger-text); font-size: var(--crm-text-xs); overflow-wrap: anywhere; }
.hook-acts { display: flex; flex-wrap: wrap; gap: 6px; }
.hook-acts [aria-expanded="true"] .icon { rotate: 180deg; }
.deliveries { border-top: 1px solid var(--crm-border-subtle); background: var(--crm-surface-sunken); }
.deliveries-bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px; padding: 10px 16px; }
.deliveries-bar .select { width: auto; min-height: var(--crm-control-sm); }
.deliveries-wait { padding: 12px 16px; }
.block-note { padding: 10px 16px 4px; }
@media (min-width: 641px) { dialog.hook-edit { width: 640px; } dialog.hook-secret { width: 560px; } }
.edit-form { display: flex; flex-direction: column; min-height: 0; overflow: hidden; }
.edit-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 12px 8px 20px; }
.edit-head .title { white-space: normal; overflow-wrap: anywhere; }
.edit-body { display: grid; gap: 16px; padding: 4px 20px 20px; overflow-y: auto; flex: 1; align-content: start; }
.edit-body .error:empty { display: none; }
.edit-foot { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 20px; border-top: 1px solid var(--crm-border-subtle); background: var(--crm-surface-sunken); }
.line { display: grid; gap: 4px; min-width: 0; margin: 0; padding: 0; border: 0; }
.line .label { padding: 0; margin-bottom: 2px; }
.secret-line { display: flex; align-items: center; gap: 8px; }
.secret-line .input { flex: 1; min-width: 0; }
.mono { font-family: ui-monospace, monospace; font-size: var(--crm-text-xs); }
@container view (max-width: 640px) {
  .edit-foot .btn { flex: 1; }
  .edit-foot .grow { display: none; }
}
`
