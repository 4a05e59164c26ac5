import { css } from 'lit'

/** What floats over a component: menus, toasts, dialogs. */
export const overlay = css`
.menu { position: fixed; inset: auto; margin: 0; border: 0; color: inherit; background: var(--crm-surface-raised); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-menu); padding: 4px; min-width: 180px; max-width: min(320px, calc(100vw - 16px)); max-height: min(360px, 60vh); overflow-y: auto; scrollbar-width: thin; font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
.menu-item { display: flex; align-items: center; gap: 8px; min-height: max(30px, var(--crm-target)); padding: 3px 8px; border-radius: var(--crm-radius-sm); width: 100%; cursor: pointer; }
.menu-item > .icon { color: var(--crm-text-tertiary); }
.menu-item:hover, .menu-item.is-active, .menu-item:focus-visible { background: var(--crm-surface-active); box-shadow: none; outline: none; }
.menu-item:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
.menu-item[aria-disabled="true"] { color: var(--crm-text-tertiary); cursor: default; }
.menu-label { padding: 6px 8px 2px; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
.toast { position: fixed; inset: auto auto 24px 50%; translate: -50% 0; margin: 0; border: 0; max-width: min(560px, calc(100vw - 32px)); width: max-content; display: none; align-items: center; gap: 10px; min-height: 40px; padding: 7px 8px 7px 14px; border-radius: var(--crm-radius-lg); background: var(--crm-surface-inverse); color: var(--crm-text-inverse); box-shadow: var(--crm-shadow-menu); }
.toast:popover-open { display: flex; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
.toast button { color: inherit; font-weight: var(--crm-weight-strong); min-height: 26px; min-width: 26px; padding: 3px 8px; border-radius: var(--crm-radius-sm); white-space: nowrap; }
.toast .act { box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 28%, transparent); }
.toast button:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
.toast button:focus-visible { box-shadow: 0 0 0 2px currentColor; }
.toast .x { padding: 0; display: grid; place-items: center; }
dialog { background: var(--crm-surface-raised); border-radius: var(--crm-radius-xl); box-shadow: var(--crm-shadow-dialog); padding: 0; border: 0; color: inherit; width: min(760px, calc(100vw - 32px)); max-width: none; max-height: min(860px, calc(100dvh - 48px)); overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; animation: rise var(--crm-duration-slow) var(--crm-ease); }
dialog::backdrop { background: var(--crm-scrim); }
dialog > * { flex: 1; min-height: 0; overflow: auto; }
@media (max-width: 640px) { dialog { width: 100vw; margin: auto 0 0; border-radius: var(--crm-radius-xl) var(--crm-radius-xl) 0 0; max-height: calc(100dvh - 16px); } }
@media (prefers-reduced-motion: reduce) { dialog[open] { animation: none; } }
`
