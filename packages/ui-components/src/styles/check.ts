import { css } from 'lit'

/** A native check box. */
export const check = css`
.check { appearance: none; width: 16px; height: 16px; border: 1.5px solid var(--crm-border-control); border-radius: var(--crm-radius-xs); background: var(--crm-surface); display: inline-grid; place-items: center; flex: none; cursor: pointer; position: relative; vertical-align: middle; }
.check::after { content: ""; position: absolute; inset: -5px; }
.check:checked { background: var(--crm-accent); border-color: var(--crm-accent); }
.check:checked::before { content: ""; box-sizing: border-box; width: 9px; height: 5px; border: solid var(--crm-on-accent); border-width: 0 0 1.75px 1.75px; transform: rotate(-45deg) translate(.5px, -1px); }
`
