import { css } from 'lit'

/** A native input, and the box around it. */
export const box = css`
.input, .select, .textarea { width: 100%; height: var(--crm-control); padding: 0 10px; border: 1px solid var(--crm-border-control); border-radius: var(--crm-radius-md); background: var(--crm-surface); min-width: 0; transition: border-color var(--crm-duration-fast), box-shadow var(--crm-duration-fast); }
.input::placeholder, .textarea::placeholder { color: var(--crm-text-tertiary); opacity: 1; }
.input:hover, .textarea:hover, .select:hover, .box:hover { border-color: var(--crm-text-tertiary); }
.input:focus-visible, .textarea:focus-visible, .select:focus-visible, .box:focus-within { outline: none; border-color: var(--crm-focus-ring); box-shadow: 0 0 0 3px color-mix(in srgb, var(--crm-focus-ring) 22%, transparent); border-radius: var(--crm-radius-md); }
.input:disabled, .select:disabled, .textarea:disabled { background: var(--crm-surface-sunken); border-color: var(--crm-border); color: var(--crm-text-tertiary); }
.input::-webkit-calendar-picker-indicator { opacity: .65; margin-inline-start: 4px; }
.num { text-align: right; }
.box { display: flex; align-items: center; gap: 6px; min-height: var(--crm-control); padding: 0 10px; border: 1px solid var(--crm-border-control); border-radius: var(--crm-radius-md); background: var(--crm-surface); transition: border-color var(--crm-duration-fast), box-shadow var(--crm-duration-fast); cursor: text; }
.box .input, .box .select { border: 0; padding: 0; height: calc(var(--crm-control) - 2px); background-color: transparent; }
.box .input:focus-visible, .box .select:focus-visible { box-shadow: none; }
.box > .icon { color: var(--crm-text-tertiary); }
`
