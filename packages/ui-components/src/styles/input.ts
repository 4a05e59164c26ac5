import { css } from 'lit'

/** The other native controls, and the block around them: label, control, hint. Stands on `box`; what is said of an entry is in `entry`. */
export const input = css`
.textarea { height: auto; padding: 6px 10px; resize: vertical; min-height: 76px; max-height: 320px; line-height: var(--crm-leading-md); display: block; field-sizing: content; }
.input[type="number"] { appearance: textfield; }
.input[type="number"]::-webkit-inner-spin-button { appearance: none; margin: 0; }
.select { appearance: none; padding-right: 28px; text-overflow: ellipsis; background-image: linear-gradient(45deg, transparent 50%, var(--crm-text-secondary) 50%), linear-gradient(-45deg, transparent 50%, var(--crm-text-secondary) 50%); background-size: 5px 5px; background-position: right 15px center, right 10px center; background-repeat: no-repeat; }
.box .select { width: auto; flex: none; padding-right: 16px; background-position: right 5px center, right 0 center; color: var(--crm-text-tertiary); cursor: pointer; border-radius: 0; }
.box .select:focus-visible { text-decoration: underline; text-underline-offset: 3px; }
.box-tags { flex-wrap: wrap; padding: 3px 6px; gap: 4px; }
.box-tags .input { height: 24px; width: 80px; flex: 1; padding-left: 4px; }
.affix { color: var(--crm-text-tertiary); white-space: nowrap; flex: none; }
.switch { appearance: none; width: 30px; height: 18px; border-radius: 99px; background: var(--crm-border-control); position: relative; flex: none; cursor: pointer; transition: background var(--crm-duration) var(--crm-ease); }
.switch::before { content: ""; position: absolute; top: 2px; left: 2px; width: 14px; height: 14px; border-radius: 99px; background: #fff; box-shadow: 0 1px 2px rgb(0 0 0 / .3); transition: translate var(--crm-duration) var(--crm-ease); }
.switch::after { content: ""; position: absolute; inset: -6px; }
.switch:checked { background: var(--crm-accent); }
.switch:checked::before { translate: 12px 0; }
.switch:focus-visible { border-radius: 99px; }
.seg { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; padding: 2px; gap: 1px; background: var(--crm-surface-active); border-radius: var(--crm-radius-md); }
.seg label { position: relative; display: flex; align-items: center; justify-content: center; height: calc(var(--crm-control) - 4px); padding: 0 8px; border-radius: var(--crm-radius-sm); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); white-space: nowrap; cursor: pointer; min-width: 0; }
.seg label:has(:checked) { background: var(--crm-surface); color: var(--crm-text); box-shadow: var(--crm-shadow-card); }
.seg label:has(:focus-visible) { box-shadow: 0 0 0 2px var(--crm-focus-ring); }
.seg input, .pick input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.picks { display: flex; flex-wrap: wrap; gap: 6px; min-height: var(--crm-control); align-items: center; }
.pick { position: relative; display: inline-flex; align-items: center; gap: 4px; min-height: var(--crm-control-sm); padding: 0 10px; border: 1px solid var(--crm-border); border-radius: var(--crm-radius-full); background: var(--crm-surface); color: var(--crm-text-secondary); font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); cursor: pointer; }
.pick .icon { display: none; width: 12px; height: 12px; stroke-width: 2; margin-inline-start: -3px; }
.pick:has(:checked) { background: var(--crm-accent-soft); border-color: var(--crm-accent-border); color: var(--crm-accent-text); }
.pick:has(:checked) .icon { display: block; }
.pick:has(:focus-visible) { box-shadow: 0 0 0 2px var(--crm-surface), 0 0 0 4px var(--crm-focus-ring); }
.label { display: flex; align-items: baseline; gap: 5px; font-weight: var(--crm-weight-medium); color: var(--crm-text); }
.req { color: var(--crm-danger-text); font-weight: 400; }
.opt { color: var(--crm-text-tertiary); font-weight: 400; font-size: var(--crm-text-xs); margin-left: auto; }
.hint { font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-tertiary); }
`
