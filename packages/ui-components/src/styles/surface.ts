import { css } from 'lit'

/** Head and toolbar of a view, banners, empty states, menus, toasts, dialogs. */
export const surface = css`
.head { display: flex; align-items: center; gap: 12px; padding: 14px var(--crm-page-x) 8px; min-width: 0; }
.title { font-size: var(--crm-text-lg); line-height: var(--crm-leading-lg); font-weight: var(--crm-weight-strong); white-space: nowrap; }
.toolbar { display: flex; align-items: center; gap: 8px; padding: 0 var(--crm-page-x) 12px; min-width: 0; }
.scroll-x { overflow-x: auto; scrollbar-width: none; padding: 4px; margin: -4px; }
.find { width: 220px; min-height: var(--crm-control-sm); flex: none; }
.find .input { height: calc(var(--crm-control-sm) - 2px); font-size: var(--crm-text-xs); }
.find .input::-webkit-search-cancel-button { display: none; }
.find button { display: grid; place-items: center; width: 24px; height: 24px; margin-right: -8px; color: var(--crm-text-tertiary); border-radius: var(--crm-radius-sm); }
.find button .icon { width: 12px; height: 12px; }
.chip { display: inline-flex; align-items: center; height: var(--crm-control-sm); border: 1px solid var(--crm-border); border-radius: var(--crm-radius-sm); background: var(--crm-surface); font-size: var(--crm-text-xs); white-space: nowrap; flex: none; }
.chip > * { height: 100%; min-width: 24px; padding: 0 7px; display: inline-flex; align-items: center; justify-content: center; gap: 4px; color: var(--crm-text-secondary); }
.chip > * + * { border-left: 1px solid var(--crm-border-subtle); }
.chip b { font-weight: var(--crm-weight-medium); color: var(--crm-text); max-width: 180px; }
.chip .icon { width: 12px; height: 12px; color: var(--crm-text-tertiary); }
.chip button:hover { background: var(--crm-surface-hover); color: var(--crm-text); }
.banner { display: flex; align-items: flex-start; gap: 8px; padding: 8px 12px; border-radius: var(--crm-radius-md); border: 1px solid var(--crm-border); background: var(--crm-surface); }
.banner > .icon { margin-top: 2px; }
.banner b { font-weight: var(--crm-weight-strong); }
.banner-danger { background: var(--crm-danger-soft); border-color: var(--crm-danger-border); }
.banner-danger > .icon { color: var(--crm-danger-text); }
.banner-warning { background: var(--crm-warning-soft); border-color: var(--crm-warning-border); }
.banner-warning > .icon { color: var(--crm-warning-text); }
.banner-accent { background: var(--crm-accent-soft); border-color: var(--crm-accent-border); }
.banner-accent > .icon { color: var(--crm-accent-text); }
.empty { display: grid; justify-items: center; align-content: center; text-align: center; gap: 4px; padding: 32px 16px; color: var(--crm-text-tertiary); }
.empty b { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.empty > .icon { width: 22px; height: 22px; stroke-width: 1.25; margin-bottom: 4px; }
.empty .btn { margin-top: 8px; }
.empty p { max-width: 34em; text-wrap: balance; overflow-wrap: anywhere; }
.menu { position: fixed; inset: auto; margin: 0; border: 0; color: inherit; background: var(--crm-surface-raised); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-menu); padding: 4px; min-width: 180px; max-width: min(320px, calc(100vw - 16px)); max-height: min(360px, 60vh); overflow-y: auto; scrollbar-width: thin; font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
.menu-item { display: flex; align-items: center; gap: 8px; min-height: max(30px, var(--crm-target)); padding: 3px 8px; border-radius: var(--crm-radius-sm); width: 100%; cursor: pointer; }
.menu-item > .icon { color: var(--crm-text-tertiary); }
.menu-item:hover, .menu-item.is-active, .menu-item:focus-visible { background: var(--crm-surface-active); box-shadow: none; outline: none; }
.menu-item:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }
.menu-item[aria-disabled="true"] { color: var(--crm-text-tertiary); cursor: default; }
.menu-label { padding: 6px 8px 2px; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); }
.toast { position: fixed; inset: auto auto 24px 50%; translate: -50% 0; margin: 0; border: 0; max-width: min(560px, calc(100vw - 32px)); width: max-content; display: none; align-items: center; gap: 10px; min-height: 40px; padding: 7px 8px 7px 14px; border-radius: var(--crm-radius-lg); background: var(--crm-surface-inverse); color: var(--crm-text-inverse); box-shadow: var(--crm-shadow-menu); }
.toast:popover-open { display: flex; animation: rise var(--crm-duration-slow) var(--crm-ease); }
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
@media (prefers-reduced-motion: reduce) { .toast:popover-open, dialog[open] { animation: none; } }
`
