import { css } from 'lit'

export const timelineStyles = css`
.head { flex-wrap: wrap; }
.head .title { flex: 1; }
h3 { margin: 0; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); font-weight: var(--crm-weight-regular); color: var(--crm-text-tertiary); padding: 6px 0 8px 36px; }
.tabs { display: inline-flex; max-width: 100%; overflow-x: auto; scrollbar-width: none; padding: 2px; gap: 2px; border-radius: var(--crm-radius-md); background: var(--crm-surface-active); }
.tabs button { flex: none; min-height: max(var(--crm-target), var(--crm-control-sm)); padding: 0 10px; border-radius: var(--crm-radius-sm); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
.tabs [aria-current] { background: var(--crm-surface); color: var(--crm-text); box-shadow: var(--crm-shadow-card); }
.body { padding: 4px var(--crm-page-x) 20px; min-width: 0; max-width: 860px; }
.head { max-width: 860px; }
.event { display: grid; grid-template-columns: 24px minmax(0, 1fr); gap: 12px; padding-bottom: 16px; position: relative; content-visibility: auto; contain-intrinsic-size: auto 64px; }
.event::before { content: ""; position: absolute; left: 11.5px; top: 28px; bottom: 4px; width: 1px; background: var(--crm-border); }
.event-icon { width: 24px; height: 24px; display: grid; place-items: center; border-radius: 99px; background: var(--crm-surface); box-shadow: inset 0 0 0 1px var(--crm-border); color: var(--crm-text-secondary); }
.event-icon .icon { width: 13px; height: 13px; stroke-width: 1.7; }
.event-body { display: grid; gap: 4px; padding-top: 2px; min-width: 0; }
.event-head { display: flex; align-items: flex-start; gap: 8px; }
.event-title { display: flex; align-items: center; gap: 4px 6px; flex-wrap: wrap; flex: 1; min-width: 0; }
.event-title b { font-weight: var(--crm-weight-medium); overflow-wrap: anywhere; }
.event-title .avatar { width: 18px; height: 18px; font-size: 10px; }
.event-head time { font-size: var(--crm-text-xs); line-height: var(--crm-leading-sm); color: var(--crm-text-tertiary); white-space: nowrap; }
.is-auto .event-body { background: var(--crm-accent-soft); border: 1px solid var(--crm-accent-border); border-radius: var(--crm-radius-lg); padding: 9px 12px; }
.is-auto .event-icon { background: var(--crm-accent-soft); color: var(--crm-accent-text); box-shadow: inset 0 0 0 1px var(--crm-accent-border); margin-top: 8px; }
.is-auto::before { top: 36px; }
.is-auto .event-head time, .is-auto .dim, .is-auto dt, .is-auto del { color: var(--crm-text-secondary); }
.is-denied .event-body { background: var(--crm-surface); border: 1px solid var(--crm-border); border-radius: var(--crm-radius-lg); padding: 9px 12px; }
.is-denied .event-icon { margin-top: 8px; color: var(--crm-danger-text); }
.is-shadow .event-body { border: 1px dashed var(--crm-border-strong); border-radius: var(--crm-radius-lg); padding: 9px 12px; }
.is-shadow .event-icon { margin-top: 8px; }
.why { color: var(--crm-text); line-height: var(--crm-leading-md); overflow-wrap: anywhere; }
.diff { display: grid; gap: 2px; }
.diff > div { display: grid; grid-template-columns: minmax(72px, 112px) minmax(0, 1fr); gap: 12px; }
.diff dt { color: var(--crm-text-tertiary); overflow-wrap: anywhere; }
.diff dd { display: flex; align-items: baseline; gap: 2px 6px; flex-wrap: wrap; min-width: 0; overflow-wrap: anywhere; }
del { color: var(--crm-text-tertiary); text-decoration: line-through; text-decoration-thickness: 1px; }
del, ins { display: inline-flex; min-width: 0; max-width: 100%; }
ins { text-decoration: none; }
del:has(.row) { text-decoration: none; }
del .row > .clip, del .badge, del .tag { text-decoration: line-through; }
.arrow { color: var(--crm-text-tertiary); }
.tags { flex-wrap: wrap; gap: 4px; }
details summary { cursor: pointer; font-size: var(--crm-text-xs); color: var(--crm-accent-text); min-height: var(--crm-target); align-content: center; border-radius: var(--crm-radius-sm); }
.details { white-space: pre-line; line-height: var(--crm-leading-md); }
.acts { display: flex; align-items: center; gap: 6px; flex-wrap: wrap; }
.acts > .btn-ghost:only-child { margin-inline-start: -8px; color: var(--crm-accent-text); }
.asked p { flex: 1 1 220px; }
.asked { border-top: 1px solid var(--crm-border); padding-top: 8px; margin-top: 4px; }
.more { display: flex; justify-content: center; padding: 4px; }
.event:focus { outline: none; box-shadow: none; }
@container view (max-width: 480px) {
  .head .title { flex-basis: 100%; }
  .diff > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
`
