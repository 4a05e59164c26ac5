import { css } from 'lit'

export const inboxStyles = css`
ul { list-style: none; margin: 0; padding: 0; }
h3 { margin: 0; }
.inbox { display: flex; flex-direction: column; min-height: 0; flex: 1; }
.panel:has(> .inbox) { padding: 0; width: min(420px, calc(100vw - 16px)); max-width: none; height: min(620px, calc(100dvh - 96px)); max-height: none; overflow: hidden; }
.panel:has(> .inbox):popover-open { display: flex; flex-direction: column; }
.inbox-head { display: flex; align-items: center; gap: 8px; padding: 14px var(--crm-page-x) 8px; }
.panel .inbox-head { padding: 12px 12px 6px 16px; }
.inbox-head .title { flex: 1; min-width: 0; display: flex; align-items: center; gap: 8px; }
.inbox-bar { display: flex; align-items: center; gap: 8px; padding: 0 var(--crm-page-x) 12px; flex-wrap: wrap; }
.panel .inbox-bar { padding: 0 16px 10px; border-bottom: 1px solid var(--crm-border-subtle); }
.inbox-bar .select { width: auto; max-width: 100%; height: var(--crm-control-sm); min-height: var(--crm-target); font-size: var(--crm-text-xs); }
.switch-two { display: inline-flex; padding: 2px; gap: 2px; border-radius: var(--crm-radius-md); background: var(--crm-surface-active); }
.switch-two button { min-height: max(var(--crm-target), calc(var(--crm-control-sm) - 2px)); padding: 0 10px; border-radius: var(--crm-radius-sm); font-size: var(--crm-text-xs); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
.switch-two [aria-pressed="true"] { background: var(--crm-surface); color: var(--crm-text); box-shadow: var(--crm-shadow-card); }
.inbox > * { width: 100%; max-width: 900px; }
.inbox-scroll { flex: 1; min-height: 0; overflow-y: auto; scrollbar-width: thin; padding: 0 var(--crm-page-x) 28px; }
.panel .inbox-scroll { padding: 0 0 8px; }
.day-title { padding: 14px 4px 6px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-medium); }
.panel .day-title { padding: 12px 16px 4px; }
.day-list { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); overflow: hidden; }
.panel .day-list { background: none; border: 0; border-radius: 0; box-shadow: none; }
.note { position: relative; display: grid; grid-template-columns: 8px minmax(0, 1fr) auto; gap: 0 10px; align-items: start; padding: 10px 10px 10px 14px; }
.note + .note { border-top: 1px solid var(--crm-border-subtle); }
.panel .note { padding-inline: 16px 10px; }
.note:hover { background: var(--crm-surface-hover); }
.note-dot { width: 8px; height: 8px; margin-top: 6px; border-radius: 99px; background: transparent; }
.is-unread .note-dot { background: var(--crm-accent); }
.note-main { display: grid; gap: 2px; min-width: 0; text-align: start; color: var(--crm-text-secondary); }
button.note-main::after { content: ""; position: absolute; inset: 0; }
.note-title { overflow-wrap: anywhere; color: var(--crm-text-secondary); }
.is-unread .note-title { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.note-body { overflow-wrap: anywhere; white-space: pre-line; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.note-meta { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-tertiary); }
.note .btn { position: relative; z-index: 1; }
.inbox-more { display: flex; justify-content: center; padding: 16px; }
.inbox .empty { flex: 1; }
`
