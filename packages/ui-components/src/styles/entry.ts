import { css } from 'lit'

/** Beside `input`: what answers the pointer, and what is said of an entry. */
export const entry = css`
[aria-invalid="true"]:not(fieldset), .box.is-invalid { border-color: var(--crm-danger-solid); }
[aria-invalid="true"]:focus-visible, .box.is-invalid:focus-within { box-shadow: 0 0 0 3px color-mix(in srgb, var(--crm-danger-solid) 22%, transparent); }
.seg label:hover { color: var(--crm-text); }
.pick:hover { border-color: var(--crm-border-strong); color: var(--crm-text); }
.notice { display: flex; gap: 5px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-warning-text); }
.notice .icon { width: 14px; height: 14px; margin-top: 2px; }
.error { display: flex; gap: 5px; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-danger-text); }
.error .icon { width: 14px; height: 14px; margin-top: 2px; }
`
