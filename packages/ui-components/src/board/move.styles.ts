import { css } from 'lit'

/** A card in hand, and what a stage asks for. */
export const moveStyles = css`
.is-target { background: var(--crm-accent-soft); box-shadow: inset 0 0 0 1.5px var(--crm-accent-border); }
.insert { height: 2px; border-radius: 2px; background: var(--crm-accent-text); position: absolute; inset-inline: 8px; z-index: 2; }
.insert::before { content: ""; box-sizing: border-box; position: absolute; left: -4px; top: -3px; width: 8px; height: 8px; border-radius: 9px; border: 2px solid var(--crm-accent-text); background: var(--crm-accent-soft); }
.card.is-ghost { background: none; border: 1.5px dashed var(--crm-border-strong); box-shadow: none; }
.card.is-ghost > * { visibility: hidden; }
.card.is-carried { border-color: transparent; box-shadow: 0 0 0 2px var(--crm-accent-text), var(--crm-shadow-drag); }
.card.is-busy { cursor: progress; }
.lift { position: fixed; inset: 0 auto auto 0; margin: 0; padding: 0; border: 0; background: none; overflow: visible; pointer-events: none; color: inherit; font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
.lift .card { box-shadow: 0 0 0 1px var(--crm-accent-border), var(--crm-shadow-drag); border-color: transparent; rotate: 1.4deg; cursor: grabbing; }
.lift button { display: none; }
.lift-hint { display: inline-flex; align-items: center; gap: 5px; margin-top: 10px; padding: 4px 9px; border-radius: var(--crm-radius-sm); background: var(--crm-surface-inverse); color: var(--crm-text-inverse); font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); white-space: nowrap; }
.lift-hint .icon { width: 13px; height: 13px; }
.is-dragging { cursor: grabbing; }
.is-dragging .columns { pointer-events: none; }
.ask { width: min(440px, calc(100vw - 32px)); }
@media (max-width: 640px) { .ask { width: 100vw; } }
.ask form { display: grid; gap: 14px; padding: 18px 20px; }
.ask .title { white-space: normal; }
`
