import { css } from 'lit'

/** What every component starts from: reset, type, icons, focus. No rule is for any `::before`: it would be worked out for every element.
 * Placeholders pulse together: each alone would be a layer of its own. */
export const base = css`
:host { display: block; box-sizing: border-box; font: var(--crm-weight-regular) var(--crm-text-sm) / var(--crm-leading-sm) var(--crm-font-sans); font-variant-numeric: var(--crm-font-numeric); color: var(--crm-text); -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility; text-autospace: normal; letter-spacing: normal; text-align: start; text-transform: none; font-style: normal; white-space: normal; cursor: auto; }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
h2, h3, p, ul, ol, dl, dd, fieldset, legend, figure { margin: 0; padding: 0; border: 0; min-width: 0; }
ul, ol { list-style: none; }
a { color: inherit; text-decoration: none; }
button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
button { background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; touch-action: manipulation; }
:focus-visible { outline: 2px solid transparent; outline-offset: 2px; box-shadow: 0 0 0 2px var(--crm-surface), 0 0 0 4px var(--crm-focus-ring); border-radius: var(--crm-radius-sm); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.clip { overflow: clip; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.dim { color: var(--crm-text-tertiary); }
.soft { color: var(--crm-text-secondary); }
.down { color: var(--crm-danger-text); }
.xs { font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); }
.grow { flex: 1; min-width: 0; }
.row { display: flex; align-items: center; gap: 8px; min-width: 0; }
.row-6 { gap: 6px; }
.icon { width: 16px; height: 16px; flex: none; fill: none; stroke: currentColor; stroke-width: var(--crm-stroke-icon); stroke-linecap: round; stroke-linejoin: round; }
.spin { width: 14px; height: 14px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; animation: spin .8s linear infinite; }
@keyframes spin { to { transform: rotate(1turn); } }
.skel { display: block; height: 10px; border-radius: 4px; background: var(--crm-surface-active); }
[role="status"][aria-busy="true"] { animation: pulse 1.4s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .55; } }
.lost { position: sticky; bottom: 0; z-index: 9; display: flex; align-items: center; justify-content: center; gap: 12px; padding: 8px 16px; background: var(--crm-danger-soft, var(--crm-surface)); color: var(--crm-danger-text); }
.w20 { width: 20%; } .w30 { width: 30%; } .w45 { width: 45%; } .w60 { width: 60%; } .w80 { width: 80%; }
@media (prefers-reduced-motion: reduce) { [role="status"][aria-busy="true"], .spin { animation: none; } }
`
